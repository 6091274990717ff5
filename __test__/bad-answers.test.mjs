/*
 * What comes back wrong, or not at all: a refusal, a page, cut JSON, silence. Each is an error that says what
 * happened, at which address and call, and no login or write is sent again for it.
 */

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { errorOf, loggedIn } from './support/panels.mjs'

const VERSIONS = ['2.8.11', 'HEAD']
const JSON_TYPE = { 'content-type': 'application/json' }
const { ThreeXUIError, AuthenticationError, TimeoutError, NetworkError, PanelError } = ThreeXUI

for (const version of VERSIONS) {
  test(`a wrong password is one attempt and one clear error: ${version}`, async (t) => {
    const { panel } = await loggedIn(t, version)
    const before = panel.logins
    const error = await errorOf(() => new ThreeXUI(panel.url, 'admin', 'wrong').getInbounds())
    assert.ok(error instanceof AuthenticationError, error.name)
    assert.equal(error.message, 'Login failed: Invalid username or password or two-factor code.')
    assert.equal(panel.logins - before, 1)
  })

  test(`a page in the place of data is said to be one: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    panel.failNext({ path: '/panel/api/inbounds/list', body: '<html>a proxy</html>', times: 10 })
    const error = await errorOf(() => client.getInbounds())
    assert.ok(error instanceof PanelError, error.name)
    assert.equal(
      error.message,
      `The panel answered with an HTML page instead of JSON (HTTP 200): GET ${panel.url}/panel/api/inbounds/list. ` +
        "Check that the URL is the panel's own, with its base path.",
    )
  })

  test(`cut JSON is said to be cut: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    panel.failNext({ body: '{"success":true,"obj":[', headers: JSON_TYPE })
    const error = await errorOf(() => client.getInbounds())
    assert.ok(error instanceof PanelError, error.name)
    assert.equal(
      error.message,
      `The panel answered with incomplete or invalid JSON (HTTP 200): GET ${panel.url}/panel/api/inbounds/list`,
    )
  })

  test(`a login that is answered with something else says what came, and is tried once: ${version}`, async (t) => {
    const { panel } = await loggedIn(t, version)
    const faults = [
      [{ body: '<html>a proxy</html>' }, 'an HTML page instead of JSON. Check the URL and its base path.'],
      [{ body: '{"success":tr', headers: JSON_TYPE }, 'something that is no JSON, or cut off.'],
      [{ body: '' }, 'nothing. Check the URL and its base path.'],
      [{ status: 502, body: '<html>bad gateway</html>' }, 'status code 502.'],
    ]
    for (const [fault, words] of faults) {
      const before = panel.requests.length
      panel.failNext({ method: 'post', path: '/login', ...fault })
      const error = await errorOf(() => new ThreeXUI(panel.url, 'admin', 'admin').getInbounds())
      assert.ok(error instanceof ThreeXUIError, error.name)
      assert.equal(error.message, `Login failed: ${panel.url} answered with ${words}`)
      const sent = panel.requests.slice(before).map(({ method, path }) => `${method} ${path}`)
      assert.deepEqual(sent, ['GET /csrf-token', 'POST /login'])
    }
    panel.failNext({ method: 'post', path: '/login', body: { success: true, msg: '' } })
    const error = await errorOf(() => new ThreeXUI(panel.url, 'admin', 'admin').login())
    assert.equal(error.message, 'Login failed: No session cookie received.')
  })

  test(`a write whose answer cannot be read is not sent again: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    await client.addClientWithCredentials(1, 'vless', { email: 'there' })
    const stored = JSON.stringify(panel.inbounds)
    const called = `POST ${panel.url}/panel/api/clients/add`
    const faults = [
      [{ body: '{"success":true,', headers: JSON_TYPE }, 'incomplete or invalid JSON'],
      [{ body: '' }, 'an empty body'],
    ]
    for (const [fault, words] of faults) {
      const before = panel.requests.length
      panel.failNext({ path: /\/(addClient|clients\/add)$/, ...fault })
      const error = await errorOf(() => client.addClientWithCredentials(1, 'vless', { email: 'lost' }))
      assert.ok(error instanceof PanelError, error.name)
      assert.equal(error.message, `The panel answered with ${words} (HTTP 200): ${called}`)
      assert.equal(panel.requests.slice(before).filter(({ method }) => method === 'POST').length, 1)
    }
    assert.equal(JSON.stringify(panel.inbounds), stored)
  })

  test(`a connection that breaks is said to be lost, with the call: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    // A read is sent once more where its connection may have ended before.
    panel.failNext({ destroy: true, times: 2 })
    const error = await errorOf(() => client.getInbounds())
    assert.ok(error instanceof NetworkError, error.name)
    assert.equal(
      error.message,
      'Connection to the panel lost (socket hang up: it was closed before the answer was complete): ' +
        `GET ${panel.url}/panel/api/inbounds/list`,
    )
    assert.equal(error.code, 'ECONNRESET')
  })

  test(`a panel that speaks no TLS is said to be one: ${version}`, async (t) => {
    const { panel } = await loggedIn(t, version)
    const url = panel.url.replace('http:', 'https:')
    const error = await errorOf(() => new ThreeXUI(url, 'admin', 'admin').getInbounds())
    assert.ok(error instanceof NetworkError, error.name)
    assert.equal(
      error.message,
      `Cannot connect to server: ${url} (socket hang up during the TLS handshake; ` +
        'a panel without a certificate speaks http)',
    )
  })

  test(`a panel that never answers ends in the time limit: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version, { timeout: 200 })
    panel.delay(2000)
    const error = await errorOf(() => client.getInbounds())
    assert.ok(error instanceof TimeoutError, error.name)
    assert.equal(error.message, 'Request timeout - server took too long to respond')
    assert.equal(error.code, 'ECONNABORTED')
    const { method, url, baseURL } = error.config
    assert.deepEqual({ method, url, baseURL }, { method: 'get', url: '/panel/api/inbounds/list', baseURL: panel.url })
  })

  test(`a wrong base path is said to be one: ${version}`, async (t) => {
    const { panel } = await loggedIn(t, version)
    const error = await errorOf(() => new ThreeXUI(`${panel.url}/elsewhere`, 'admin', 'admin').getInbounds())
    assert.equal(
      error.message,
      `Login failed: ${panel.url}/elsewhere has no panel login (404). Check the URL and its base path.`,
    )
  })
}

test('nothing at the address is said, with the address', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  const error = await errorOf(() => new ThreeXUI(`http://127.0.0.1:${port}`, 'admin', 'admin').getInbounds())
  assert.ok(error instanceof NetworkError, error.name)
  assert.equal(
    error.message,
    `Cannot connect to server: http://127.0.0.1:${port} (connect ECONNREFUSED 127.0.0.1:${port})`,
  )
  assert.equal(error.code, 'ECONNREFUSED')
})

test('an address that takes connections and stays silent ends in the time limit', async (t) => {
  const open = new Set()
  const server = createServer((socket) => open.add(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  const baseURL = `http://127.0.0.1:${server.address().port}`
  const client = new ThreeXUI(baseURL, 'admin', 'admin', { timeout: 150 })
  for (const call of [() => client.getInbounds(), () => client.login()]) {
    const error = await errorOf(call)
    assert.ok(error instanceof TimeoutError, error.name)
    assert.equal(error.message, 'Request timeout - server took too long to respond')
    assert.deepEqual(error.config, { method: 'get', url: '/csrf-token', baseURL })
  }
})
