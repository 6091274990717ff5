/*
 * What goes wrong with clients that are made together: each caller is told the truth, and nobody is stored twice.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const VERSIONS = ['2.6.7', '2.8.11', '3.0.2', '3.1.0', '3.6.0', 'HEAD']
/** What each generation takes several clients by. */
const TOGETHER = /\/(addClient|bulkCreate|inbounds\/update\/1)$/
const ALONE = /\/(addClient|clients\/add)$/

async function started(t, version, options) {
  const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }], ...options })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  await client.addClientWithCredentials(1, 'vless', { email: 'resident' })
  return { panel, client }
}

const add = (client, email, options) => client.addClientWithCredentials(1, 'vless', { email, ...options })
const emailsOf = (panel) => panel.inbounds[0].settings.clients.map(({ email }) => email).toSorted()
const names = (count) => Array.from({ length: count }, (_, n) => `c${String(n).padStart(2, '0')}`)

/** Adds the first, and then the others, which have to wait for it: by then the trouble is arranged. */
async function addedTogether(panel, client, arrange, { others = names(20), options } = {}) {
  panel.delay(20)
  const first = add(client, 'first')
  const calls = Promise.allSettled(others.map((email, n) => add(client, email, options?.(n))))
  await first
  arrange()
  panel.delay(0)
  return calls
}

/** Each caller's client is stored with the credential that they were told, once, and nobody else is. */
function assertTrue(panel, results, emails) {
  for (const { value, reason } of results) assert.equal(value?.success, true, reason?.message ?? value?.msg)
  assert.deepEqual(emailsOf(panel), ['first', ...emails, 'resident'].toSorted())
  const ids = new Map(panel.inbounds[0].settings.clients.map(({ email, id }) => [email, id]))
  for (const { value } of results) assert.equal(ids.get(value.credentials.email), value.credentials.id)
}

for (const version of VERSIONS) {
  for (const [what, applied] of [['was stored', true], ['was not stored', false]]) {
    test(`an answer that is lost is settled by reading: all of it ${what} (${version})`, async (t) => {
      const { panel, client } = await started(t, version)
      const results = await addedTogether(panel, client, () => panel.failNext({ path: TOGETHER, destroy: true, applied }))
      assertTrue(panel, results, names(20))
    })
  }

  test(`an answer that is lost three times, and stored the first time, is told as it is (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    const results = await addedTogether(panel, client, () => {
      panel.failNext({ path: TOGETHER, destroy: true })
      panel.failNext({ path: TOGETHER, destroy: true })
      panel.failNext({ path: TOGETHER, destroy: true, applied: true })
    })
    assertTrue(panel, results, names(20))
  })

  // 3.1.0 is asked for the inbound first: a panel that is away by then has been sent nothing, and the error says so.
  if (version !== '3.1.0') test(`a panel that starts again in the middle has all of them in the end (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    let restarted
    const results = await addedTogether(panel, client, () => {
      // Its answer is still under way when the panel goes.
      panel.failNext({ path: TOGETHER, destroy: true, applied: true })
      restarted = panel.restart()
    })
    await restarted
    assertTrue(panel, results, names(20))
  })

  test(`a request that the panel finds too long is sent in parts (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    const results = await addedTogether(panel, client, () => panel.failNext({ path: TOGETHER, status: 413, times: 2 }))
    assertTrue(panel, results, names(20))
  })

  test(`a panel that fails over several takes them one by one (${version})`, async (t) => {
    const { panel, client } = await started(t, version, { faults: { largestBatch: 1 } })
    const results = await addedTogether(panel, client, () => {})
    assertTrue(panel, results, names(20))
  })

  test(`a client that is not unlike another, in the middle of the others, fails alone (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    const others = names(20).toSpliced(10, 0, 'resident')
    const results = await addedTogether(panel, client, () => {}, { others })
    const [refused] = results.splice(10, 1)
    assert.deepEqual([refused.value.success, /already in use|Duplicate email/i.test(refused.value.msg)], [false, true], refused.value.msg)
    assertTrue(panel, results, names(20))
  })

  test(`clients that are long leave in requests that the panel takes (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    const before = panel.requests.length
    const options = () => ({ comment: 'x'.repeat(600_000) })
    const results = await addedTogether(panel, client, () => {}, { options })
    assertTrue(panel, results, names(20))
    const longest = Math.max(...panel.requests.slice(before).filter(({ path }) => ALONE.test(path) || TOGETHER.test(path)).map(({ body }) => body.length))
    if (version !== '3.1.0') assert.ok(longest < 10 * 1024 * 1024, `${longest} bytes in one request`)
  })

  test(`the answer to a client made alone is settled, too (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    panel.failNext({ path: ALONE, destroy: true, applied: true })
    const { success, credentials } = await add(client, 'alone')
    assert.equal(success, true)
    assert.equal(panel.inbounds[0].settings.clients.find(({ email }) => email === 'alone').id, credentials.id)
    panel.failNext({ path: ALONE, destroy: true })
    await assert.rejects(add(client, 'never'), { name: 'NetworkError' })
    assert.deepEqual(emailsOf(panel), ['alone', 'resident'])
  })

  test(`who gives up while waiting keeps nobody back, and is not stored (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    const gone = new AbortController()
    const path = '/panel/api/inbounds/addClient'
    const body = { id: 1, settings: JSON.stringify({ clients: [{ id: ThreeXUI.CredentialGenerator.generateSecureUUID(), email: 'gone' }] }) }
    let given
    const results = await addedTogether(panel, client, () => gone.abort(), {
      options(n) {
        if (n === 5) given = client._request('post', path, body, {}, { signal: gone.signal }).catch((error) => error)
      },
    })
    assert.equal((await given).name, 'CanceledError')
    assertTrue(panel, results, names(20))
  })
}

for (const version of ['3.6.0', 'HEAD']) {
  test(`deletions that wait leave together, and one of nobody fails alone (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    await Promise.all(names(20).map((email) => add(client, email)))
    const before = panel.requests.length
    const results = await Promise.all([...names(19), 'nobody'].map((email) => client.deleteModernClient(email)))
    assert.deepEqual(results.map(({ success }) => success), [...names(19).map(() => true), false])
    assert.match(results.at(-1).msg, /not found/i)
    assert.deepEqual(emailsOf(panel), ['c19', 'resident'])
    assert.ok(panel.requests.length - before <= 4, 'the first, the others, and the one that failed')
    assert.equal((await client.getClientTrafficsByEmail('c00')).obj, null)
  })

  test(`an answer about deletions that is lost is settled by reading (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    await Promise.all(names(20).map((email) => add(client, email)))
    for (const applied of [true, false]) {
      const emails = applied ? names(10) : names(20).slice(10)
      panel.delay(20)
      const calls = emails.map((email) => client.deleteModernClient(email))
      await calls[0]
      panel.failNext({ path: '/bulkDel', destroy: true, applied })
      panel.delay(0)
      for (const { success, msg } of await Promise.all(calls)) assert.ok(success, msg)
    }
    assert.deepEqual(emailsOf(panel), ['resident'])
  })
}

for (const version of ['3.6.0', 'HEAD']) {
  test(`clients that are switched off at the same time leave together, and one of nobody fails alone (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    await Promise.all(names(20).map((email) => add(client, email, { limitIp: 3 })))
    const before = panel.requests.length
    const results = await Promise.all([...names(19), 'nobody'].map((email) => client.updateModernClient(email, { enable: false })))
    assert.deepEqual(results.map(({ success }) => success), [...names(19).map(() => true), false])
    assert.equal(new Set(results.slice(0, 19).map(({ msg }) => msg)).size, 1, 'who was taken along is told the same')
    const sent = panel.requests.slice(before).map(({ path }) => path)
    assert.ok(sent.length <= 5, `the first, the others, and the one that failed: ${sent}`)
    const stored = panel.inbounds[0].settings.clients.filter(({ email }) => email.startsWith('c'))
    assert.deepEqual(stored.filter(({ enable }) => enable).map(({ email }) => email), ['c19'])
    assert.ok(stored.every(({ limitIp }) => limitIp === 3), 'nothing else has changed')
  })

  test(`switching on and off is never mixed up, and the last one counts (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    await Promise.all(names(4).map((email) => add(client, email)))
    const calls = Array.from({ length: 40 }, (_, n) => client.updateModernClient(`c0${n % 4}`, { enable: n % 3 === 0 }))
    for (const { success, msg } of await Promise.all(calls)) assert.ok(success, msg)
    const stored = Object.fromEntries(panel.inbounds[0].settings.clients.map(({ email, enable }) => [email, enable]))
    // The last call of each is number 36, 37, 38 and 39.
    assert.deepEqual(stored, { c00: true, c01: false, c02: false, c03: true, resident: true })
  })

  test(`an answer about switching that is lost is settled by reading (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    await Promise.all(names(10).map((email) => add(client, email)))
    for (const [enable, applied] of [[false, true], [true, false]]) {
      panel.delay(20)
      const calls = names(10).map((email) => client.updateModernClient(email, { enable }))
      await calls[0]
      panel.failNext({ path: /bulk(En|Dis)able/, destroy: true, applied })
      panel.delay(0)
      for (const { success, msg } of await Promise.all(calls)) assert.ok(success, msg)
      assert.ok(panel.inbounds[0].settings.clients.every((one) => one.email === 'resident' || one.enable === enable))
    }
  })
}

for (const version of VERSIONS) {
  test(`many are switched off by a handful of requests where the panel takes several, and one by one elsewhere (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    await Promise.all(names(30).map((email) => add(client, email, { limitIp: 3 })))
    const before = panel.requests.length
    const changes = [...names(30), 'nobody'].map((email) => ({ email, enable: false }))
    const statuses = []
    for await (const { status } of client.bulk.updateClients(changes)) statuses.push(status)
    assert.deepEqual(statuses, [...names(30).map(() => 'updated'), 'failed'])
    if (['3.6.0', 'HEAD'].includes(version)) assert.ok(panel.requests.length - before <= 6, `${panel.requests.length - before} requests`)
    const stored = panel.inbounds[0].settings.clients.filter(({ email }) => email.startsWith('c'))
    assert.ok(stored.every(({ enable, limitIp }) => enable === false && limitIp === 3))
  })
}
