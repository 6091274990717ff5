'use strict'

/*
 * The panel: an HTTP server over the store, and the handles a test has on it.
 */

const { randomUUID, randomBytes } = require('node:crypto')
const { createServer } = require('node:http')

const { Sessions } = require('./access/sessions')
const { LoginLimiter } = require('./access/limiter')
const { stoppedAtGate } = require('./access/gate')
const { Faults } = require('./faults')
const { Panic } = require('./go/error')
const { Answered, Failed } = require('./routes/handling')
const { routesOf } = require('./routes')
const { Store } = require('./store')
const { addInbound, inboundShapeOf } = require('./store/inbounds')
const { lenient } = require('./go/decode')
const { rowOf } = require('./store/traffic')
const { textsOf } = require('./texts')
const { factsOf, isOlder } = require('./versions')
const { Writes, halfway } = require('./writes')
const { crashed, envelope, missing, redirect, send } = require('./wire/answer')
const { readRequest } = require('./wire/request')
const { router } = require('./wire/router')

class Panel {
  #server
  #router
  #faults
  #writes
  #username
  #password
  #options
  #logins = 0

  constructor(facts, { username = 'admin', password = 'admin', basePath = '/', inbounds = [], ...options } = {}) {
    const { now = Date.now } = options
    this.basePath = `/${basePath}/`.replace(/\/{2,}/g, '/')
    this.store = new Store(facts, now)
    this.store.settings.webBasePath = this.basePath
    this.sessions = new Sessions(this.basePath, now)
    this.guid = randomUUID()
    this.received = []
    this.token = null
    this.#options = options
    this.#username = username
    this.#password = password
    this.#faults = new Faults(options.faults)
    this.#start(facts)
    for (const inbound of inbounds) this.seed(inbound)
  }

  /** What a panel of this version makes anew each time it starts. */
  #start(facts) {
    this.facts = facts
    this.texts = textsOf(facts)
    this.store.migrate(facts)
    this.sessions.startAs(facts)
    this.limiter = facts.loginLimiter ? new LoginLimiter(this.store.now) : null
    if (facts.bearer) this.token ??= this.#options.apiToken ?? randomBytes(24).toString('hex')
    this.#writes = new Writes(facts, this.store, this.#options.faults?.concurrentWrites)
    this.#router = router(routesOf(this))
  }

  /** Ends what is under way, and starts again with the same state on the same port, as this version or a newer one. */
  async restart({ version = this.facts.version } = {}) {
    const facts = factsOf(version)
    if (isOlder(facts.version, this.facts.version)) {
      throw new RangeError(`A panel of version ${this.facts.version} cannot restart as the older ${facts.version}.`)
    }
    const { webPort } = this.store.settings
    await this.close()
    this.#start(facts)
    await this.listen(webPort)
  }

  async listen(port = 0) {
    this.#server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing))
    await new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', resolve)
    })
    this.store.settings.webPort = this.#server.address().port
    this.url = `http://127.0.0.1:${this.store.settings.webPort}${this.basePath.replace(/\/$/, '')}`
  }

  close() {
    this.#writes.drop()
    this.#faults.release()
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  accepts(username, password) {
    return username === this.#username && password === this.#password
  }

  changeUser(username, password) {
    this.#username = username
    this.#password = password
  }

  noteLogin() {
    this.#logins += 1
  }

  get logins() {
    return this.#logins
  }

  get faults() {
    return this.#faults
  }

  /** Stores an inbound as `inbounds/add` would; settings may be objects on every version. */
  seed(inbound) {
    const text = (value) => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value))
    const settings = text(inbound.settings ?? { clients: [] })
    const rest = { settings, streamSettings: text(inbound.streamSettings), sniffing: text(inbound.sniffing) }
    return addInbound(this.store, lenient({ enable: true, ...inbound, ...rest }, inboundShapeOf(this.facts)))
  }

  setTraffic(email, { up = 0, down = 0 }) {
    Object.assign(this.#rowOf(email), { up, down })
  }

  setIps(email, ips, at = this.store.now()) {
    const timestamp = Math.floor(at / 1000)
    this.store.ips.set(this.#rowOf(email).email, ips.map((ip) => ({ ip, timestamp })))
  }

  #rowOf(email) {
    const row = rowOf(this.store, email)
    if (!row) throw new Error(`This panel has no client with the e-mail ${email}`)
    return row
  }

  setInboundTraffic(id, { up = 0, down = 0 }) {
    const inbound = this.store.inbounds.byId(id)
    if (!inbound) throw new Error(`This panel has no inbound with the id ${id}`)
    Object.assign(inbound, { up, down })
  }

  async #serve(incoming, outgoing) {
    try {
      const call = await readRequest(incoming)
      const { method, url: path, headers, body } = call
      const noted = { method, path, headers, body, at: this.store.now() }
      this.received.push(noted)
      const fault = this.#faults.take(call.method, call.url)
      const answer = await this.#answerBeside(fault, call)
      await this.#faults.hold()
      if (fault?.destroy) return incoming.socket.destroy()
      noted.status = answer.status
      send(outgoing, incoming.headers['accept-encoding'], this.facts, answer)
    } catch (error) {
      if (!outgoing.headersSent) outgoing.writeHead(500)
      outgoing.end()
      if (error.code !== 'ECONNRESET') throw error
    }
  }

  /** The answer that a fault puts in the place of the panel's own, which may have done its work all the same. */
  async #answerBeside(fault, call) {
    if (!fault?.applied) return fault?.answer ?? this.#faults.refusal(call) ?? this.#answer(call)
    call.stopsHalfway = fault.applied === 'half'
    const own = await this.#answer(call)
    if (fault.answer) return fault.answer
    return call.stopsHalfway ? crashed(this.facts, call.headers['accept-encoding']) : own
  }

  #answer(call) {
    const path = this.#belowBasePath(call.path)
    const found = path === null ? null : this.#router.find(call.method, path)
    if (!found) return missing(this.facts, call.headers['accept-encoding'])
    if (found.redirect) {
      const location = `${this.basePath.slice(0, -1)}${found.redirect}`
      return { ...redirect(call.method === 'GET' ? 301 : 307, location, call.method), isPlain: true }
    }
    call.session = this.sessions.of(call)
    call.params = found.params
    const handle = () => this.#handle(found.handler, call)
    const handled = call.stopsHalfway ? () => halfway(this.store, handle) : handle
    return stoppedAtGate(this, call, path) ?? this.#writes.run(call, path, handled)
  }

  #handle(handler, call) {
    try {
      return handler(this, call)
    } catch (error) {
      if (error instanceof Answered) return error.answer
      if (error instanceof Failed) return envelope(false, this.texts.failed(error.toast, error.message), error.shown)
      if (error instanceof Panic) return crashed(this.facts, call.headers['accept-encoding'])
      throw error
    }
  }

  #belowBasePath(path) {
    return path.startsWith(this.basePath) ? path.slice(this.basePath.length - 1) : null
  }
}

module.exports = { Panel }
