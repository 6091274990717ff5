/*
 * The bare requests, by a client that knows nothing: what of a flow's time is the panel's own.
 */

import { Client } from 'undici'

export function connect() {
  let http
  let headers
  const send = async ({ method = 'POST', path, body = '', type = 'application/json' }) => {
    const sent = { ...headers, ...(body ? { 'content-type': type } : {}) }
    const answer = await http.request({ method, path, headers: sent, body: body || null })
    return { cookies: [answer.headers['set-cookie'] ?? []].flat(), text: await answer.body.text() }
  }
  return {
    /** With a token, or logged in. */
    async connect({ url, username, password, token }) {
      http = new Client(url)
      headers = token ? { authorization: `Bearer ${token}` } : {}
      if (!token) {
        const body = new URLSearchParams({ username, password }).toString()
        const { cookies } = await send({ path: '/login', body, type: 'application/x-www-form-urlencoded' })
        headers = { cookie: cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ') }
      }
      await send({ method: 'GET', path: '/panel/api/inbounds/list' })
    },
    /** Requests one after another, as another client sent them. */
    async replay(requests) {
      for (const { method, path, headers, body } of requests) {
        const { text } = await send({ method, path, body, type: headers['content-type'] })
        if (!JSON.parse(text).success) throw new Error(`${method} ${path} was refused: ${text}`)
      }
    },
    async close() {
      await http?.close()
    },
  }
}
