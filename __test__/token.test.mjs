/*
 * Working with an API token (panels from 3.0 on), and the two-argument constructor.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { atOnce, inbound, lines, onPanels, reasonsOf, requestsTo, valuesOf } from './support/wire.mjs'

const NEW = { versions: ['HEAD'] }

for (const option of ['token', 'apiToken']) {
  onPanels(
    `a client with ${option} never logs in, and sends it with every request`,
    async (panel) => {
      const client = new ThreeXUI(panel.url, { [option]: panel.token })
      assert.equal(client.token, panel.token)
      await client.addInbound(inbound())
      await client.addClientWithCredentials(1, 'vless', { email: 'a' })
      valuesOf(await atOnce(50, () => client.getClientTrafficsByEmail('a')))
      assert.equal(panel.logins, 0)
      for (const { method, path, headers, status } of panel.requests) {
        assert.match(path, /^\/panel\/api\//, `${method} ${path}`)
        assert.equal(headers.authorization, `Bearer ${panel.token}`)
        assert.equal(headers.cookie, undefined)
        assert.equal(headers['x-csrf-token'], undefined)
        assert.equal(status, 200)
      }
    },
    NEW,
  )
}

onPanels(
  'what kind of panel it is gets found out once, however many calls with a token want to know',
  async (panel) => {
    const client = new ThreeXUI(panel.url, { token: panel.token })
    valuesOf(await atOnce(50, (at) => client.getClientTrafficsByEmail(`user_${at}`)))
    await client.getOnlineClients()
    assert.equal(requestsTo(panel, '/server/status').length, 1)
  },
  NEW,
)

onPanels(
  'a token wins over user and password',
  async (panel) => {
    const client = new ThreeXUI(panel.url, 'admin', 'admin', { token: panel.token })
    assert.equal((await client.getInbounds()).success, true)
    assert.deepEqual(lines(panel), ['GET /panel/api/inbounds/list'])
  },
  NEW,
)

onPanels(
  "login, logout and the session's state send nothing",
  async (panel) => {
    const client = new ThreeXUI(panel.url, { token: panel.token })
    assert.deepEqual(await client.login(), {
      success: true,
      message: 'Authenticated successfully using API Token',
    })
    assert.equal(await client.isSessionValid(), true)
    await client.logout()
    assert.equal(client.cookie, null)
    assert.deepEqual(lines(panel), [])
    assert.equal((await client.getInbounds()).success, true, 'a token is not logged out')
  },
  NEW,
)

onPanels(
  'a refused token is one request and one clear error, and no login is tried instead',
  async (panel) => {
    const client = new ThreeXUI(panel.url, { token: 'not-the-token', username: 'admin', password: 'admin' })
    await assert.rejects(client.getInbounds(), (error) => {
      assert.ok(error instanceof ThreeXUI.AuthenticationError)
      assert.equal(error.message, 'API Token is invalid or expired. Please check your credentials.')
      assert.equal(error.status, 401)
      return true
    })
    assert.deepEqual(lines(panel), ['GET /panel/api/inbounds/list'])
    assert.equal(reasonsOf(await atOnce(20, () => client.getOnlineClients())).length, 20)
    assert.equal(panel.logins, 0)
  },
  NEW,
)

onPanels('the user may be named in the options', async (panel) => {
  const client = new ThreeXUI(panel.url, { username: 'admin', password: 'admin', timeout: 5000 })
  assert.equal(client.username, 'admin')
  assert.equal(client.token, null)
  assert.equal((await client.getInbounds()).success, true)
  assert.equal(panel.logins, 1)
})

test('a client without user and token is refused at once', () => {
  assert.throws(() => new ThreeXUI('http://127.0.0.1:1', {}), { message: 'username is required' })
  assert.throws(() => new ThreeXUI('http://127.0.0.1:1', { username: 'admin' }), {
    message: 'password is required',
  })
  assert.throws(() => new ThreeXUI('http://127.0.0.1:1', { token: '' }), { message: 'username is required' })
})
