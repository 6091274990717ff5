/*
 * What one call of the matrix plays on: a panel with an inbound of each kind, the client under test, and a second
 * client that prepares and looks at the results, so that the counts are of the call alone.
 */

import assert from 'node:assert/strict'

const STREAM = { network: 'tcp', security: 'none', tcpSettings: { header: { type: 'none' } } }

export class Stage {
  #helper
  #panel

  /**
   * @param client - The client under test.
   * @param helper - Another one for the same panel.
   * @param panel - `requests()` are those of the call, `mark()` forgets the ones so far; `setInboundTraffic` and `expire`
   *   are its own handles, if any.
   */
  constructor(client, helper, panel, shared) {
    this.client = client
    this.#helper = helper
    this.#panel = panel
    /** What one call leaves for the next: ids and settings. */
    this.shared = shared
    Object.assign(this, shared.inbounds)
    this.node = { name: 'ams-1', remark: '', scheme: 'http', address: '127.0.0.1', port: 1, basePath: '/', apiToken: 'x', enable: true, allowPrivateAddress: true }
    this.geo = { type: 'geosite', alias: 'ads', url: 'http://127.0.0.1:1/ads.dat' }
  }

  /** The inbounds that all calls share, made once on a panel. */
  static async prepare(helper, port) {
    const inbounds = {}
    for (const [at, protocol] of ['vless', 'vmess', 'trojan'].entries()) {
      const { obj } = await helper.addInbound(inboundOf({ protocol, port: port + at }))
      inbounds[protocol] = obj.id
    }
    return { inbounds, port: port + 10, clients: 0 }
  }

  mark() {
    this.#panel.mark()
  }

  /** What the panel has received since `mark()`. */
  requests() {
    return this.#panel.requests()
  }

  /** How often a path was asked for since then. */
  askedFor(path) {
    return this.requests().filter((request) => request.path === path).length
  }

  /** The same without those for which there was no such route. */
  answeredFor(path) {
    return this.requests().filter((request) => request.path === path && request.status !== 404).length
  }

  /** The client has no session: it logs in for the next call, once. */
  async hasToLogIn() {
    const before = this.askedFor('/login')
    await this.client.getInbounds()
    this.same(this.askedFor('/login') - before, 1, 'the number of logins that the next call makes')
  }

  same(actual, expected, what) {
    assert.deepEqual(actual, expected, `${what} differs`)
  }

  email() {
    return `user_${(this.shared.clients += 1)}`
  }

  inbound(more = {}) {
    return inboundOf({ port: (this.shared.port += 1), ...more })
  }

  /** An inbound as panels export it: its parts are text. */
  exported(more) {
    const { settings, streamSettings, sniffing, ...rest } = this.inbound(more)
    const text = JSON.stringify
    return { ...rest, settings: text(settings), streamSettings: text(streamSettings), sniffing: text(sniffing) }
  }

  async newInbound(more) {
    const { obj, msg } = await this.#helper.addInbound(this.inbound(more))
    assert.ok(obj?.id, msg)
    return obj.id
  }

  /** Gives an inbound counters that an update has to keep, where the panel lets us. */
  async setInboundTraffic(id) {
    await this.#panel.setInboundTraffic?.(id, { up: 1, down: 2 })
  }

  description(more = {}) {
    const email = this.email()
    const id = `00000000-0000-4000-8000-${String(this.shared.clients).padStart(12, '0')}`
    return {
      ...{ id, email, flow: '', limitIp: 2, totalGB: 1024 ** 3, expiryTime: 0, enable: true },
      ...{ tgId: 0, subId: `sub-${email}`, comment: '', reset: 0, ...more },
    }
  }

  async newClient(inbound = this.vless, more = {}) {
    this.made = this.description(more)
    const answer = await this.#helper.addClient({ id: inbound, settings: JSON.stringify({ clients: [this.made] }) })
    assert.equal(answer.success, true, answer.msg)
    return this.made
  }

  /** Puts the client into a second inbound, where panels can do that. */
  async attach() {
    await this.#helper.attachClientToInbounds(this.made.email, { inboundIds: [this.vmess] }).catch(() => {})
  }

  async use(bytes) {
    await this.#helper.updateModernClientTrafficByEmail(this.made.email, { upload: bytes, download: 0 }).catch(() => {})
  }

  /** Waits until the panel has noticed that a client's time is over; panels up to 2.6 delete nobody before that. */
  async switchedOff() {
    await this.#panel.expire?.()
  }

  async inboundWith(id) {
    return (await this.#helper.getInbounds()).obj.find((inbound) => inbound.id === id)
  }

  clientsIn({ settings }) {
    return (typeof settings === 'string' ? JSON.parse(settings) : settings).clients ?? []
  }

  async entry(inbound, email) {
    const found = this.clientsIn(await this.inboundWith(inbound)).find((client) => client.email === email)
    assert.ok(found, `${email} is not in inbound ${inbound}`)
    return found
  }

  async hasInbound(remark) {
    const { obj } = await this.#helper.getInbounds()
    assert.ok(obj.some((inbound) => inbound.remark === remark), `no inbound is called ${remark}`)
  }

  names(found) {
    assert.ok(found, `${this.made.email} is missing`)
    const { uuid, limitIp, totalGB, subId } = found
    const { id } = this.made
    this.same([uuid, limitIp, totalGB, subId], [id, 2, 1024 ** 3, this.made.subId], 'the record')
  }

  links(links) {
    assert.ok(links.length > 0 && links.every((link) => link.startsWith('vless://') && link.includes(this.made.id)), `links: ${links}`)
  }

  async #places() {
    const { obj } = await this.#helper.getInbounds()
    const has = (inbound) => this.clientsIn(inbound).some(({ email }) => email === this.made.email)
    return obj.filter((inbound) => has(inbound)).map(({ id }) => id).sort()
  }

  async isGone() {
    this.same(await this.#places(), [], 'where the deleted client is')
  }

  async isGoneAndInboundStays() {
    await this.isGone()
    assert.ok(await this.inboundWith(this.spare), 'the inbound went with its last client')
  }

  async isIn(inbounds) {
    this.same(await this.#places(), inbounds, 'where the client is')
  }

  async isNotIn(inbound) {
    const places = await this.#places()
    assert.ok(!places.includes(inbound), `the client is in ${places}`)
  }

  async hasUsed(bytes) {
    const { obj } = await this.#helper.getClientTraffic(this.made.email)
    this.same(obj.up + obj.down, bytes, 'the used bytes')
  }

  /** An upload of the panel's own database. */
  async database() {
    const { obj } = await this.#helper.getDb()
    return uploadOf(Buffer.from(obj, 'latin1'))
  }

  /** An upload that no panel takes for a database: the answer is a refusal, and nothing is replaced. */
  async refusesWhatIsNoDatabase() {
    const { success, msg } = await this.client.importDB(uploadOf('no database'))
    this.same(success, false, 'whether an upload that is no database is taken')
    assert.match(msg, /Invalid db file format|sqlite|database/i)
  }
}

function uploadOf(content) {
  const form = new FormData()
  form.append('db', new Blob([content]), 'x-ui.db')
  return form
}

function inboundOf({ port, protocol = 'vless', remark = `${protocol}-${port}` }) {
  const settings = protocol === 'vless' ? { clients: [], decryption: 'none', fallbacks: [] } : { clients: [] }
  return {
    ...{ remark, enable: true, listen: '127.0.0.1', port, protocol, expiryTime: 0, total: 0 },
    ...{ settings, streamSettings: STREAM, sniffing: { enabled: false, destOverride: [] } },
  }
}
