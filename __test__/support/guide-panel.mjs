/*
 * The panels that the guide is tried on: this package's own in each of its generations, or the real one that the
 * environment names (`XUI_URL`, `XUI_USERNAME`, `XUI_PASSWORD`), which is left without what was made on it.
 *
 * Owns the difference between them. Must not know: the guide.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { VERSIONS, startPanel } from '3xui-native/testing'

import { INBOUNDS } from './guide-inbounds.mjs'
import { startRecordingProxy } from './recording-proxy.mjs'

/** Panels before 2.6 put what they have done in other words than the guide shows. */
const WORDED_OTHERWISE = ['2.3.15', '2.5.8']

const { XUI_URL, XUI_USERNAME = 'admin', XUI_PASSWORD = 'admin' } = process.env

/** A test on each panel: `run(panel, t)`. */
export function onEachPanel(sentence, run) {
  for (const version of XUI_URL ? [null] : VERSIONS.filter((each) => !WORDED_OTHERWISE.includes(each))) {
    test(`${sentence} (${version ?? 'the panel of XUI_URL'})`, async (t) => {
      const panel = version ? await openOwn(version) : await openReal()
      t.after(() => panel.close())
      await run(panel, t)
    })
  }
}

async function openOwn(version) {
  const [username, password] = ['admin', 'p@ss word']
  const own = await startPanel({ version, username, password })
  const panel = await Panel.open({ url: own.url, username, password, own })
  panel.onClose(() => own.close())
  return panel
}

async function openReal() {
  const url = XUI_URL.replace(/\/$/, '')
  const panel = await Panel.open({ url, username: XUI_USERNAME, password: XUI_PASSWORD, own: null })
  panel.onClose(() => panel.removeInbounds())
  return panel
}

class Panel {
  #admin
  #door
  #made = []
  #last

  /** The way in for what is tested; everything that passes is in `requests`. */
  url
  username
  password
  /** The handle of this package's own panel; null for a real one. */
  own

  static async open({ url, username, password, own }) {
    const panel = new Panel()
    Object.assign(panel, { username, password, own })
    panel.#admin = new ThreeXUI(url, username, password)
    panel.#door = await startRecordingProxy(url)
    panel.url = panel.#door.url
    return panel
  }

  /** What a program does that has read the guide's first lines. */
  client(options) {
    return new ThreeXUI(this.url, this.username, this.password, options)
  }

  /** What has been received through `url`. */
  get requests() {
    return this.#door.requests
  }

  /** How many of these were logins with credentials. */
  get logins() {
    const isLogin = ({ method, path, body }) => method === 'POST' && path.endsWith('/login') && body !== ''
    return this.requests.filter(isLogin).length
  }

  /** Makes an inbound on which every client of its protocol can be, and gives its id. */
  async addInbound(protocol = 'vless', clients = []) {
    const taken = (await this.#admin.getInbounds()).obj.map(({ port }) => port)
    let port = 41001
    while (taken.includes(port)) port += 1
    const answer = await this.#admin.addInbound({
      remark: `guide ${protocol}`,
      enable: true,
      listen: '127.0.0.1',
      port,
      protocol,
      expiryTime: 0,
      sniffing: { enabled: false },
      ...INBOUNDS[protocol](),
    })
    assert.equal(answer.success, true, answer.msg)
    this.#made.push(answer.obj.id)
    for (const client of clients) await this.addClient(answer.obj.id, client)
    return answer.obj.id
  }

  /** Makes inbounds until one has this id. Gives null where the panel has given it away before. */
  async inboundWithId(wanted) {
    let id = 0
    while (id < wanted) id = await this.addInbound()
    return id === wanted ? id : null
  }

  /** Stores a client as the panel takes it. */
  async addClient(inboundId, client) {
    const clients = [{ enable: true, ...client }]
    const answer = await this.#admin.addClient({ id: inboundId, settings: { clients } })
    assert.equal(answer.success, true, answer.msg)
  }

  /** The clients of an inbound as the panel has stored them. */
  async clientsOf(inboundId) {
    const { success, msg, obj } = await this.#admin.getInbound(inboundId)
    assert.equal(success, true, msg)
    const clients = settingsOf(obj).clients ?? []
    const stored = this.own?.inbounds.find(({ id }) => id === inboundId).settings.clients
    if (stored) assert.deepEqual(clients, stored, 'what the panel answers of an inbound is not what it has stored')
    return clients
  }

  /** One of them, by its identifier. */
  async clientNamed(inboundId, email) {
    const clients = await this.clientsOf(inboundId)
    const client = clients.find((each) => each.email === email)
    const others = clients.map((each) => each.email).join(', ') || 'none at all'
    assert.ok(client, `inbound ${inboundId} has no client ${email}, but ${others}`)
    return client
  }

  /** The counters of a client as the panel has them. */
  async trafficOf(email) {
    return (await this.#admin.getClientTrafficsByEmail(email)).obj
  }

  /** Sets the counters of a client, in bytes. */
  async setTraffic(email, { up = 0, down = 0 }) {
    if (this.own) return this.own.setTraffic(email, { up, down })
    const counters = { upload: up, download: down }
    const write = (route) => this.#admin._request('post', `/panel/api/${route}/${email}`, counters)
    // The route of panels up to 3.0, and that of later ones.
    const answer = await write('inbounds/updateClientTraffic').catch(() => write('clients/updateTraffic'))
    assert.equal(answer.success, true, answer.msg)
  }

  /** Takes the inbounds away again, their clients first: newer panels keep those of a deleted inbound. */
  async removeInbounds() {
    for (const id of this.#made) {
      const { success, obj } = await this.#admin.getInbound(id)
      if (!success) continue
      const key = KEYS[obj.protocol] ?? 'id'
      for (const client of settingsOf(obj).clients ?? []) await this.#admin.deleteClient(id, client[key])
      await this.#admin.deleteInbound(id)
    }
  }

  onClose(last) {
    this.#last = last
  }

  async close() {
    await this.#door.close()
    await this.#last()
  }
}

const settingsOf = ({ settings }) => (typeof settings === 'string' ? JSON.parse(settings) : settings)

/** What a client is known by when it is deleted. */
const KEYS = { trojan: 'password', shadowsocks: 'email' }
