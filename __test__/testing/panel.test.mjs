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

/** What the panel itself answers to a POST: a client may put it otherwise. */
async function plainAnswer({ url, token }, path) {
  if (token) return (await fetch(url + path, { method: 'POST', headers: { authorization: `Bearer ${token}` } })).json()
  const body = new URLSearchParams({ username: 'admin', password: 'admin' })
  const cookie = (await fetch(`${url}/login`, { method: 'POST', body })).headers.get('set-cookie').split(';')[0]
  return (await fetch(url + path, { method: 'POST', headers: { cookie } })).json()
}

test('it plays the newest version unless told otherwise, and refuses what it does not know', async (t) => {
  assert.deepEqual(VERSIONS, ['2.3.15', '2.5.8', '2.6.7', '2.8.11', '2.9.4', '3.0.2', '3.1.0', '3.3.1', '3.6.0', 'HEAD'])
  assert.equal((await started(t)).version, 'HEAD')
  assert.equal((await started(t, { version: 'newest' })).version, 'HEAD')
  await assert.rejects(startPanel({ version: '1.0' }), {
    name: 'RangeError',
    message: 'Unknown panel version: 1.0. This panel plays 2.3.15, 2.5.8, 2.6.7, 2.8.11, 2.9.4, 3.0.2, 3.1.0, 3.3.1, 3.6.0, HEAD (or newest), and every release between them.',
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
  panel.failNext({ destroy: true, times: 2 })
  await assert.rejects(client.getInbounds(), { name: 'NetworkError' })
})

test('a global expression hits as often as any other', async (t) => {
  const panel = await started(t)
  const client = clientOf(panel)
  await client.login()
  panel.failNext({ path: /inbounds/g, status: 502, times: 3 })
  for (let hits = 0; hits < 3; hits++) await assert.rejects(client.getInbounds(), { status: 502 })
  assert.equal((await client.getInbounds()).success, true)
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
    const unknown = { message: 'This panel has no client with the e-mail nobody' }
    assert.throws(() => panel.setTraffic('nobody', { up: 1 }), unknown)
    assert.throws(() => panel.setIps('nobody', ['192.0.2.1']), unknown)
  })
}

test('where nobody is online, the oldest panels say null', async (t) => {
  const answered = async (version, emails) => {
    const panel = await started(t, { version })
    panel.setOnline(emails)
    const owner = version < '3.1' ? 'inbounds' : 'clients'
    return (await plainAnswer(panel, `/panel/api/${owner}/onlines`)).obj
  }
  assert.equal(await answered('2.6.7', []), null)
  assert.deepEqual(await answered('2.8.11', []), [])
  assert.equal(await answered('3.1.0', null), null)
  assert.deepEqual(await answered('HEAD', null), [])
})

for (const version of ['2.8.11', '3.0.2', '3.1.0', '3.6.0', 'HEAD']) {
  const isDated = version !== '2.8.11'
  test(`a reset of counters leaves ${isDated ? 'its' : 'no'} time on the inbounds: ${version}`, async (t) => {
    const now = Date.UTC(2026, 0, 1)
    const inbounds = [443, 444, 445].map((port) => ({ port, protocol: 'vless' }))
    const panel = await started(t, { version, now: () => now, inbounds })
    const client = clientOf(panel)
    const times = () => panel.inbounds.map(({ lastTrafficResetTime }) => lastTrafficResetTime)
    await client.addClientWithCredentials(2, 'vless', { email: 'a' })
    await client.resetClientTraffic(2, 'a')
    assert.deepEqual(times(), [0, isDated ? now : 0, 0])
    await client.resetAllTraffics()
    assert.deepEqual(times(), isDated ? [now, now, now] : [0, 0, 0])
  })
}

test('clients created in bulk say nothing of a cycle, others that they have none', async (t) => {
  const panel = await started(t, { inbounds: [{ port: 443, protocol: 'vless' }] })
  const client = clientOf(panel)
  await client.addModernClient({ client: { email: 'alone' }, inboundIds: [1] })
  await client.bulkCreateModernClients([{ client: { email: 'one-of-many', totalGB: 1 }, inboundIds: [1] }])
  await client.bulkAdjustModernClients({ emails: ['one-of-many'], addBytes: 2 })
  const cycles = panel.inbounds[0].settings.clients.map(({ email, trafficReset, totalGB }) => [email, trafficReset, totalGB])
  assert.deepEqual(cycles, [['alone', 'never', 0], ['one-of-many', undefined, 2 ** 30 + 2]])
})

for (const version of ['3.6.0', 'HEAD']) {
  test(`pages name the groups that clients are in: ${version}`, async (t) => {
    const panel = await started(t, { version, inbounds: [{ port: 443, protocol: 'vless' }] })
    const client = clientOf(panel)
    for (const [email, group] of [['a', 'b-team'], ['b', 'A-team'], ['c', 'b-team'], ['d', '']]) {
      await client.addModernClient({ client: { email, group }, inboundIds: [1] })
    }
    assert.deepEqual((await client.getPagedClients({ page: 1 })).obj.groups, ['A-team', 'b-team'])
  })
}

for (const version of ['3.1.0', '3.6.0', 'HEAD']) {
  test(`an inbound that brings older times makes its clients older, and not unchanged: ${version}`, async (t) => {
    const panel = await started(t, { version, inbounds: [{ port: 443, protocol: 'vless' }] })
    const client = clientOf(panel)
    await client.addModernClient({ client: { email: 'a' }, inboundIds: [1] })
    const before = (await client.getClient('a')).obj.client
    const { obj } = await client.getInbound(1)
    Object.assign(obj.settings.clients[0], { created_at: 1000, updated_at: 2000 })
    await client.updateInbound(1, obj)
    const { createdAt, updatedAt } = (await client.getClient('a')).obj.client
    assert.equal(createdAt, 1000)
    assert.ok(updatedAt >= before.updatedAt)
  })
}

for (const [version, ids] of [['3.1.0', [2, 1]], ['3.6.0', [2, 1]], ['HEAD', [1, 2]]]) {
  test(`once another client joined the first, the inbounds of one are listed as ${ids}: ${version}`, async (t) => {
    const panel = await started(t, { version, inbounds: [443, 444].map((port) => ({ port, protocol: 'vless' })) })
    const client = clientOf(panel)
    await client.addModernClient({ client: { email: 'a' }, inboundIds: [1, 2] })
    await client.addModernClient({ client: { email: 'b' }, inboundIds: [1] })
    assert.deepEqual((await client.getClients()).obj[0].inboundIds, ids)
    assert.deepEqual((await client.getClient('a')).obj.inboundIds, [1, 2])
  })
}

test('one inbound without settings keeps 3.1 from adding any client or inbound', async (t) => {
  const inbounds = [{ port: 443, protocol: 'vless' }, { port: 444, protocol: 'vless', settings: '' }]
  const panel = await started(t, { version: '3.1.0', inbounds })
  const client = clientOf(panel)
  const refused = { success: false, msg: 'Something went wrong (malformed JSON)', obj: null }
  assert.deepEqual(await client.addModernClient({ client: { email: 'a' }, inboundIds: [1] }), refused)
  assert.equal((await client.addInbound({ port: 445, protocol: 'vless', settings: { clients: [] } })).msg, refused.msg)
})

test('the oldest panel stamps all clients of an inbound that is changed', async (t) => {
  const now = Date.UTC(2026, 0, 1)
  const clients = [{ id: 'f4bb5ba3-16ac-4174-8b6e-64b0d2f4a2a1', email: 'a' }]
  for (const [version, stamp] of [['2.6.7', now], ['2.8.11', 1000]]) {
    const inbounds = [{ port: 443, protocol: 'vless', settings: { clients } }]
    const panel = await started(t, { version, now: () => now, inbounds })
    const client = clientOf(panel)
    const { obj } = await client.getInbound(1)
    const settings = JSON.stringify({ clients: [{ ...clients[0], updated_at: 1000 }] })
    await client.updateInbound(1, { ...obj, settings })
    assert.equal(panel.inbounds[0].settings.clients[0].updated_at, stamp)
  }
})

test('from 3.0 on its answers forbid frames and referrers', async (t) => {
  const headersOf = async (version) => {
    const { headers } = await fetch((await started(t, { version })).url)
    return ['x-frame-options', 'referrer-policy'].map((name) => headers.get(name))
  }
  assert.deepEqual(await headersOf('2.8.11'), [null, null])
  assert.deepEqual(await headersOf('HEAD'), ['DENY', 'no-referrer'])
})

for (const version of VERSIONS) {
  test(`its settings and its user can be changed: ${version}`, async (t) => {
    const panel = await started(t, { version })
    const client = clientOf(panel)
    assert.equal((await client.updateSetting({ pageSize: 7 })).success, true)
    assert.equal((await client.getAllSettings()).obj.pageSize, 7)
    assert.equal((await client.updateSetting({ webPort: 0 })).success, false)
    assert.equal((await client.getAllSettings()).obj.webPort, Number(new URL(panel.url).port))
    assert.equal((await client.updateUser('admin', 'wrong', 'ann', 'secret')).success, false)
    assert.equal((await client.updateUser('admin', 'admin', 'ann', 'secret')).success, true)
    assert.equal((await clientOf(panel, 'ann', 'secret').getAllSettings()).obj.pageSize, 7)
    await assert.rejects(clientOf(panel).login())
  })
}

test('newer panels keep secrets that come back blank, and show none', async (t) => {
  for (const [version, shown] of [['2.8.11', ''], ['3.1.0', 'secret'], ['HEAD', '']]) {
    const client = clientOf(await started(t, { version }))
    await client.updateSetting({ tgBotToken: 'secret' })
    await client.updateSetting({ tgBotToken: '' })
    const { tgBotToken, hasTgBotToken } = (await client.getAllSettings()).obj
    assert.deepEqual([tgBotToken, hasTgBotToken], [shown, version === 'HEAD' ? true : undefined])
  }
})

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
