/*
 * Redirects of a web server before the panel: how many are followed, and that no other server hears of the session or the
 * token. The same by our own connections and by an agent of the program's own.
 */

import assert from 'node:assert/strict'
import http from 'node:http'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { sendJson, serverFor } from './support/wire.mjs'

const ANSWER = { success: true, msg: '', obj: [] }

/** One that does something of its own is not replaced by our connections. */
class OwnAgent extends http.Agent {
  addRequest(...args) {
    return super.addRequest(...args)
  }
}

/** By what the requests go, and what a program does for it. */
const BY = {
  'our own connections': () => {},
  'an agent': (t, client) => {
    const agent = new OwnAgent()
    t.after(() => agent.destroy())
    client.api.defaults.httpAgent = agent
  },
}

for (const [by, prepare] of Object.entries(BY)) {
  const clientFor = (t, url) => {
    const client = new ThreeXUI(url, { token: 'the-bearer-token' })
    prepare(t, client)
    return client
  }

  for (const [count, arrives] of [[5, true], [6, false]]) {
    test(`${count} redirects in a row are ${arrives ? 'followed' : 'too many'}: ${by}`, async (t) => {
      const server = await serverFor(t, ({ path }, outgoing) => {
        const left = path === '/panel/api/inbounds/list' ? count : Number(path.split('/').at(-1))
        if (left === 0) return sendJson(outgoing, ANSWER)
        outgoing.writeHead(302, { location: `/moved/${left - 1}` }).end()
      })
      const call = clientFor(t, server.url).getInbounds()
      if (arrives) assert.deepEqual(await call, ANSWER)
      else await assert.rejects(call, ({ response }) => response.status === 302)
      assert.deepEqual(
        server.requests.map(({ path }) => path).slice(1),
        Array.from({ length: 5 }, (_, at) => `/moved/${count - 1 - at}`),
      )
    })
  }

  for (const status of [301, 302, 303, 307, 308]) {
    test(`another server is asked nothing, whatever redirects to it (${status}): ${by}`, async (t) => {
      const other = await serverFor(t, (_, outgoing) => sendJson(outgoing, ANSWER))
      const location = `${other.url}/panel/api/inbounds/list`
      const server = await serverFor(t, (_, outgoing) => outgoing.writeHead(status, { location }).end())
      await assert.rejects(clientFor(t, server.url).getInbounds(), ({ response }) => response.status === status)
      assert.equal(server.requests[0].headers.authorization, 'Bearer the-bearer-token')
      assert.deepEqual(other.requests, [])
    })
  }
}
