'use strict'

/*
 * The class that programs use: the native one with what only JavaScript can add.
 *
 * That is: properties programs assign to, calls through `this` so that overridden methods are respected, and errors
 * with their class and the caller's stack. No path and no field of the panel is known here.
 */

const native = require('./native.js')
const { tellCallersApart } = require('./caller.js')
const { concealAll, masked, shown } = require('./concealed.js')
const { environment } = require('./environment.js')
const { ConflictError, upgrade, ValidationError } = require('./errors.js')
const { ownOptions } = require('./options.js')
const { plannedWriteOf, written } = require('./planned-writes.js')
const { SessionManager, createSessionManager, nativeStoreOf, policyOf } = require('./session.js')

/** What a program has changed about a client takes effect; all of it, or all but what the environment says. */
let notice, noticeOthers

/** One more call of those that leave together is made. */
let countInTurn

/** As many clients that are made in one turn are handed over to their thread at once: waking it for each takes as long. */
const HANDED_OVER = 128

class ThreeXUI extends native.ThreeXUI {
  /** The value of `options.sessionManager` that is in force, to notice when a program assigns another. */
  #setting
  #manager
  #panelType
  #environment = null
  /** What is the program's own; none for nearly all. */
  #ways
  #madeInTurn = 0
  /** Questions under way that the methods of a program ask. */
  #looks = new Map()

  constructor(baseURL, usernameOrOptions, password, options = {}) {
    try {
      super(baseURL, usernameOrOptions, password, options, realm)
    } catch (error) {
      throw upgrade(error, ThreeXUI)
    }
    const inPlace = typeof usernameOrOptions === 'object' && usernameOrOptions !== null
    this.options = ownOptions(inPlace ? usernameOrOptions : options)
    this.securityMonitor = this._monitor()
    this.isDevelopment = Boolean(this.options.isDevelopment)
    this.#panelType = this.options.panelType ?? this.options.panelVersion ?? 'auto'
    this.#applySetting(this.options.sessionManager)
    if (this.options.debug || process.env.NODE_DEBUG) this.#debug()
  }

  /** What makes credentials, for the package's face: nobody gets at it but through here. */
  static _makers() {
    return makers()
  }

  /** Where sessions are kept; assigning another takes effect on the next call. */
  get sessionManager() {
    this.#noticeSetting()
    return this.#manager
  }

  set sessionManager(manager) {
    this.#use(managerOf(manager))
    this.#setting = this.options?.sessionManager
  }

  /** Axios's instance by its members; see `lib/api`. */
  get api() {
    return this.#own.api
  }

  set api(instance) {
    this.#own.api = instance
  }

  /** What the panel is said to be, or what it was found to be: `modern` from 3.0 on, `legacy` before. */
  get panelType() {
    return this.#panelType === 'auto' ? this._panelKind : this.#panelType
  }

  set panelType(type) {
    this.#panelType = type
  }

  async _request(method, path, data, extraHeaders, requestOptions) {
    this.#notice()
    const write = isObject(data) ? plannedWriteOf(this, path, data) : undefined
    const own = this.#ways || requestOptions !== undefined ? this.#own.withOptions(requestOptions) : PLAIN
    try {
      if (isObject(data)) {
        const { needsReading, read } = require('./body.js')
        if (needsReading(data)) ({ data, headers: extraHeaders } = await read(data, extraHeaders))
      }
      return own.read(await super._request(method, path, data, extraHeaders, own.options, write))
    } catch (error) {
      throw upgrade(error)
    }
  }

  async login(forceRefresh = false) {
    this.#notice()
    try {
      return await super.login(Boolean(forceRefresh))
    } catch (error) {
      throw upgrade(error)
    }
  }

  async logout() {
    this.#notice()
    try {
      return await super.logout()
    } catch (error) {
      throw upgrade(error)
    }
  }

  async getPanelInfo() {
    this.#notice()
    try {
      return await super.getPanelInfo()
    } catch (error) {
      throw upgrade(error)
    }
  }

  async isSessionValid() {
    this.#notice()
    return super.isSessionValid()
  }

  /** What the session store keeps, and whether it could be reached. */
  async getSessionStats() {
    return this.sessionManager.getStats()
  }

  /** Forgets all sessions in the store, this client's too. */
  async clearAllSessions() {
    await this.sessionManager.clearAllSessions()
    this._dropSession()
  }

  updateInbound(id, inboundConfig) {
    try {
      this.#looks.clear()
      return goIn(this, super.updateInbound, [id, inboundConfig], notice)
    } catch (error) {
      return thrownOrRejected('updateInbound', upgrade(error, this.updateInbound))
    }
  }

  addClient(clientConfig) {
    try {
      const complete = !this.options?.autoGenerateCredentials || !this._lacksCredentials(clientConfig)
      if (!complete) return this.#addCompleted(clientConfig)
      countInTurn(this)
      return goIn(this, super.addClient, [clientConfig], noticeOthers)
    } catch (error) {
      return thrownOrRejected('addClient', upgrade(error, this.addClient))
    }
  }

  /** What the option `autoGenerateCredentials` adds: the credentials made are told beside the panel's answer. */
  async #addCompleted(clientConfig) {
    try {
      const { body, credentials } = this._completeClients(await this.getInbound(clientConfig.id), clientConfig)
      return { ...(await super.addClient(body)), credentials }
    } catch (error) {
      throw upgrade(error)
    }
  }

  addClientWithCredentials(inboundId, protocol, options = {}) {
    try {
      const own = this.generateCredentials !== OUR_CREDENTIALS || !areMakersOurs()
      const given = own ? { ...options, ...this.generateCredentials(protocol, options) } : options
      const isOurs = this._request === OUR_REQUEST && this.getInbound === OUR_LOOK && this.addModernClient === OUR_ADDITION
      if (!isOurs) return this.#addByMethods(inboundId, protocol, given)
      this.#noticeOthers()
      this.#countInTurn()
      // No async function: many are called at once, and each would leave more behind than this.
      return this._add(inboundId, protocol, given, textOf(given)).then(undefined, rethrown)
    } catch (error) {
      return Promise.reject(upgrade(error, this.addClientWithCredentials))
    }
  }

  /**
   * Of several clients that are made in one turn of the event loop, those that have to wait anyway leave together, and they
   * are handed to their thread together. What the environment says is read before any of them leave, and not for each:
   * that takes as long as half the call.
   */
  #countInTurn() {
    this.#madeInTurn++
    // By a promise: test runners put a `queueMicrotask` of their own, which waits to be told, in the place of Node's.
    if (this.#madeInTurn === 1) void Promise.resolve().then(() => this.#endTurn())
    if (this.#madeInTurn % HANDED_OVER === 1) this.#noticeEnvironment()
    if (this.#madeInTurn === 2) this._callsBegin(HANDED_OVER)
  }

  #endTurn() {
    if (this.#madeInTurn > 1) {
      this.#noticeEnvironment()
      this._callsEnd()
    }
    this.#madeInTurn = 0
  }

  /** By methods that may be the program's own. */
  async #addByMethods(inboundId, protocol, options) {
    let plan
    try {
      plan = this._planAdd(inboundId, protocol, options)
      if (!plan.fits()) await this.#fit(plan, inboundId)
      const answer = await this.#added(plan)
      if (!answer?.success) plan.conclude(answer)
      return { ...answer, credentials: plan.credentials(), protocol }
    } catch (error) {
      throw upgrade(error)
    } finally {
      plan?.release()
    }
  }

  /** Changes the plan where the inbound is one that clients of this kind could not connect to. */
  async #fit(plan, inboundId) {
    const answer = await this.#look(inboundId)
    // Of many who waited for it the first has told what it says: it may be large, and is handed over once.
    if (answer !== UNREAD && !plan.fits()) plan.fit(answer)
  }

  /** The inbound as it is; many who ask at once cost one question. Where it cannot be read, the panel may still take a client. */
  #look(inboundId) {
    const name = `${this.baseURL} ${inboundId}`
    if (!this.#looks.has(name)) {
      const look = (async () => this.getInbound(inboundId))()
        .catch(() => UNREAD)
        .finally(() => this.#looks.get(name) === look && this.#looks.delete(name))
      this.#looks.set(name, look)
    }
    return this.#looks.get(name)
  }

  #added(plan) {
    const body = plan.body()
    const isOurs = this._request === OUR_REQUEST && this.addModernClient === OUR_ADDITION
    const request = () => this.addModernClient(body)
    return written(plan.write(), { client: this, path: plan.path(), body, isOurs, request })
  }

  async updateClientWithCredentials(clientId, inboundId, options = {}) {
    let write
    try {
      this._checkUpdate(inboundId, options)
      write = this._reserveInbound(inboundId)
      const inbound = await this.getInbound(inboundId)
      const email = this._emailOf(inbound, String(clientId), inboundId)
      await write.turn(email)
      const plan = this._planUpdate(email, await this.getClient(email), options)
      write.expect(plan.changes)
      const answer = await this.#posted(write, plan)
      return { ...answer, updatedOptions: plan.body, conversions: plan.conversions }
    } catch (error) {
      const { message } = error
      const details = 'updateClientWithCredentials failed - check client ID and inbound ID'
      return { success: false, message, msg: message, error: message, details }
    } finally {
      write?.release()
    }
  }

  /** Changes a client by a function from what is stored to what is to be; nothing that others change meanwhile is lost. */
  async modifyClient(emailOrId, change) {
    try {
      if (typeof change !== 'function') throw new TypeError('Invalid change: must be a function')
      const email = await this.#emailOf(String(emailOrId))
      return await this.#inTurn(email, () => this.#modified(email, change))
    } catch (error) {
      throw upgrade(error)
    }
  }

  /** One that somebody else has changed meanwhile, in what was to be changed, is changed from what it is then. */
  async #modified(email, change, triesLeft = 20) {
    const current = this._currentClient(email, await this.getClient(email))
    // By functions of these files: `structuredClone` belongs to the context that Node.js began with.
    const given = JSON.parse(JSON.stringify(current))
    // A function that gives nothing back has changed what it was given.
    const plan = this._planModify(email, current, (await change(given)) ?? given)
    try {
      const answer = await this.#posted(this._expecting(plan.changes), plan)
      return { ...answer, client: plan.body }
    } catch (error) {
      if (!(error instanceof ConflictError) || triesLeft === 0) throw error
      return this.#modified(email, change, triesLeft - 1)
    }
  }

  /** Makes a client, or changes the one that has its identifier already. */
  async upsertClient(inboundId, { protocol, ...options } = {}) {
    try {
      this._checkUpdate(inboundId, options)
      const { email } = options
      return await this.#inTurn(String(email), async () => {
        const stored = email ? await this.getClient(email) : { success: false }
        if (stored.success) {
          const plan = this._planUpdate(email, stored, options)
          const answer = await this.#posted(this._expecting(plan.changes), plan)
          return { ...answer, created: false, client: plan.body }
        }
        const kind = protocol ?? (await this.getInbound(inboundId)).obj?.protocol
        return { ...(await this.addClientWithCredentials(inboundId, kind, options)), created: true }
      })
    } catch (error) {
      throw upgrade(error)
    }
  }

  /** The inbound on this port, made if there is none. */
  async ensureInbound(inboundConfig) {
    try {
      return await this.#inTurn(`inbound ${inboundConfig?.port}`, async () => {
        const list = await this.getInbounds()
        const obj = this._inboundInPlace(list, inboundConfig)
        if (obj) return { success: true, msg: '', obj, created: false }
        return { ...(await this.addInbound(inboundConfig)), created: true }
      })
    } catch (error) {
      throw upgrade(error)
    }
  }

  /** Many clients at a time; see `lib/bulk.js`. */
  get bulk() {
    const { bulkOf } = require('./bulk.js')
    return bulkOf(this)
  }

  /** How it stands: writes that wait for the panel and those under way, of all clients of this process. */
  stats() {
    return { queue: this._queue() }
  }

  /** Makes inbounds from an export, one or a list; resolves with the panel's answers in their order. */
  importInbounds(inbounds) {
    const list = Array.isArray(inbounds) ? inbounds : [inbounds]
    try {
      // All are checked before the first is sent: an import that is refused changes nothing.
      for (const inbound of list) native.validated('inbound', inbound)
      return Promise.all(list.map((inbound) => this._importInbound(inbound)))
    } catch (error) {
      return thrownOrRejected('importInbounds', upgrade(error, this.importInbounds))
    }
  }

  /** The panel's database; `obj` holds its bytes as a binary (latin1) string. */
  async getDb() {
    return databaseOf(await this._getDb())
  }

  /** Replaces the panel's database by an uploaded one: a form with the file as its field `db`. */
  async importDB(formData) {
    return this._importDb(formData, typeof formData?.getHeaders === 'function' ? formData.getHeaders() : {})
  }

  /** Changes the settings that are named and keeps all others. */
  async updateSetting(updates) {
    if (!updates || typeof updates !== 'object') throw new Error('updates must be an object')
    const current = await this.getAllSettings()
    if (!current.success || !current.obj) throw new Error('Failed to fetch current settings for merge')
    return this._updateSettings({ ...current.obj, ...updates })
  }

  /** Changes the panel's user and password, and goes on as the new user. */
  async updateUser(oldUsername, oldPassword, newUsername, newPassword) {
    const answer = await this._updateUser({ oldUsername, oldPassword, newUsername, newPassword })
    if (!answer?.success) return answer
    await this.sessionManager.deleteSession(this.baseURL, this.username).catch(() => {})
    this.username = newUsername
    this.password = newPassword
    try {
      await this.login(true)
    } catch (cause) {
      throw new Error(`Credential update succeeded but re-authentication failed: ${cause.message}`, { cause })
    }
    return answer
  }

  /** Switches a node on or off; without `enable` to what it is not. */
  async setNodeEnable(id, enable) {
    if (typeof enable === 'boolean') return this._setNodeEnable(id, enable)
    const node = await this.getNode(id)
    return node?.success ? this._setNodeEnable(id, this._isOff(node)) : node
  }

  /** The client's activity and its limits. */
  getSecurityStats() {
    return this.securityMonitor.getStats()
  }

  /** Forgets which addresses were blocked. */
  clearBlockedIPs() {
    this.securityMonitor.clearBlockedIPs()
  }

  generateCredentials(protocol, options = {}) {
    return makers().CredentialGenerator.generateForProtocol(protocol, options)
  }

  generateBulkCredentials(protocol, count, options = {}) {
    return makers().CredentialGenerator.generateBulk(protocol, count, options)
  }

  generateUUID(secure = true) {
    return secure ? makers().CredentialGenerator.generateSecureUUID() : makers().CredentialGenerator.generateUUID()
  }

  generatePassword(length = 16, options = {}) {
    return makers().CredentialGenerator.generatePassword(length, options)
  }

  generateWireGuardKeys() {
    return makers().CredentialGenerator.generateWireGuardKeys()
  }

  generateRealityKeys() {
    return makers().CredentialGenerator.generateRealityKeys()
  }

  generatePort(min = 10000, max = 65535) {
    return makers().CredentialGenerator.generatePort(min, max)
  }

  /** Whether errors are to be told in full; errors here never hold secrets, so it changes nothing. */
  setDevelopmentMode(enabled) {
    this.isDevelopment = enabled
  }

  /** The addresses in an answer's `obj`, whichever way the panel wrote them. */
  _parseClientIps(obj) {
    return this._normaliseIps({ obj }).obj
  }

  _looksLikeLoginPage(data) {
    return typeof data === 'string' && /^\s*<(!doctype html|html)/i.test(data)
  }

  _isStaleSessionError(error) {
    const response = error?.response
    return Boolean(response) && ([401, 404].includes(response.status) || this._looksLikeLoginPage(response.data))
  }

  /** What a login to a panel from 3.0 on begins with; null where the panel has no such token. */
  async _getCsrfToken() {
    return this._fetchCsrfToken().catch(() => null)
  }

  _buildRequestHeaders(method) {
    const verb = method.toLowerCase()
    const safe = ['get', 'head', 'options'].includes(verb)
    return {
      ...(verb === 'post' ? { 'Content-Type': 'application/json' } : {}),
      ...(!safe && !this.token && this.csrfToken ? { 'X-CSRF-Token': this.csrfToken } : {}),
    }
  }

  /** A session for calls that are to come: unless forced, credentials that were just refused are not sent again. */
  async _ensureAuthenticated(forceRefresh = false) {
    if (forceRefresh) return void (await this.login(true))
    this.#notice()
    try {
      await this._ensureSession()
    } catch (error) {
      throw upgrade(error)
    }
  }

  async _retryAfterRelogin(method, path, data, extraHeaders, requestOptions) {
    await this._ensureAuthenticated(true)
    return this._request(method, path, data, extraHeaders, requestOptions)
  }

  /** Sends the write that a flow has planned. */
  #posted(write, { path, body }) {
    const request = () => this._request('post', path, body)
    return written(write, { client: this, path, body, isOurs: this._request === OUR_REQUEST, request })
  }

  get #own() {
    if (this.#ways) return this.#ways
    const { OwnWays } = require('./own-ways.js')
    this.#ways = new OwnWays(this)
    return this.#ways
  }

  #debug() {
    const { listenerFor } = require('./debug.js')
    const listener = listenerFor(this.options)
    if (!listener) return
    tellCallersApart(this)
    this._trace(listener)
  }

  /** Who reads, changes and writes the same thing does so one after the other. */
  #inTurn(name, work) {
    const { inTurn } = require('./turns.js')
    const wait = { patience: this._timeout, what: `a change of ${name}` }
    return inTurn(`${this.baseURL} ${name.toLowerCase()}`, wait, work)
  }

  /** The identifier of a client named by it or by its UUID. */
  async #emailOf(emailOrId) {
    if (!UUID.test(emailOrId)) return emailOrId
    return this._emailInTraffic(await this.getClientTrafficsById(emailOrId)) ?? emailOrId
  }

  /** What a program has changed since the last call takes effect. */
  #notice() {
    this.#noticeEnvironment()
    this.#noticeOthers()
  }

  #noticeOthers() {
    this.#noticeSetting()
    if (this.#ways || this.login !== OUR_LOGIN) this.#own.notice(this.login !== OUR_LOGIN)
  }

  static {
    concealAll(ThreeXUI, (client) => (#manager in client ? client.#shown() : {}))
    notice = (client) => client.#notice()
    noticeOthers = (client) => client.#noticeOthers()
    countInTurn = (client) => client.#countInTurn()
  }

  /** What is shown of it: what it is set to, and whether it has what is secret. */
  #shown() {
    const redact = (text) => this._redact(text)
    const { baseURL, username, loginRetryCount, maxLoginRetries, loginRetryBackoff } = this
    return {
      baseURL: redact(baseURL),
      username,
      ...{ password: masked(this.password), token: masked(this.token), cookie: masked(this.cookie), csrfToken: masked(this.csrfToken) },
      panelType: this.panelType,
      ...{ loginRetryCount, maxLoginRetries, loginRetryBackoff },
      ...shown({ ...this }, redact),
      sessionManager: this.#manager,
    }
  }

  #noticeEnvironment() {
    const now = environment(this.#ways?.acceptsAny)
    if (now === this.#environment) return
    this.#environment = now
    this._useEnvironment(now ?? {})
  }

  #noticeSetting() {
    const setting = this.options?.sessionManager
    if (setting !== this.#setting) this.#applySetting(setting)
  }

  /** A setting that is wrong stays one that has not been applied: every call says so until it is put right. */
  #applySetting(setting) {
    this.#use(managerOf(setting))
    this.#setting = setting
  }

  #use(manager) {
    this._useSessions(nativeStoreOf(manager, this), policyOf(manager))
    this.#manager = manager
  }
}

const isObject = (value) => typeof value === 'object' && value !== null

/** What a call without options of its own has of what is the program's. */
const PLAIN = { options: undefined, read: (answer) => answer }

/** Loaded when it is first looked at: most programs make no credentials when they start, and some none of their own ever. */
let generator
function makers() {
  generator ??= require('./generator.js')
  return generator
}

/** Whether credentials are made by functions that no program has replaced, as it cannot before they are loaded. */
const areMakersOurs = () => generator === undefined || generator.isAsMade()

/** A plain object as JSON text, which takes less time to hand over; nothing for what text does not say whole. */
function textOf(options) {
  if (typeof options !== 'object' || options === null || Object.getPrototypeOf(options) !== Object.prototype) return
  try {
    const text = JSON.stringify(options)
    // It may stand for a number that is none.
    return text.includes('null') ? undefined : text
  } catch {
    // It holds something that there is no text for.
  }
}

/** What looking at an inbound comes to that cannot be read. */
const UNREAD = Symbol('unread')

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** To tell whether a program has put its own in their place. */
const OUR_LOGIN = ThreeXUI.prototype.login
const OUR_REQUEST = ThreeXUI.prototype._request
const OUR_CREDENTIALS = ThreeXUI.prototype.generateCredentials

/** What native code makes values with for the clients of this copy of the files, and knows our `_request` by. */
const realm = new native.LibRealm({ parse: JSON.parse, stringify: JSON.stringify, request: OUR_REQUEST })

/** The bytes as the original gave them; an override of `_request` may have put them into an envelope already. */
function databaseOf(received) {
  const answer = refusalIn(received) ?? received
  if (Buffer.isBuffer(answer) && answer.length > 0) return { success: true, msg: '', obj: answer.toString('latin1') }
  if (answer?.success === false) throw new Error(`getDb failed: ${answer.msg || 'Unknown error'}`)
  if (typeof answer?.obj === 'string' && answer.obj !== '') return answer
  throw new Error('getDb: Response missing database content')
}

/** The panel's words where they came in the place of the bytes: no backup may be made of them. */
function refusalIn(bytes) {
  if (!Buffer.isBuffer(bytes) || bytes[0] !== 0x7b) return null
  try {
    const answer = JSON.parse(bytes.toString())
    return answer.success === false ? answer : null
  } catch {
    return null
  }
}

/** A manager as it is (one of a program's own class, too), one for a setting, and the usual one for none. */
function managerOf(given) {
  // What `SessionConfig` gives, handed over whole.
  if (given?.sessionManager) return managerOf(given.sessionManager)
  const isManager = given instanceof SessionManager || typeof given?.clearAllSessions === 'function'
  return isManager ? given : createSessionManager(given ?? {})
}

/** What makes no call, and throws. All others answer with a promise, so that `.catch` sees everything. */
const SYNCHRONOUS = new Set([
  'generateIdentifier',
  'validateCredentials',
  'validateCredentialStrength',
  'getShadowsocksCiphers',
  'getRecommendedShadowsocksCipher',
  'generateSecureToken',
])

/** Of the others, those that take a whole body throw at once when it breaks a rule, as the original's do. */
const CHECKED_AT_ONCE = new Set([
  'addInbound',
  'updateInbound',
  'addClient',
  'updateClient',
  'addModernClient',
  'installXray',
  'updateXrayConfig',
  'importInbounds',
])

/** How a method that could not begin tells so. */
function thrownOrRejected(name, error) {
  const isThrown = SYNCHRONOUS.has(name) || (CHECKED_AT_ONCE.has(name) && error instanceof ValidationError)
  if (isThrown) throw error
  return Promise.reject(error)
}

/** Endpoints that methods of ours go through; what else begins so begins no call. */
const PARTS = new Set(['_importInbound', '_setNodeEnable', '_updateSettings', '_updateUser'])
const isHelper = (name) => name.startsWith('_') && !PARTS.has(name)

/** Of these several leave together where the panel takes them so. */
const LEAVE_TOGETHER = new Set(['addModernClient', 'deleteModernClient'])

/*
 * Methods pass here on their way to the native ones, so that what they throw has its class and the caller's stack.
 */
for (const name of Object.getOwnPropertyNames(native.ThreeXUI.prototype)) {
  const descriptor = Object.getOwnPropertyDescriptor(native.ThreeXUI.prototype, name)
  const own = Object.hasOwn(ThreeXUI.prototype, name)
  if (own || isHelper(name) || typeof descriptor.value !== 'function') continue
  const method = descriptor.value
  const leavesTogether = LEAVE_TOGETHER.has(name)
  const checked = {
    [name](...args) {
      try {
        if (leavesTogether) countInTurn(this)
        if (name === 'addModernClient' && isObject(args[0])) args[1] = plannedWriteOf(this, undefined, args[0])
        return goIn(this, method, args, leavesTogether ? noticeOthers : notice)
      } catch (error) {
        return thrownOrRejected(name, upgrade(error, checked))
      }
    },
  }[name]
  Object.defineProperty(ThreeXUI.prototype, name, { value: checked, writable: true, configurable: true })
}

/**
 * Where `_request` is ours there is nobody who would want to see the call, and the native method begins it at once. What a
 * program has changed has to have taken effect by then.
 */
function goIn(client, method, args, notice) {
  if (client._request !== OUR_REQUEST) return method.apply(client, args)
  notice(client)
  const answer = method.apply(client, args)
  return typeof answer?.then === 'function' ? answer.then(undefined, rethrown) : answer
}

const OUR_LOOK = ThreeXUI.prototype.getInbound
const OUR_ADDITION = ThreeXUI.prototype.addModernClient

function rethrown(error) {
  throw upgrade(error, rethrown)
}

module.exports = ThreeXUI
