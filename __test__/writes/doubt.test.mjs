/*
 * Answers that do not tell what the panel did: a panel of 2.x that stops in the midst of a write, and one of 3.1 and later that
 * others keep busy. Each caller is told what is true in the end, and nothing is left half done.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const OLD = ['2.6.7', '2.8.11', '2.9.4']
const TABLE = ['3.1.0', '3.6.0', 'HEAD']

async function started(t, version, inbounds = 1, options) {
  const panel = await startPanel({
    version,
    inbounds: Array.from({ length: inbounds }, (_, at) => ({ port: 1001 + at, protocol: 'vless' })),
    ...options,
  })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  await client.getPanelInfo()
  return { panel, client }
}

const add = (client, email, inbound = 1) => client.addClientWithCredentials(inbound, 'vless', { email })
const emailsOf = (panel) => panel.inbounds.flatMap(({ settings }) => settings.clients.map(({ email }) => email)).toSorted()

/** Each client has its counters, and there are no others. */
async function assertWhole(client, panel) {
  const { obj } = await client.getInbounds()
  assert.deepEqual(obj.flatMap(({ clientStats }) => clientStats ?? []).map(({ email }) => email).toSorted(), emailsOf(panel))
}

for (const version of OLD) {
  const stopsIn = (panel, path, times = 1) => panel.failNext({ path, applied: 'half', times })

  test(`a client in whose making the panel stopped is made after all (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    stopsIn(panel, /\/addClient$/, 2)
    const { success, credentials } = await add(client, 'alice')
    assert.equal(success, true)
    assert.deepEqual(panel.inbounds[0].settings.clients.map(({ id }) => id), [credentials.id])
    await assertWhole(client, panel)
  })

  test(`clients in whose making together the panel stopped are made after all (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    const first = add(client, 'first')
    const others = Promise.all(Array.from({ length: 6 }, (_, n) => add(client, `c${n}`)))
    await first
    stopsIn(panel, /\/addClient$/, 3)
    for (const { success } of await others) assert.equal(success, true)
    assert.equal(emailsOf(panel).length, 7)
    await assertWhole(client, panel)
  })

  test(`an update in which the panel stopped is made once more (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    const { credentials } = await add(client, 'alice')
    stopsIn(panel, /\/updateClient\//)
    assert.equal((await client.updateClientWithCredentials(credentials.id, 1, { limitIp: 4 })).success, true)
    assert.equal(panel.inbounds[0].settings.clients[0].limitIp, 4)
    await assertWhole(client, panel)
  })

  const DELETIONS = {
    deleteClient: (client, { id }) => client.deleteClient(1, id),
    deleteModernClient: (client, { email }) => client.deleteModernClient(email),
    ...(version === '2.6.7' ? {} : { deleteClientByEmail: (client, { email }) => client.deleteClientByEmail(1, email) }),
  }
  for (const [name, remove] of Object.entries(DELETIONS)) {
    test(`a deletion in which the panel stopped is finished: ${name} (${version})`, async (t) => {
      const { panel, client } = await started(t, version)
      await add(client, 'resident')
      const { credentials } = await add(client, 'alice')
      stopsIn(panel, /\/delClient/)
      const answer = await remove(client, credentials)
      assert.equal(answer.success, true, answer.msg)
      assert.deepEqual(emailsOf(panel), ['resident'])
      await assertWhole(client, panel)
    })
  }

  test(`a panel that goes on failing is an error in the end (${version})`, async (t) => {
    const { panel, client } = await started(t, version)
    panel.failNext({ path: /\/addClient$/, status: 500, times: 20 })
    await assert.rejects(add(client, 'alice'), { name: 'PanelError', status: 500 })
    const tries = panel.requests.filter(({ path }) => path.endsWith('/addClient')).length
    assert.ok(tries > 1 && tries <= 4, `${tries} tries`)
  })
}

for (const version of TABLE) {
  test(`writes to many inbounds at once are not more than the panel bears (${version})`, async (t) => {
    const { panel, client } = await started(t, version, 30, { faults: { concurrentWrites: { ms: 2 } } })
    const numbers = Array.from({ length: 30 }, (_, n) => n + 1)
    const before = panel.requests.length
    const results = await Promise.all([
      ...numbers.map((n) => client.updateInbound(n, { remark: `r${n}` })),
      ...numbers.map((n) => add(client, `c${n}`, n)),
    ])
    assert.ok(results.every(({ success }) => success))
    const updates = panel.requests.slice(before).filter(({ path, method }) => method === 'POST' && /inbounds\/update\//.test(path))
    assert.equal(updates.length, 30, 'none had to be sent again')
    assert.equal(emailsOf(panel).length, 30)
  })

  test(`a panel that others keep busy has all of it in the end, once (${version})`, async (t) => {
    const { panel, client } = await started(t, version, 3, { faults: { concurrentWrites: { ms: 10 } } })
    const { obj } = await client.getInbound(3)
    const whole = JSON.stringify({ ...obj, ...Object.fromEntries(['settings', 'streamSettings', 'sniffing'].map((name) => [name, JSON.stringify(obj[name])])) })
    // Another program, which does not wait for its writes.
    const headers = { authorization: `Bearer ${panel.token}`, 'content-type': 'application/json' }
    const before = panel.requests.length
    const others = Array.from({ length: 12 }, () => fetch(`${panel.url}/panel/api/inbounds/update/3`, { method: 'POST', headers, body: whole }))
    while (panel.requests.length - before < 12) await new Promise((resolve) => setImmediate(resolve))
    const results = await Promise.all([add(client, 'a'), add(client, 'b'), add(client, 'c', 2)])
    await Promise.all(others.map(async (answer) => (await answer).text()))
    for (const { success, credentials, msg } of results) {
      assert.equal(success, true, msg)
      const stored = panel.inbounds.flatMap(({ settings }) => settings.clients).filter(({ email }) => email === credentials.email)
      assert.deepEqual(stored.map(({ id }) => id), [credentials.id])
    }
  })
}

test('one that is taken already, among many, does not make them go one by one', async (t) => {
  const { panel, client } = await started(t, 'HEAD')
  await add(client, 'Taken')
  const before = panel.requests.length
  const results = await Promise.allSettled(Array.from({ length: 100 }, (_, n) => add(client, n === 50 ? 'taken' : `c${n}`)))
  assert.equal(results.filter(({ value }) => value?.success).length, 99)
  assert.ok(panel.requests.length - before <= 25, `${panel.requests.length - before} requests`)
})
