/*
 * What goes wrong on the panel to test against, by plain HTTP: no client is in between that might make up for it.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { startPanel } from '3xui-native/testing'

import { Caller } from './caller.mjs'

const UUID = '0b1e1c0a-5d2f-4c1e-8a55-3f0d6d6a0001'
const FIRST = { id: UUID, email: 'first', subId: 'first', enable: true }
const INBOUNDS = [{ port: 443, protocol: 'vless', settings: { clients: [FIRST] } }, { port: 444, protocol: 'vless' }]

async function started(t, options) {
  const panel = await startPanel({ inbounds: INBOUNDS, ...options })
  t.after(() => panel.close())
  const caller = new Caller(panel)
  await caller.login()
  return { panel, caller }
}

const emailsOf = ({ inbounds }, at = 0) => inbounds[at].settings.clients.map(({ email }) => email)

/** The e-mails that an inbound counts for, as its list shows them. */
const countedOf = async (caller, at = 0) => (await caller.list())[at].clientStats.map(({ email }) => email)

/** Adds `total` clients, `atOnce` at any time, each worker to one of the inbounds; tells who was answered what. */
async function storm(caller, { total, atOnce, inbounds = 1 }) {
  const answers = { ok: [], failed: [] }
  let next = 0
  const worker = async (number) => {
    while (next < total) {
      const email = `client-${next++}`
      const { status, success } = await caller.addClient((number % inbounds) + 1, { email })
      answers[status === 200 && success ? 'ok' : 'failed'].push(email)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, (_, number) => worker(number)))
  return answers
}

for (const version of ['2.3.15', '2.5.8', '2.6.7', '2.8.11', '2.9.4']) {
  test(`additions that meet mostly fail, and some that say success are undone: ${version}`, async (t) => {
    const { panel, caller } = await started(t, { version, faults: { concurrentWrites: { ms: 2 } } })
    const { ok, failed } = await storm(caller, { total: 100, atOnce: 10 })
    const stored = emailsOf(panel)
    assert.ok(failed.length > ok.length, `${failed.length} of 100 failed`)
    assert.ok(stored.length - 1 < ok.length, `${stored.length - 1} of ${ok.length} are there`)
    assert.deepEqual(failed.filter((email) => stored.includes(email)), [], 'none that failed is there')
    assert.equal((await countedOf(caller)).length, 101, 'all are counted for, also those that are not there')
  })

  test(`additions to two inbounds fail beside each other, and none is undone: ${version}`, async (t) => {
    const { panel, caller } = await started(t, { version, faults: { concurrentWrites: { ms: 2 } } })
    const { ok, failed } = await storm(caller, { total: 60, atOnce: 2, inbounds: 2 })
    assert.ok(failed.length > 0)
    assert.deepEqual([...emailsOf(panel, 0).slice(1), ...emailsOf(panel, 1)].sort(), ok.sort())
  })
}

test('which additions fail is as likely as was said', async (t) => {
  for (const [crashRate, count] of [[0, 0], [1, 19]]) {
    const concurrentWrites = { ms: 40, crashRate, seed: 7 }
    const { caller } = await started(t, { version: '2.8.11', faults: { concurrentWrites } })
    const { failed } = await storm(caller, { total: 20, atOnce: 20 })
    assert.equal(failed.length, count)
  }
})

test('a failed addition is answered with nothing, and goes through when it is repeated', async (t) => {
  const concurrentWrites = { ms: 40, crashRate: 1 }
  const { panel, caller } = await started(t, { version: '2.8.11', faults: { concurrentWrites } })
  const answers = await Promise.all(['a', 'b'].map((email) => caller.addClient(1, { email })))
  assert.deepEqual(answers.map(({ status, text }) => [status, text === '']).sort(), [[200, false], [500, true]])
  const failed = answers[0].status === 500 ? 'a' : 'b'
  assert.equal((await caller.addClient(1, { email: failed })).success, true)
  assert.deepEqual(emailsOf(panel).sort(), ['a', 'b', 'first'])
})

for (const version of ['2.8.11', '3.0.2']) {
  test(`updates and deletions that meet all say success, and only the last stays: ${version}`, async (t) => {
    const clients = Array.from({ length: 6 }, (_, n) => ({ id: UUID.slice(0, -1) + n, email: `c${n}`, enable: true }))
    const inbounds = [{ port: 443, protocol: 'vless', settings: { clients } }]
    const { panel, caller } = await started(t, { version, inbounds, faults: { concurrentWrites: { ms: 40 } } })
    const update = (client) => caller.updateClient(1, client.id, { ...client, comment: 'new' })
    const updates = clients.slice(0, 3).map(update)
    const deletions = clients.slice(3, 5).map(({ id }) => caller.post(`/panel/api/inbounds/1/delClient/${id}`))
    const answers = await Promise.all([...updates, ...deletions])
    assert.deepEqual(answers.map(({ success }) => success), Array(5).fill(true))
    const now = panel.inbounds[0].settings.clients
    const done = now.filter(({ comment }) => comment === 'new').length + (clients.length - now.length)
    assert.equal(done, 1, 'one of the five is to be seen')
    assert.deepEqual(await countedOf(caller), ['c0', 'c1', 'c2', 'c5'], 'the counters of both deleted clients are gone')
  })
}

test('additions that meet all say success on 3.0, and one a round stays', async (t) => {
  const { panel, caller } = await started(t, { version: '3.0.2', faults: { concurrentWrites: { ms: 2 } } })
  const { ok } = await storm(caller, { total: 100, atOnce: 10 })
  assert.equal(ok.length, 100)
  assert.ok(emailsOf(panel).length < 60, `${emailsOf(panel).length - 1} of 100 are there`)
  assert.equal((await countedOf(caller)).length, 101)
})

test('additions to two inbounds do each other no harm on 3.0', async (t) => {
  const { panel, caller } = await started(t, { version: '3.0.2', faults: { concurrentWrites: { ms: 2 } } })
  const { ok } = await storm(caller, { total: 60, atOnce: 2, inbounds: 2 })
  assert.equal(ok.length, 60)
  assert.equal(emailsOf(panel, 0).length - 1 + emailsOf(panel, 1).length, 60)
})

for (const version of ['3.1.0', '3.3.1', '3.6.0', 'HEAD']) {
  test(`additions that meet are all there: ${version}`, async (t) => {
    const { panel, caller } = await started(t, { version, faults: { concurrentWrites: { ms: 1 } } })
    const { ok } = await storm(caller, { total: 60, atOnce: 20 })
    assert.equal(ok.length, 60)
    assert.equal(emailsOf(panel).length, 61)
  })
}

test('without that fault nothing is lost on any version', async (t) => {
  for (const version of ['2.6.7', '3.0.2', 'HEAD']) {
    const { panel, caller } = await started(t, { version })
    assert.equal((await storm(caller, { total: 40, atOnce: 20 })).ok.length, 40)
    assert.equal(emailsOf(panel).length, 41)
  }
})

for (const version of ['2.8.11', '3.1.0', 'HEAD']) {
  test(`an answer can get lost after all was done: ${version}`, async (t) => {
    const { panel, caller } = await started(t, { version })
    panel.failNext({ path: /addClient|clients\/add/, applied: true, destroy: true })
    await assert.rejects(caller.addClient(1, { email: 'a' }))
    assert.deepEqual(emailsOf(panel), ['first', 'a'])
    assert.equal(panel.requests.at(-1).status, undefined)
  })

  test(`an addition can stop halfway: ${version}`, async (t) => {
    const { panel, caller } = await started(t, { version })
    panel.failNext({ path: /addClient|clients\/add/, applied: 'half' })
    const { status, text } = await caller.addClient(1, { email: 'a' })
    assert.deepEqual([status, text], [500, ''])
    assert.deepEqual(emailsOf(panel), ['first'])
    if (version === '2.8.11') assert.deepEqual(await countedOf(caller), ['first', 'a'])
    else assert.deepEqual((await caller.record('a')).inboundIds, [], 'a record without inbounds')
  })
}

for (const version of ['2.8.11', '3.0.2', 'HEAD']) {
  test(`a write can stop halfway beside others, too: ${version}`, async (t) => {
    const faults = { concurrentWrites: { ms: 1, crashRate: 0 } }
    const { panel, caller } = await started(t, { version, faults })
    panel.failNext({ path: /addClient|clients\/add/, applied: 'half' })
    assert.equal((await caller.addClient(1, { email: 'a' })).status, version === '3.0.2' ? 200 : 500)
    assert.equal((await caller.addClient(1, { email: 'b' })).success, true)
    assert.deepEqual(emailsOf(panel), ['first', 'b'])
  })
}

test('the answer of a request that was carried out can be another one', async (t) => {
  const { panel, caller } = await started(t)
  panel.failNext({ path: '/clients/add', applied: true, status: 502, body: 'bad gateway' })
  assert.deepEqual((await caller.addClient(1, { email: 'a' })).text, 'bad gateway')
  assert.deepEqual(emailsOf(panel), ['first', 'a'])
})

test('a deletion that stops halfway leaves the client without counters', async (t) => {
  const { panel, caller } = await started(t, { version: '2.8.11' })
  await caller.addClient(1, { email: 'a' })
  panel.failNext({ path: /delClient/, applied: 'half' })
  assert.equal((await caller.post(`/panel/api/inbounds/1/delClient/${UUID}`)).status, 500)
  assert.deepEqual([emailsOf(panel), await countedOf(caller)], [['first', 'a'], ['a']])
})

test('batches can be too much for a panel that takes single writes', async (t) => {
  const clients = ['a', 'b'].map((email) => ({ email }))
  const old = await started(t, { version: '2.8.11', faults: { largestBatch: 1 } })
  assert.equal((await old.caller.addClients(1, clients)).status, 500)
  assert.equal((await old.caller.addClient(1, { email: 'a' })).success, true)
  assert.deepEqual(emailsOf(old.panel), ['first', 'a'])
  const { panel, caller } = await started(t, { faults: { largestBatch: 1 } })
  const bulk = clients.map((client) => ({ client, inboundIds: [1] }))
  assert.equal((await caller.post('/panel/api/clients/bulkCreate', bulk)).status, 500)
  assert.equal((await caller.post('/panel/api/clients/bulkDel', { emails: ['first', 'a'] })).status, 500)
  assert.equal((await caller.post('/panel/api/clients/bulkCreate', bulk.slice(0, 1))).success, true)
  assert.deepEqual(emailsOf(panel), ['first', 'a'])
})

for (const [version, outcome, emails] of [
  ['2.8.11', false, ['first']],
  ['3.0.2', true, ['first', 'first']],
  ['3.1.0', false, ['first']],
  ['3.3.1', true, ['first', 'first']],
  ['3.6.0', true, ['first']],
  ['HEAD', true, ['first']],
]) {
  const fate = emails.length > 1 ? 'there twice' : outcome ? 'left alone' : 'refused'
  test(`a client that is added again is ${fate}: ${version}`, async (t) => {
    const { panel, caller } = await started(t, { version })
    const answer = await caller.addClient(1, { email: 'first', subId: 'first', id: UUID })
    assert.equal(answer.success, outcome, answer.text)
    assert.deepEqual(emailsOf(panel), emails)
  })
}

for (const [version, isKept] of [['3.1.0', false], ['3.3.1', true], ['3.6.0', true], ['HEAD', true]]) {
  test(`an update without a UUID ${isKept ? 'keeps it' : 'changes it'}: ${version}`, async (t) => {
    const { panel, caller } = await started(t, { version })
    await caller.post('/panel/api/clients/update/first', { email: 'first', enable: true, comment: 'new' })
    const [{ id, comment }] = panel.inbounds[0].settings.clients
    assert.deepEqual([id === UUID, comment], [isKept, 'new'])
  })
}

for (const version of ['2.8.11', '3.0.2', 'HEAD']) {
  test(`a restart keeps state, port, sessions and the token, and cuts what is under way: ${version}`, async (t) => {
    const { panel, caller } = await started(t, { version, faults: { concurrentWrites: { ms: 60_000 } } })
    const { url, token } = panel
    const cut = assert.rejects(caller.addClient(1, { email: 'a' }))
    await received(panel, /add/)
    await panel.restart()
    await cut
    assert.deepEqual([panel.url, panel.token, panel.version], [url, token, version])
    assert.deepEqual((await caller.list()).length, 2, 'the session is still good')
    assert.deepEqual(emailsOf(panel), ['first'])
  })
}

/** Waits until a matching request has arrived. */
async function received({ requests }, path) {
  while (!requests.some((request) => path.test(request.path))) await new Promise(setImmediate)
}

const UPGRADES = [
  ['2.3.15', '2.6.7', true],
  ['2.6.7', '2.8.11', false],
  ['2.8.11', '2.9.4', true],
  ['2.8.11', 'HEAD', false],
  ['3.0.2', '3.1.0', true],
  ['3.0.2', '3.6.0', true],
]

for (const [from, to, keepsSessions] of UPGRADES) {
  test(`an upgrade ${keepsSessions ? 'keeps' : 'ends'} sessions: ${from} to ${to}`, async (t) => {
    const { panel, caller } = await started(t, { version: from })
    await panel.restart({ version: to })
    assert.equal(panel.version, to)
    assert.equal((await caller.get('/panel/api/inbounds/list')).status, keepsSessions ? 200 : to === 'HEAD' ? 401 : 404)
    const write = await caller.post('/panel/api/inbounds/resetAllTraffics')
    assert.equal(write.success === true, keepsSessions, 'the CSRF token, too')
    await caller.login()
    assert.deepEqual((await caller.list()).map(({ port }) => port), [443, 444])
    assert.equal(typeof panel.token, from < '3' && to < '3' ? 'object' : 'string')
  })
}

test('an upgrade to 3.1 and later gives clients records, and on 3.2 and later entries a subId', async (t) => {
  const clients = [
    { id: UUID, email: 'a', subId: 'sa', enable: false, tgId: '' },
    { id: UUID, email: 'b', subId: '', tgId: '12' },
  ]
  const inbounds = [{ port: 443, protocol: 'vless', settings: { clients: [clients[0]] } }]
  for (const [version, isMended] of [['3.1.0', false], ['3.6.0', true]]) {
    const { panel, caller } = await started(t, { version: '2.8.11', inbounds })
    await caller.addClient(1, clients[1])
    panel.setTraffic('b', { up: 5 })
    await panel.restart({ version })
    await caller.login()
    const records = (await caller.get('/panel/api/clients/list')).obj
    const seen = records.map(({ email, subId, enable, traffic }) => [email, subId, enable, traffic.up])
    assert.deepEqual(seen, [['a', 'sa', true, 0], ['b', '', true, 5]])
    assert.deepEqual(records.map(({ inboundIds }) => inboundIds), [[1], [1]])
    const [, entry] = panel.inbounds[0].settings.clients
    assert.match(entry.subId || 'none', isMended ? /^[0-9a-z]{16}$/ : /^none$/)
    assert.equal(entry.tgId, isMended ? 12 : '12')
  }
})

test('settings that nobody changed become those of the newer version', async (t) => {
  const { panel, caller } = await started(t, { version: '2.8.11' })
  const { obj } = await caller.post('/panel/setting/all')
  await caller.post('/panel/setting/update', { ...obj, pageSize: 7 })
  await panel.restart({ version: 'HEAD' })
  await caller.login()
  const after = (await caller.post('/panel/api/setting/all')).obj
  assert.deepEqual([after.pageSize, after.webPort, after.remarkModel, after.smtpPort], [7, obj.webPort, undefined, 587])
})

test('no panel goes back to an older version', async (t) => {
  const { panel, caller } = await started(t, { version: '3.0.2' })
  await assert.rejects(panel.restart({ version: '2.8.11' }), {
    name: 'RangeError',
    message: 'A panel of version 3.0.2 cannot restart as the older 2.8.11.',
  })
  assert.equal((await caller.list()).length, 2, 'and goes on as it was')
})
