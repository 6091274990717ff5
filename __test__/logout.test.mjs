/*
 * Logging out: one request with the verb of the panel, and never a login for it.
 */

import assert from 'node:assert/strict'

import ThreeXUI from '3xui-native'

import { atOnce, clientOf, inbound, lines, onPanels, requestsTo, until } from './support/wire.mjs'

const LOGOUT = { '2.8.11': 'GET /logout', HEAD: 'POST /logout' }

async function warm(panel, options) {
  const client = clientOf(panel, options)
  await client.getInbounds()
  return client
}

onPanels('logout is one request with the verb that this panel has', async (panel) => {
  const client = await warm(panel)
  const [cookie, token, sent] = [client.cookie, client.csrfToken, panel.requests.length]
  assert.equal(await client.logout(), undefined)
  assert.deepEqual(lines(panel).slice(sent), [LOGOUT[panel.version]])
  const { headers, status } = panel.requests.at(-1)
  assert.equal(headers.cookie, cookie)
  assert.equal(headers['x-csrf-token'], token ?? undefined)
  assert.equal(status, panel.version === 'HEAD' ? 200 : 307)
  assert.equal(panel.logins, 1)
})

onPanels('after it the session is gone, here and in the store', async (panel) => {
  const client = await warm(panel)
  await client.logout()
  assert.equal(client.cookie, null)
  assert.equal(client.csrfToken, null)
  assert.equal(await client.isSessionValid(), false)
  assert.equal((await client.getSessionStats()).size, 0)
})

onPanels('the next call logs in anew, and with a clean slate', async (panel) => {
  const client = await warm(panel)
  const cookie = client.cookie
  await client.logout()
  const sent = panel.requests.length
  assert.equal((await client.getInbounds()).success, true)
  assert.deepEqual(lines(panel).slice(sent), [
    'GET /csrf-token',
    'POST /login',
    'GET /panel/api/inbounds/list',
  ])
  assert.ok(!panel.requests.slice(sent).some(({ headers }) => headers.cookie === cookie))
})

onPanels('who never logged in sends nothing to log out', async (panel) => {
  const client = clientOf(panel)
  await client.logout()
  await client.logout()
  assert.deepEqual(lines(panel), [])
})

onPanels('a second logout sends nothing', async (panel) => {
  const client = await warm(panel)
  await client.logout()
  const sent = panel.requests.length
  await client.logout()
  assert.equal(panel.requests.length, sent)
})

onPanels('a session that only the store knows is logged out, too', async (panel) => {
  const sessionManager = ThreeXUI.createSessionManager()
  const { cookie } = await warm(panel, { sessionManager })
  const sent = panel.requests.length
  await clientOf(panel, { sessionManager }).logout()
  assert.deepEqual(lines(panel).slice(sent), [LOGOUT[panel.version]])
  assert.equal(panel.requests.at(-1).headers.cookie, cookie)
  assert.equal((await sessionManager.getStats()).size, 0)
})

onPanels('a session that the panel has lost is no reason to log in for its logout', async (panel) => {
  const client = await warm(panel)
  panel.expireSessions()
  const sent = panel.requests.length
  await client.logout()
  // Newer panels answer it as they answer a stale token, so the token is asked for, which tells.
  const asked = panel.version === 'HEAD' ? ['GET /csrf-token'] : []
  assert.deepEqual(lines(panel).slice(sent), [LOGOUT[panel.version], ...asked])
  assert.equal(panel.logins, 1)
  assert.equal(client.cookie, null)
})

onPanels(
  'a stale CSRF token is fetched anew for it',
  async (panel) => {
    const client = await warm(panel)
    panel.rotateCsrf()
    const sent = panel.requests.length
    await client.logout()
    assert.deepEqual(lines(panel).slice(sent), ['POST /logout', 'GET /csrf-token', 'POST /logout'])
    assert.equal(panel.requests.at(-1).status, 200)
    assert.equal(panel.logins, 1)
  },
  { versions: ['HEAD'] },
)

onPanels(
  'a panel with tokens that logs out by GET (3.0.0, 3.0.1) is logged out by GET',
  async (panel) => {
    const client = await warm(panel)
    panel.failNext({ method: 'POST', path: '/logout', status: 404 })
    panel.failNext({ method: 'GET', path: '/logout', status: 307, headers: { location: '/' } })
    const sent = panel.requests.length
    await client.logout()
    assert.deepEqual(lines(panel).slice(sent), ['POST /logout', 'GET /logout'])
  },
  { versions: ['HEAD'] },
)

onPanels('a panel that cannot be reached does not keep anybody logged in', async (panel) => {
  const client = await warm(panel)
  panel.failNext({ path: '/logout', destroy: true, times: 5 })
  await client.logout()
  assert.equal(client.cookie, null)
  assert.equal(await client.isSessionValid(), false)
})

onPanels('a logout during a login waits for it, and ends its session', async (panel) => {
  const client = clientOf(panel)
  panel.delay(30)
  const call = client.getInbounds()
  await until(() => requestsTo(panel, '/login').length === 1, 'the login has arrived')
  await client.logout()
  await call
  assert.equal(requestsTo(panel, '/logout').length, 1)
  assert.equal(panel.logins, 1)
  assert.equal(client.cookie, null)
})

onPanels('logouts at once are one request', async (panel) => {
  const client = await warm(panel)
  const sent = panel.requests.length
  await atOnce(20, () => client.logout())
  assert.deepEqual(lines(panel).slice(sent), [LOGOUT[panel.version]])
})

onPanels('writes work again after a logout', async (panel) => {
  const client = await warm(panel)
  for (let round = 0; round < 3; round++) {
    await client.logout()
    assert.equal((await client.addInbound(inbound({ port: 7000 + round }))).success, true)
  }
  assert.equal(panel.logins, 4)
})
