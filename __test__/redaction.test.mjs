/*
 * What errors keep of an answer that repeats the request: a proxy's debug page, a TRACE, a gateway that logs to its reader.
 * No secret of the client, however short, however it is written, and by whichever way the error comes out.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'

import ThreeXUI from '3xui-native'

import { oldPanel, sendJson, serverFor } from './support/wire.mjs'

const COOKIE = 'cookie-of-the-session'
const CSRF = 'csrf-of-the-session'

/** A panel from 3.0 on, as far as a login goes; `api` answers everything else. */
const newPanel = (api) => (request, outgoing, number) => {
  if (request.path === '/csrf-token') {
    return sendJson(outgoing, { success: true, obj: CSRF }, { 'set-cookie': `3x-ui=${COOKIE}; Path=/` })
  }
  if (request.path === '/login') return sendJson(outgoing, { success: true, msg: '', obj: null }, { 'set-cookie': `3x-ui=${COOKIE}; Path=/` })
  return api(request, outgoing, number)
}

/** Everything of a request, in the ways in which proxies write it. */
const ECHOES = {
  json: ({ method, path, headers, body }) => JSON.stringify({ method, path, headers, body }),
  'JSON that was cut': ({ headers, body }) => JSON.stringify({ body, headers, end: 1 }).slice(0, -9),
  'a raw request': ({ method, path, headers, body }) =>
    [`${method} ${path} HTTP/1.1`, ...Object.entries(headers).map((pair) => pair.join(': ')), '', body].join('\r\n'),
  'a form': ({ headers, body }) => new URLSearchParams({ ...headers, body }).toString(),
  'a page': ({ headers, body }) =>
    `<html><pre>${[...Object.entries(headers).map((pair) => pair.join(': ')), body].join('\n').replaceAll('&', '&amp;').replaceAll('"', '&quot;')}</pre></html>`,
}

function shownOf(error) {
  const parts = [inspect(error, { depth: Infinity, showHidden: true, getters: true }), error.message, error.stack]
  for (let at = error; at instanceof Error; at = at.cause) {
    parts.push(JSON.stringify(at), JSON.stringify(at.response), JSON.stringify(at.config), inspect(structuredClone(at)))
    if (at.response) parts.push(inspect(structuredClone(at.response.data)), inspect({ ...at }))
  }
  return parts.join('\n')
}

function assertHides(error, secrets) {
  assert.ok(error instanceof Error, `${error}`)
  const shown = shownOf(error)
  for (const secret of secrets) assert.ok(!shown.includes(secret), `${secret} in ${shown}`)
}

const failureOf = (promise) => promise.then(() => assert.fail('it should have failed'), (error) => error)

for (const [how, echo] of Object.entries(ECHOES)) {
  for (const [status, type] of [[500, 'text/plain'], [200, 'text/plain'], [200, 'application/json'], [403, 'text/html']]) {
    if (how === 'json' && status === 200) continue // That is an answer.
    test(`an answer of ${status} and ${type} that repeats the request as ${how} shows no session`, async (t) => {
      const server = await serverFor(t, newPanel((request, outgoing) => outgoing.writeHead(status, { 'content-type': type, 'x-echo': String(request.headers.cookie) }).end(echo(request))))
      const client = new ThreeXUI(server.url, 'admin', 'a pass-word', { loginRetryBackoff: 0 })
      for (const call of [() => client.getInbounds(), () => client.addInbound({ remark: 'a', port: 1, protocol: 'vless', settings: '{"clients":[]}' })]) {
        assertHides(await failureOf(call()), [COOKIE, CSRF])
      }
    })

    test(`the same shows no token: ${status}, ${type}, ${how}`, async (t) => {
      const server = await serverFor(t, (request, outgoing) => outgoing.writeHead(status, { 'content-type': type }).end(echo(request)))
      const client = new ThreeXUI(server.url, { token: 'tok/en+of=client' })
      assertHides(await failureOf(client.getInbounds()), ['tok/en+of=client', encodeURIComponent('tok/en+of=client')])
    })
  }

  for (const password of ['admin', 'x1', 'пароль', 'p&q="r\'', 'correct horse', '12345']) {
    test(`a login whose answer repeats it as ${how} does not show the password ${password}`, async (t) => {
      const server = await serverFor(t, (request, outgoing) =>
        request.path === '/csrf-token' ? outgoing.writeHead(404).end() : outgoing.writeHead(500).end(echo(request)),
      )
      const url = server.url.replace('//', `//gate:${encodeURIComponent(password)}@`)
      const error = await failureOf(new ThreeXUI(url, 'root', password).login())
      const pair = Buffer.from(`gate:${password}`).toString('base64').replace(/=+$/, '')
      const form = new URLSearchParams({ p: password }).toString().slice(2)
      assertHides(error, [`password=${form}`, `password%3D${encodeURIComponent(form)}`, pair])
      assert.match(inspect(error.response), /redacted/)
    })
  }
}

test('the page of a login, and the failure of a CSRF token, show nothing of what was sent', async (t) => {
  let status = 500
  const server = await serverFor(t, (request, outgoing) => outgoing.writeHead(status, { 'content-type': 'text/html' }).end(ECHOES['a page'](request)))
  const url = server.url.replace('//', '//gate:s3cret@')
  const pair = Buffer.from('gate:s3cret').toString('base64')
  const client = new ThreeXUI(url, 'root', 'letmein')
  assertHides(await failureOf(client._fetchCsrfToken()), [pair, 's3cret'])
  status = 200
  assertHides(await failureOf(client.login()), [pair, 's3cret', 'letmein'])
})

test('a store that fails while a session is forgotten does not show it', async (t) => {
  const server = await serverFor(t, oldPanel((_, outgoing) => sendJson(outgoing, { success: true, obj: [] }), COOKIE))
  let kept
  const customHandler = {
    getSession: async () => kept,
    setSession: async (_key, session) => void (kept = session),
    deleteSession: async () => {
      throw new Error(`DEL of ${JSON.stringify(kept)} at redis://user:hunter2@127.0.0.1 failed`)
    },
  }
  const client = new ThreeXUI(server.url, 'admin', 'admin', { sessionManager: { customHandler } })
  await client.getInbounds()
  const error = await failureOf(client.logout())
  assertHides(error, [COOKIE, 'hunter2'])
  assert.match(error.message, /^DEL of/)
})

test('a session that was dropped while its call was under way is not shown', async (t) => {
  let answer
  const asked = new Promise((resolve) => (answer = resolve))
  const server = await serverFor(t, oldPanel((request, outgoing) => answer(() => outgoing.writeHead(500).end(`was ${request.headers.cookie.split('=')[1]}`)), COOKIE))
  const client = new ThreeXUI(server.url, 'admin', 'admin')
  const failure = failureOf(client.getInbounds())
  const end = await asked
  client.cookie = null
  client.password = 'another'
  end()
  const error = await failure
  assertHides(error, [COOKIE])
  assert.equal(error.response.data, 'was [redacted]')
})

test('an error says who it is about, and what came, as before', async (t) => {
  const server = await serverFor(t, oldPanel((_, outgoing) => outgoing.writeHead(400, { 'content-type': 'application/json' }).end('{"username":"admin","msg":"the admin is away","n":1.50}')))
  const error = await failureOf(new ThreeXUI(server.url, 'admin', 'admin').getInbounds())
  assert.deepEqual(error.response.data, { username: 'admin', msg: 'the admin is away', n: 1.5 })
})
