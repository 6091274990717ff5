/*
 * The panel to test against, as the tests of an app use it.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { VERSIONS, startPanel } from '3xui-native/testing'

async function started(t, options) {
  const panel = await startPanel(options)
  t.after(() => panel.close())
  return panel
}

const clientOf = (panel, user = 'admin', password = 'admin') => new ThreeXUI(panel.url, user, password)

test('it plays the newest version unless told otherwise, and refuses what it does not know', async (t) => {
  assert.deepEqual(VERSIONS, ['2.6.7', '2.8.11', '3.0.2', '3.1.0', '3.6.0', 'HEAD'])
  assert.equal((await started(t)).version, 'HEAD')
  assert.equal((await started(t, { version: 'newest' })).version, 'HEAD')
  await assert.rejects(startPanel({ version: '1.0' }), {
    name: 'RangeError',
    message: 'Unknown panel version: 1.0. This panel plays 2.6.7, 2.8.11, 3.0.2, 3.1.0, 3.6.0, HEAD (or newest).',
  })
})

test('it has the user, the base path and the inbounds that it was given', async (t) => {
  const options = { username: 'me', password: 'mine', basePath: '/hidden/', inbounds: [{ port: 443, protocol: 'vless', remark: 'first' }] }
  const panel = await started(t, options)
  assert.match(panel.url, /^http:\/\/127\.0\.0\.1:\d+\/hidden$/)
  const { obj } = await clientOf(panel, 'me', 'mine').getInbounds()
  assert.deepEqual(obj.map(({ id, remark, enable }) => ({ id, remark, enable })), [{ id: 1, remark: 'first', enable: true }])
  assert.equal(panel.addInbound({ port: 444, protocol: 'trojan' }), 2)
  assert.equal(panel.inbounds[1].protocol, 'trojan')
})

test('it notes what it received and answered', async (t) => {
  const panel = await started(t, { version: '2.8.11' })
  await clientOf(panel).getInbounds()
  const last = panel.requests.at(-1)
  assert.deepEqual({ method: last.method, path: last.path, status: last.status }, { method: 'GET', path: '/panel/api/inbounds/list', status: 200 })
  assert.match(last.headers.cookie, /^3x-ui=/)
  assert.equal(panel.logins, 1)
})

test('it fails as often as it was told to, where it was told to', async (t) => {
  const panel = await started(t)
  const client = clientOf(panel)
  await client.login()
  panel.failNext({ method: 'get', path: '/panel/api/inbounds/list', status: 502, times: 2 })
  await assert.rejects(client.getInbounds(), { status: 502 })
  assert.equal((await client.getOnlineClients()).success, true, 'another path goes through')
  await assert.rejects(client.getInbounds(), { status: 502 })
  assert.equal((await client.getInbounds()).success, true)
  panel.failNext({ path: /onlines$/, body: { success: false, msg: 'as told', obj: null } })
  assert.equal((await client.getOnlineClients()).msg, 'as told')
  panel.failNext({ destroy: true })
  await assert.rejects(client.getInbounds(), { name: 'NetworkError' })
})

test('it forgets sessions and tokens, and is slow, when told to', async (t) => {
  const panel = await started(t)
  const client = clientOf(panel)
  await client.login()
  panel.expireSessions()
  await client.getInbounds()
  assert.equal(panel.logins, 2)
  panel.rotateCsrf()
  await client.clearClientIps('nobody')
  assert.equal(panel.requests.filter(({ status }) => status === 403).length, 1)
  panel.delay(5000)
  await assert.rejects(new ThreeXUI(panel.url, { token: panel.token, timeout: 100 }).getInbounds(), { name: 'TimeoutError' })
  panel.delay(0)
  assert.equal((await client.getInbounds()).success, true)
})

for (const version of ['2.8.11', 'HEAD']) {
  test(`its clients have the counters, addresses and presence that it was told: ${version}`, async (t) => {
    const panel = await started(t, { version, inbounds: [{ port: 443, protocol: 'vless' }] })
    const client = clientOf(panel)
    await client.addClientWithCredentials(1, 'vless', { email: 'a' })
    panel.setTraffic('a', { up: 5, down: 7 })
    panel.setIps('a', ['192.0.2.1'])
    panel.setOnline(['a'])
    const { up, down } = (await client.getClientTrafficsByEmail('a')).obj
    assert.deepEqual({ up, down }, { up: 5, down: 7 })
    assert.deepEqual((await client.getClientIps('a')).obj, ['192.0.2.1'])
    assert.deepEqual((await client.getOnlineClients()).obj, ['a'])
    assert.throws(() => panel.setTraffic('nobody', { up: 1 }), { message: 'This panel has no client with the e-mail nobody' })
  })
}

test('five wrong passwords block the account for a quarter of an hour, by its own clock', async (t) => {
  let now = Date.UTC(2026, 0, 1)
  const panel = await started(t, { now: () => now })
  const tryWith = (password) => clientOf(panel, 'admin', password).login()
  for (let tries = 0; tries < 5; tries++) await assert.rejects(tryWith('wrong'))
  await assert.rejects(tryWith('admin'), { message: /Invalid username or password/ })
  now += 15 * 60_000
  assert.equal((await tryWith('admin')).success, true)
})

test('panels that know no limit let everybody try', async (t) => {
  const panel = await started(t, { version: '2.8.11' })
  for (let tries = 0; tries < 8; tries++) await assert.rejects(clientOf(panel, 'admin', 'wrong').login())
  assert.equal((await clientOf(panel).login()).success, true)
})

test('a token is as good as a login where the version knows tokens', async (t) => {
  const panel = await started(t, { apiToken: 'my-token' })
  assert.equal((await new ThreeXUI(panel.url, { token: 'my-token' }).getInbounds()).success, true)
  await assert.rejects(new ThreeXUI(panel.url, { token: 'other' }).getInbounds(), { name: 'AuthenticationError' })
  assert.equal(panel.logins, 0)
  assert.equal((await started(t, { version: '2.8.11' })).token, null)
})
