/*
 * Clients that are made at the same time: they leave together, and each caller gets the answer of their own call.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

/** Versions that take several clients in one request; 3.1 takes them by a write of the whole inbound. */
const GATHERING = ['2.6.7', '2.8.11', '3.0.2', '3.6.0', 'HEAD']
const ALL = [...GATHERING, '3.1.0']
/** What each generation takes them by. */
const TOGETHER = /\/(addClient|bulkCreate)$/

async function started(t, version, inbounds = 1) {
  const panel = await startPanel({
    version,
    inbounds: Array.from({ length: inbounds }, (_, at) => ({ port: 1001 + at, protocol: 'vless' })),
  })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  await client.getInbounds()
  const before = panel.requests.length
  return { panel, client, sent: () => panel.requests.slice(before) }
}

const emailsOf = (panel, at = 0) => panel.inbounds[at].settings.clients.map(({ email }) => email)
const add = (client, email, inbound = 1) => client.addClientWithCredentials(inbound, 'vless', { email })
const all = (count, make) => Promise.allSettled(Array.from({ length: count }, (_, n) => make(n)))
const succeeded = (results) => results.filter(({ value }) => value?.success).length

for (const version of GATHERING) {
  test(`200 at once are all stored, by a handful of requests (${version})`, async (t) => {
    const { panel, client, sent } = await started(t, version)
    const results = await all(200, (n) => add(client, `c${n}`))
    assert.equal(succeeded(results), 200)
    assert.equal(new Set(emailsOf(panel)).size, 200)
    assert.ok(sent().length <= 5, sent().map(({ path }) => path).join())
    const credentials = new Map(results.map(({ value }) => [value.credentials.email, value.credentials.id]))
    for (const { email, id } of panel.inbounds[0].settings.clients) assert.equal(id, credentials.get(email), email)
  })

  test(`the answer of a client made in company is that of one made alone (${version})`, async (t) => {
    const { client } = await started(t, version)
    const alone = await client.addClient({ id: 1, settings: { clients: [{ id: ThreeXUI.CredentialGenerator.generateSecureUUID(), email: 'alone' }] } })
    const company = await all(10, (n) =>
      client.addClient({ id: 1, settings: { clients: [{ id: ThreeXUI.CredentialGenerator.generateSecureUUID(), email: `c${n}` }] } }),
    )
    for (const { value } of company) assert.deepEqual(value, alone)
  })

  test(`clients of several objects and accounts meet in one line (${version})`, async (t) => {
    const { panel, sent } = await started(t, version)
    const clients = Array.from({ length: 5 }, () => new ThreeXUI(panel.url, 'admin', 'admin'))
    await Promise.all(clients.map((client) => client.login()))
    const before = sent().length
    assert.equal(succeeded(await all(100, (n) => add(clients[n % 5], `c${n}`))), 100)
    assert.equal(new Set(emailsOf(panel)).size, 100)
    assert.ok(sent().length - before <= 12, 'each object looks at the inbound once, and two ask for the version')
  })

  test(`a panel that fails over several takes them one by one (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    const first = add(client, 'first')
    const rest = all(20, (n) => add(client, `c${n}`))
    await first
    panel.failNext({ path: TOGETHER, status: 500, times: 1 })
    assert.equal(succeeded(await rest), 20)
    assert.equal(new Set(emailsOf(panel)).size, 21)
    assert.equal(emailsOf(panel).length, 21)
  })
}

for (const version of ALL) {
  test(`one that the panel refuses fails alone, with its own words (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    await add(client, 'taken')
    const alone = await add(client, 'taken').catch((error) => error)
    const results = await all(30, (n) => add(client, n === 15 ? 'taken' : `c${n}`))
    assert.equal(succeeded(results), 29)
    const { value: refused } = results[15]
    assert.deepEqual([refused.success, refused.msg], [false, alone.msg])
    assert.deepEqual(emailsOf(panel).toSorted(), ['taken', ...Array.from({ length: 30 }, (_, n) => `c${n}`)].filter((email) => email !== 'c15').toSorted())
  })

  test(`one identifier twice at once is made once (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    const results = await all(10, (n) => add(client, n % 2 ? 'twin' : `c${n}`))
    assert.equal(succeeded(results), 6)
    assert.equal(emailsOf(panel).filter((email) => email === 'twin').length, 1)
  })

  test(`writes of one inbound reach the panel in the order of the calls (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    await add(client, 'first')
    const calls = [
      add(client, 'a'),
      add(client, 'b'),
      client.resetClientTraffic(1, 'a'),
      client.addClientWithCredentials(1, 'vless', { email: 'c' }),
      client.resetAllClientTraffics(1),
      add(client, 'd'),
    ]
    const results = await Promise.all(calls)
    assert.ok(results.every(({ success }) => success), JSON.stringify(results))
    assert.deepEqual(emailsOf(panel).toSorted(), ['a', 'b', 'c', 'd', 'first'])
  })

  test(`reads do not wait for writes (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    panel.delay(30)
    const done = []
    const writes = all(20, (n) => add(client, `c${n}`)).then(() => done.push('writes'))
    await client.getInbounds().then(() => done.push('read'))
    await writes
    panel.delay(0)
    assert.deepEqual(done, ['read', 'writes'])
  })

  test(`two inbounds keep their clients apart (${version})`, async (t) => {
    const { panel, client } = await started(t, version, 2)
    assert.equal(succeeded(await all(60, (n) => add(client, `c${n}`, 1 + (n % 2)))), 60)
    assert.equal(emailsOf(panel, 0).length, 30)
    assert.equal(emailsOf(panel, 1).length, 30)
    assert.ok(emailsOf(panel, 1).every((email) => Number(email.slice(1)) % 2 === 1))
  })
}

test('credentials that the panel refuses are told to each of many, and sent once', async (t) => {
  const { panel, sent } = await started(t, '2.8.11')
  const results = await all(10, (n) => add(new ThreeXUI(panel.url, 'admin', 'wrong'), `a${n}`))
  const client = new ThreeXUI(panel.url, 'admin', 'wrong too')
  const before = sent().length
  results.push(...(await all(10, (n) => add(client, `c${n}`))))
  assert.deepEqual(new Set(results.map(({ reason }) => reason?.name)), new Set(['AuthenticationError']))
  assert.match(results.at(-1).reason.message, /^Login failed: /)
  assert.equal(sent().slice(before).filter(({ path }) => path.endsWith('/login')).length, 1)
})

test('that the panel is away is told to each of many', async (t) => {
  const { panel } = await started(t, '2.8.11')
  await panel.close()
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const results = await all(10, (n) => add(client, `c${n}`))
  assert.deepEqual(new Set(results.map(({ reason }) => reason?.code)), new Set(['ECONNREFUSED']))
})

test('a line that is full refuses what comes next, and nothing of it is sent', async (t) => {
  const { panel } = await started(t, '2.8.11')
  const client = new ThreeXUI(panel.url, 'admin', 'admin', { maxQueue: 3 })
  const results = await all(10, (n) => add(client, `c${n}`))
  const refused = results.filter(({ reason }) => reason?.code === 'ERR_QUEUE_FULL')
  assert.equal(refused.length, 6)
  assert.match(refused[0].reason.message, /^Too many writes are waiting for the panel \(3\)/)
  assert.equal(emailsOf(panel).length, 4)
})

test('clients whose requests a program looks at go one by one, each seen by it', async (t) => {
  const { panel, client, sent } = await started(t, 'HEAD')
  const seen = []
  client.api.interceptors.request.use((config) => {
    seen.push(config.url)
    return config
  })
  assert.equal(succeeded(await all(5, (n) => add(client, `c${n}`))), 5)
  assert.equal(seen.filter((url) => url.endsWith('/clients/add')).length, 5)
  assert.equal(sent().filter(({ path }) => TOGETHER.test(path)).length, 0)
  assert.equal(emailsOf(panel).length, 5)
})
