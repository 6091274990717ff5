/*
 * What a client tells of its own activity, and what it never tells.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

async function set(t, version, options) {
  const panel = await startPanel({ version, password: 'secret-word', inbounds: [{ port: 1001, protocol: 'trojan' }] })
  t.after(() => panel.close())
  return { panel, client: new ThreeXUI(panel.url, 'admin', 'secret-word', options) }
}

const events = (client) => client.getSecurityStats().recentActivities.map(({ type, details }) => [type, details])

for (const version of ['2.8.11', 'HEAD']) {
  test(`what is done to inbounds and clients is told: ${version}`, async (t) => {
    const { client } = await set(t, version)
    await client.addInbound({ remark: 'two', port: 1002, protocol: 'vless', enable: true, settings: { clients: [] } })
    const { credentials } = await client.addClientWithCredentials(1, 'trojan', { email: 'a' })
    await client.addClient({ id: 1, settings: { clients: [{ password: 'pw-b', email: 'b', enable: true }] } })
    await client.updateClientWithCredentials(credentials.password, 1, { limitIp: 2 })
    await client.resetClientTraffic(1, 'a')
    await client.clearClientIps('a')
    await client.deleteClient(1, credentials.password)
    await client.deleteInbound(2)
    assert.deepEqual(events(client), [
      ['inbound_created', 'two'],
      ['client_created', 'a on inbound 1'],
      ['client_created', 'b on inbound 1'],
      ['client_updated', 'a'],
      ['client_traffic_reset', 'a on inbound 1'],
      ['client_ips_cleared', 'a'],
      ['client_deleted', 'inbound 1'],
      ['inbound_deleted', 'inbound 2'],
    ])
    const told = JSON.stringify(client.getSecurityStats())
    for (const secret of ['secret-word', credentials.password, 'pw-b', client.cookie]) {
      assert.ok(!told.includes(secret), 'a secret is told')
    }
  })

  test(`writes by the original's other methods are told, too, and reads are not: ${version}`, async (t) => {
    const { client } = await set(t, version)
    const trojan = (...clients) => ({ id: 1, settings: { clients } })
    const [a, b] = ['a', 'b'].map((email) => ({ email, password: `pw-${email}`, enable: true }))
    await client.addClient(trojan(a, b))
    await client.updateClient(a.password, trojan({ ...a, limitIp: 1 }))
    await client.updateClientWithCredentials(a.password, 1, { email: 'renamed' })
    await client.addModernClient({ client: { email: 'c', password: 'pw-c' }, inboundIds: [1] })
    await client.resetAllClientTraffics(1)
    await client.deleteDepletedClients(1)
    await client.updateInbound(1, { remark: 'one', port: 1001, protocol: 'trojan', settings: { clients: [] } })
    await client.getInbounds()
    await client.getClientIps('b')
    await client.getOnlineClients()
    await client.login(true)
    await client.logout()
    assert.deepEqual(events(client), [
      ['client_created', 'a b on inbound 1'],
      ['client_updated', 'a on inbound 1'],
      ['client_updated', 'a'],
      ['client_created', 'c on inbound 1'],
      ['client_traffic_reset', 'inbound 1'],
      ['client_deleted', 'inbound 1'],
      ['inbound_updated', 'inbound 1'],
    ])
    const told = JSON.stringify(client.getSecurityStats())
    for (const { password } of [a, b]) assert.ok(!told.includes(password), 'a secret is told')
  })

  test(`what the panel refuses is no event: ${version}`, async (t) => {
    const { client } = await set(t, version)
    await client.addClientWithCredentials(99, 'trojan').catch(() => {})
    await client.addClient({ id: 1, settings: { clients: [{ email: 'no-password', enable: true }] } })
    assert.deepEqual(events(client), [])
  })

  test(`a refused login is told, with the user as a hash: ${version}`, async (t) => {
    const { panel } = await set(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'wrong')
    await client.getInbounds().catch(() => {})
    const [{ type, severity, details }] = client.getSecurityStats().recentActivities
    assert.deepEqual({ type, severity }, { type: 'login_failed', severity: 'high' })
    assert.match(details.username, /^[0-9a-f]{12}$/)
  })
}

test('more requests than were to be watched for are told once, and sent all the same', async (t) => {
  const { panel, client } = await set(t, 'HEAD', { maxRequestsPerMinute: 5 })
  for (let sent = 0; sent < 12; sent++) await client.getInbounds()
  const told = events(client).filter(([type]) => type === 'rate_limit_exceeded')
  assert.ok(told.length >= 1 && told.length <= 2, `${told.length} times`)
  assert.equal(panel.requests.filter(({ path }) => path.endsWith('/list')).length, 12)
})

test('more logins than allowed in an hour are told, and not sent', async (t) => {
  const { panel, client } = await set(t, 'HEAD', { maxLoginAttemptsPerHour: 2, loginRetryBackoff: 0 })
  await client.login(true)
  await client.login(true)
  await assert.rejects(client.login(true), { name: 'LoginRateLimitError', message: /Rate limit exceeded for login attempts/ })
  assert.equal(panel.logins, 2)
  assert.ok(events(client).some(([type]) => type === 'rate_limit_exceeded'))
})

test('the figures have the original shape', () => {
  const stats = new ThreeXUI('http://127.0.0.1:9', 'admin', 'admin').getSecurityStats()
  assert.deepEqual(stats, {
    blockedIPs: 0,
    totalSuspiciousActivities: 0,
    recentActivities: [],
    activeRateLimits: { general: 0, login: 0 },
  })
})

test('the strength of a credential is judged by what it is', () => {
  const client = new ThreeXUI('http://127.0.0.1:9', 'admin', 'admin')
  const judged = (...args) => client.validateCredentialStrength(...args)
  assert.deepEqual(judged(client.generateUUID(), 'uuid'), { isValid: true, issues: [], strength: 'strong' })
  assert.deepEqual(judged('x', 'uuid'), { isValid: false, issues: ['Invalid UUID v4 format'], strength: 'weak' })
  assert.deepEqual(judged(70000, 'port'), { isValid: false, issues: ['Port must be 1-65535'], strength: 'weak' })
  assert.deepEqual(judged('Aa1!Aa1!Aa1!'), { isValid: true, issues: [], strength: 'strong' })
})

test('each event has an id, a time and a severity; the last fifty are shown, all are counted', async (t) => {
  const { client } = await set(t, 'HEAD', { maxRequestsPerMinute: 1000 })
  const before = Date.now()
  await Promise.all(Array.from({ length: 60 }, () => client.clearClientIps('nobody')))
  const { totalSuspiciousActivities, recentActivities } = client.getSecurityStats()
  assert.equal(totalSuspiciousActivities, 60)
  assert.equal(recentActivities.length, 50)
  assert.equal(new Set(recentActivities.map(({ id }) => id)).size, 50)
  for (const { id, timestamp, severity } of recentActivities) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    assert.ok(timestamp >= before && timestamp <= Date.now(), `at ${timestamp}`)
    assert.equal(severity, 'medium')
  }
})

test('what is said of a credential never repeats it', () => {
  const client = new ThreeXUI('http://127.0.0.1:9', 'admin', 'admin')
  const secret = 'hunter2'
  const said = [
    ...['password', 'uuid', 'port', 'anything'].map((kind) => client.validateCredentialStrength(secret, kind)),
    ...['vless', 'vmess', 'trojan', 'shadowsocks', 'wireguard'].map((protocol) =>
      client.validateCredentials({ id: secret, password: secret }, protocol),
    ),
  ]
  assert.ok(!JSON.stringify(said).includes(secret))
  assert.ok(!JSON.stringify(client.getSecurityStats()).includes(secret))
})
