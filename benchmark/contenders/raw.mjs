/*
 * The bare requests, by a client that knows nothing: what of a flow's time is the panel's own.
 */

import { Client } from 'undici'

const FORM = 'application/x-www-form-urlencoded'

export function connect() {
  let http
  let base = ''
  let headers = {}
  const send = async ({ method = 'POST', path, body = '', type = 'application/json' }) => {
    const sent = { ...headers, ...(body ? { 'content-type': type } : {}) }
    const answer = await http.request({ method, path: base + path, headers: sent, body: body || null })
    const cookies = [answer.headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';', 1)[0])
    return { cookie: cookies.join('; '), text: await answer.body.text() }
  }
  /** From 3.0 on a login needs a token, and so does what follows. */
  const logIn = async (body) => {
    const before = await send({ method: 'GET', path: '/csrf-token' })
    const token = before.text.startsWith('{') ? JSON.parse(before.text).obj : null
    headers = token ? { cookie: before.cookie, 'x-csrf-token': token } : {}
    const { cookie } = await send({ path: '/login', body, type: FORM })
    headers = { ...headers, cookie }
  }
  return {
    /** With a token, or logged in. */
    async connect({ url, username, password, token }) {
      const { origin, pathname } = new URL(url)
      http = new Client(origin)
      base = pathname.replace(/\/$/, '')
      headers = token ? { authorization: `Bearer ${token}` } : {}
      if (!token) await logIn(new URLSearchParams({ username, password }).toString())
      await send({ method: 'GET', path: '/panel/api/inbounds/list' })
    },
    /** Requests one after another, as another client sent them. */
    async replay(requests) {
      for (const { method, path, headers, body } of requests) {
        let { text } = await send({ method, path, body, type: headers['content-type'] })
        // Panels of 2.x stop in the midst of a write while Xray starts anew, and say nothing; ours asks again as well.
        for (let tries = 0; text === '' && tries < 3; tries++) ({ text } = await send({ method, path, body, type: headers['content-type'] }))
        if (!text.startsWith('{"success":true')) throw new Error(`${method} ${path} was refused: ${text.slice(0, 200)}`)
      }
    },
    async close() {
      await http?.close()
    },
  }
}
