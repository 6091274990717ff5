/*
 * Reading, changing and writing back: what two do at the same time both happens.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const VERSIONS = ['2.6.7', '2.8.11', '3.0.2', '3.1.0', '3.6.0', 'HEAD']
const GB = 1024 ** 3

for (const version of VERSIONS) {
  const started = async (t) => {
    const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
    t.after(() => panel.close())
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    const { credentials } = await client.addClientWithCredentials(1, 'vless', { email: 'alice', limitIp: 1 })
    return { panel, client, uuid: credentials.id, stored: () => panel.inbounds[0].settings.clients[0] }
  }

  test(`two updates of different members of one client both stay (${version})`, async (t) => {
    const { client, uuid, stored } = await started(t)
    const results = await Promise.all([
      client.updateClientWithCredentials(uuid, 1, { limitIp: 5 }),
      client.updateClientWithCredentials(uuid, 1, { totalGB: 3 }),
      client.modifyClient('alice', () => ({ comment: 'both' })),
    ])
    assert.ok(results.every(({ success }) => success), JSON.stringify(results))
    const { limitIp, totalGB, comment, id } = stored()
    assert.deepEqual({ limitIp, totalGB, comment, id }, { limitIp: 5, totalGB: 3 * GB, comment: 'both', id: uuid })
  })

  test(`twenty who count up count to twenty (${version})`, async (t) => {
    const { panel, client, uuid, stored } = await started(t)
    const other = new ThreeXUI(panel.url, 'admin', 'admin')
    const up = (by, who) => by.modifyClient(who, (current) => ({ ...current, limitIp: current.limitIp + 1 }))
    await Promise.all(Array.from({ length: 20 }, (_, n) => up(n % 2 ? client : other, n % 3 ? 'alice' : uuid)))
    assert.equal(stored().limitIp, 21)
    assert.equal(stored().id, uuid)
  })

  test(`a change may be made in place, and an error of the function changes nothing (${version})`, async (t) => {
    const { client, stored } = await started(t)
    const { client: sent } = await client.modifyClient('alice', (current) => {
      current.totalGB = 2.5 * GB
    })
    assert.deepEqual([sent.totalGB, stored().totalGB], [2.5 * GB, 2.5 * GB])
    const own = new Error('not today')
    await assert.rejects(client.modifyClient('alice', () => Promise.reject(own)), (error) => error === own)
    await assert.rejects(client.modifyClient('alice', () => ({ limitIp: -1 })), { field: 'limitIp' })
    assert.equal(stored().limitIp, 1)
  })

  test(`a client that is not there is named (${version})`, async (t) => {
    const { client } = await started(t)
    await assert.rejects(client.modifyClient('nobody', (current) => current), {
      name: 'NotFoundError',
      message: /^Client not found: the panel at http.* has no client nobody$/,
    })
  })

  test(`an upsert makes a client once and changes it from then on (${version})`, async (t) => {
    const { panel, client } = await started(t)
    const results = await Promise.all([1, 2, 3].map((limitIp) => client.upsertClient(1, { email: 'bob', limitIp })))
    assert.deepEqual(results.map(({ created, success }) => [created, success]), [[true, true], [false, true], [false, true]])
    const clients = panel.inbounds[0].settings.clients.filter(({ email }) => email === 'bob')
    assert.deepEqual(clients.map(({ limitIp }) => limitIp), [3])
  })

  test(`an inbound is made once, and not where another protocol is (${version})`, async (t) => {
    const { panel, client } = await started(t)
    const wanted = { port: 1002, protocol: 'trojan', settings: { clients: [] } }
    const results = await Promise.all([1, 2, 3].map(() => client.ensureInbound(wanted)))
    assert.deepEqual(results.map(({ created }) => created), [true, false, false])
    assert.equal(new Set(results.map(({ obj }) => obj.id)).size, 1)
    assert.equal(panel.inbounds.length, 2)
    await assert.rejects(client.ensureInbound({ ...wanted, port: 1001 }), {
      name: 'ValidationError',
      message: 'Invalid port: 1001 is taken by an inbound of vless',
    })
  })

  test(`many clients from a generator, again after an interruption, and away with them (${version})`, async (t) => {
    const { panel, client } = await started(t)
    const wanted = function* () {
      for (let n = 0; n < 60; n++) yield { email: `many-${n}`, limitIp: 2 }
    }
    const told = []
    const statuses = async (results) => {
      const seen = {}
      for await (const { status } of results) seen[status] = (seen[status] ?? 0) + 1
      return seen
    }
    const abort = new AbortController()
    const first = { created: 0 }
    for await (const { status, credentials } of client.bulk.createClients(1, wanted(), { chunk: 10, signal: abort.signal })) {
      assert.match(credentials.id, /^[\da-f-]{36}$/)
      first[status] += 1
      if (first.created === 5) abort.abort()
    }
    assert.ok(first.created < 60 && first.created % 10 === 0, `${first.created} of 60`)
    assert.equal(panel.inbounds[0].settings.clients.length, 1 + first.created, 'what was started was finished')
    const options = { chunk: 10, onProgress: (progress) => told.push(progress) }
    assert.deepEqual(await statuses(client.bulk.createClients(1, wanted(), options)), {
      exists: first.created,
      created: 60 - first.created,
    })
    assert.deepEqual(told.map(({ done }) => done), [10, 20, 30, 40, 50, 60])
    const changes = [{ email: 'many-0', limitIp: 7 }, { email: 'nobody', limitIp: 7 }]
    assert.deepEqual(await statuses(client.bulk.updateClients(changes)), { updated: 1, failed: 1 })
    const emails = [...wanted()].map(({ email }) => email)
    assert.deepEqual(await statuses(client.bulk.deleteClients([...emails, 'nobody'], { chunk: 20 })), { deleted: 60, missing: 1 })
    assert.deepEqual(panel.inbounds[0].settings.clients.map(({ email }) => email), ['alice'])
    assert.deepEqual(client.stats(), { queue: { waiting: 0, running: 0 } })
  })
}
