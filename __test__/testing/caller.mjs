/*
 * A caller without any cleverness: one request, one answer, and the session and CSRF token that it was given.
 */

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'

export class Caller {
  #panel
  #cookie = null
  #csrf = null

  constructor(panel) {
    this.#panel = panel
  }

  async login() {
    this.#cookie = this.#csrf = null
    this.#csrf = (await this.get('/csrf-token')).obj ?? null
    const { success, text } = await this.post('/login', { username: 'admin', password: 'admin' })
    if (!success) throw new Error(`Could not log in: ${text}`)
  }

  get(path) {
    return this.#sent('GET', path)
  }

  post(path, body) {
    return this.#sent('POST', path, body === undefined ? '' : JSON.stringify(body))
  }

  /** The inbounds as the panel answers them. */
  async list() {
    return (await this.get('/panel/api/inbounds/list')).obj
  }

  async record(email) {
    return (await this.get(`/panel/api/clients/get/${email}`)).obj
  }

  /** Adds a client to an inbound by the route of the version. */
  addClient(inboundId, client) {
    const whole = { id: randomUUID(), enable: true, subId: randomUUID(), ...client }
    if (!this.#hasClientTable()) return this.#legacy('addClient', inboundId, [whole])
    return this.post('/panel/api/clients/add', { client: whole, inboundIds: [inboundId] })
  }

  addClients(inboundId, clients) {
    const whole = clients.map((client) => ({ id: randomUUID(), enable: true, ...client }))
    return this.#legacy('addClient', inboundId, whole)
  }

  updateClient(inboundId, clientId, client) {
    return this.#legacy(`updateClient/${clientId}`, inboundId, [client])
  }

  #legacy(route, id, clients) {
    return this.post(`/panel/api/inbounds/${route}`, { id, settings: JSON.stringify({ clients }) })
  }

  #hasClientTable() {
    return !/^(2|3\.0)\./.test(this.#panel.version)
  }

  async #sent(method, path, body = '') {
    const headers = {
      'x-requested-with': 'XMLHttpRequest',
      'content-length': Buffer.byteLength(body),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(this.#cookie ? { cookie: this.#cookie } : {}),
      ...(this.#csrf ? { 'x-csrf-token': this.#csrf } : {}),
    }
    // A connection of its own for each: none is left over for a panel that restarts to cut.
    const outgoing = request(this.#panel.url + path, { method, headers, agent: false })
    outgoing.end(body)
    const [incoming] = await once(outgoing, 'response')
    const text = String(Buffer.concat(await incoming.toArray()))
    const cookie = incoming.headers['set-cookie']?.at(-1)
    if (cookie && incoming.statusCode === 200) this.#cookie = cookie.split(';')[0]
    return { status: incoming.statusCode, text, ...(text.startsWith('{') ? JSON.parse(text) : {}) }
  }
}
