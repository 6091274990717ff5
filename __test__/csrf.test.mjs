/*
 * The CSRF token of panels from 3.0 on: who carries it, and what happens when it is stale.
 */

import assert from 'node:assert/strict'

import ThreeXUI from '3xui-native'

import {
  apiRequests,
  atOnce,
  clientOf,
  inbound,
  lines,
  onPanels,
  requestsTo,
  valuesOf,
} from './support/wire.mjs'

const NEW = { versions: ['HEAD'] }
const OLD = { versions: ['2.8.11'] }

async function warm(panel) {
  const client = clientOf(panel)
  await client.getOnlineClients()
  return client
}

onPanels(
  'every verb that changes something carries the token, and no other does',
  async (panel) => {
    const client = clientOf(panel)
    await client.addInbound(inbound())
    await client.getInbounds()
    await client.deleteInbound(1)
    await client.logout()
    for (const { method, path, headers, status } of panel.requests) {
      assert.equal('x-csrf-token' in headers, method === 'POST', `${method} ${path}`)
      assert.equal(status, 200, `${method} ${path}`)
    }
  },
  NEW,
)

onPanels(
  'a panel without tokens is asked for one once, and sees none',
  async (panel) => {
    const client = clientOf(panel)
    await client.addInbound(inbound())
    await client.deleteInbound(1)
    assert.equal(client.csrfToken, null)
    assert.equal(requestsTo(panel, '/csrf-token').length, 1)
    assert.ok(!panel.requests.some(({ headers }) => 'x-csrf-token' in headers))
  },
  OLD,
)

onPanels(
  'a stale token is fetched anew once, then the call succeeds',
  async (panel) => {
    const client = await warm(panel)
    const [stale, sent] = [client.csrfToken, panel.requests.length]
    panel.rotateCsrf()
    assert.equal((await client.addInbound(inbound())).success, true)
    assert.deepEqual(lines(panel).slice(sent), [
      'POST /panel/api/inbounds/add',
      'GET /csrf-token',
      'POST /panel/api/inbounds/add',
    ])
    assert.notEqual(client.csrfToken, stale)
    assert.equal(panel.logins, 1)
    assert.equal(panel.inbounds.length, 1)
  },
  NEW,
)

onPanels(
  'the fresh token is kept with the session for the next client',
  async (panel) => {
    const sessionManager = ThreeXUI.createSessionManager()
    const client = clientOf(panel, { sessionManager })
    await client.getInbounds()
    panel.rotateCsrf()
    await client.addInbound(inbound())
    const sent = panel.requests.length
    await clientOf(panel, { sessionManager }).addInbound(inbound({ port: 5555 }))
    assert.deepEqual(lines(panel).slice(sent), ['POST /panel/api/inbounds/add'])
  },
  NEW,
)

onPanels(
  '100 writes at once with a stale token fetch one token',
  async (panel) => {
    const client = await warm(panel)
    panel.rotateCsrf()
    const before = requestsTo(panel, '/csrf-token').length
    const answers = valuesOf(await atOnce(100, (at) => client.addInbound(inbound({ port: 10_000 + at }))))
    assert.ok(answers.every(({ success }) => success))
    assert.equal(requestsTo(panel, '/csrf-token').length - before, 1)
    assert.equal(panel.logins, 1)
    assert.equal(panel.inbounds.length, 100)
  },
  NEW,
)

onPanels(
  'token and session lost together cost one login',
  async (panel) => {
    const client = await warm(panel)
    panel.rotateCsrf()
    panel.expireSessions()
    valuesOf(await atOnce(50, (at) => client.addInbound(inbound({ port: 10_000 + at }))))
    assert.equal(panel.logins, 2)
    assert.equal(panel.inbounds.length, 50)
  },
  NEW,
)

onPanels(
  'a session that is lost between the stale token and the fresh one is renewed',
  async (panel) => {
    const client = await warm(panel)
    // The panel gives whoever it does not know a token with a new session, that of nobody.
    panel.failNext({ path: '/inbounds/add', status: 403 })
    panel.expireSessions()
    assert.equal((await client.addInbound(inbound())).success, true)
    assert.equal(panel.logins, 2)
  },
  NEW,
)

onPanels(
  'a 403 that a fresh token does not mend is an error, no loop',
  async (panel) => {
    const client = await warm(panel)
    const before = requestsTo(panel, '/csrf-token').length
    panel.failNext({ path: '/inbounds/add', status: 403, times: 5 })
    await assert.rejects(client.addInbound(inbound()), (error) => {
      assert.ok(error instanceof ThreeXUI.PanelError)
      assert.equal(error.message, 'Request failed with status code 403')
      return error.status === 403
    })
    assert.equal(requestsTo(panel, '/inbounds/add').length, 2)
    assert.equal(requestsTo(panel, '/csrf-token').length - before, 1)
    assert.equal(panel.logins, 1)
  },
  NEW,
)

onPanels(
  "a 403 with words is the panel's answer and no stale token",
  async (panel) => {
    const client = await warm(panel)
    const before = requestsTo(panel, '/csrf-token').length
    panel.failNext({
      path: '/inbounds/add',
      status: 403,
      body: { success: false, msg: 'not permitted', obj: null },
    })
    await assert.rejects(client.addInbound(inbound()), (error) => error.response.data.msg === 'not permitted')
    assert.equal(requestsTo(panel, '/csrf-token').length - before, 0)
  },
  NEW,
)

onPanels(
  'a 403 on a panel without tokens is an error at once',
  async (panel) => {
    const client = await warm(panel)
    panel.failNext({ path: '/inbounds/add', status: 403 })
    await assert.rejects(client.addInbound(inbound()), (error) => error.status === 403)
    assert.equal(requestsTo(panel, '/inbounds/add').length, 1)
    assert.equal(requestsTo(panel, '/csrf-token').length, 1)
  },
  OLD,
)

onPanels(
  'a stale token at the login is impossible: each login fetches its own',
  async (panel) => {
    const client = await warm(panel)
    panel.rotateCsrf()
    await client.login(true)
    assert.equal((await client.addInbound(inbound())).success, true)
    assert.ok(panel.requests.every(({ status }) => status === 200))
    assert.equal(apiRequests(panel).length, 3)
  },
  NEW,
)
