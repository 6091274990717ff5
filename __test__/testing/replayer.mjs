/*
 * Sending a recording's requests to a panel, as whoever sent them: with a session, with a token, or as a stranger.
 */

import { once } from 'node:events'
import { request } from 'node:http'
import { gunzipSync } from 'node:zlib'

export class Replayer {
  #panel
  #madeUp
  #cookie = null
  #csrf = null

  constructor(panel, madeUp) {
    this.#panel = panel
    this.#madeUp = madeUp
  }

  /** Sends a line of a recording. */
  replay({ who, method, path, headers, body }) {
    return this.#sent(method, this.#madeUp.translated(path), { ...headers, ...this.#as(who) }, this.#madeUp.translated(body))
  }

  /** Sends what a recording does not show but presupposes. */
  async arrange({ path, body }) {
    const headers = { ...this.#as('session'), 'content-type': 'application/json' }
    const answer = await this.#sent('POST', path, headers, this.#madeUp.translated(JSON.stringify(body)))
    if (!answer.body.startsWith('{"success":true')) throw new Error(`Could not arrange ${path}: ${answer.status} ${answer.body}`)
  }

  #as(who) {
    const session = { ...(this.#cookie ? { cookie: this.#cookie } : {}), ...(this.#csrf ? { 'x-csrf-token': this.#csrf } : {}) }
    return {
      session,
      stranger: {},
      'stale token': { ...session, 'x-csrf-token': 'a-token-of-yesterday' },
      token: { authorization: `Bearer ${this.#panel.token}` },
      'wrong token': { authorization: 'Bearer wrong' },
    }[who]
  }

  async #sent(method, path, headers, body = '') {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const all = { ...(body && !headers['content-type'] ? form : {}), ...headers, 'content-length': Buffer.byteLength(body) }
    const outgoing = request(this.#panel.url + path, { method, headers: all })
    outgoing.end(body)
    const [incoming] = await once(outgoing, 'response')
    const bytes = Buffer.concat(await incoming.toArray())
    const zipped = incoming.headers['content-encoding'] === 'gzip' && bytes.length > 0
    const answer = String(zipped ? gunzipSync(bytes) : bytes)
    const cookies = incoming.headers['set-cookie'] ?? []
    if (cookies.length > 0 && incoming.statusCode === 200) this.#cookie = cookies.at(-1).split(';')[0]
    if (path === '/csrf-token' && answer.startsWith('{')) this.#csrf = JSON.parse(answer).obj
    return { status: incoming.statusCode, headers: incoming.headers, cookies, body: answer }
  }
}
