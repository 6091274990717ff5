/*
 * Two programs on every version: one written for panels of 2.x, by the calls of the guide, and one for 3.x, by the calls
 * that are named Modern. What they leave on the panel is the same everywhere.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { VERSIONS, startPanel } from '3xui-native/testing'

const GB = 1024 ** 3
const UUID = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const INBOUND = { port: 1001, protocol: 'vless', settings: { clients: [], decryption: 'none', fallbacks: [] } }

const PROGRAMS = {
  async 'of 2.x'(client) {
    const { obj: inbound } = await client.addInbound({ remark: 'main', enable: true, ...INBOUND })
    const one = (n, more) => ({ id: inbound.id, settings: { clients: [{ id: UUID(n), email: `c${n}`, enable: true, ...more }] } })
    for (const n of [1, 2, 3]) await done(client.addClient(one(n, { limitIp: n, totalGB: n * GB })))
    await done(client.addClient({ id: inbound.id, settings: { clients: [4, 5].map((n) => ({ id: UUID(n), email: `c${n}` })) } }))
    await done(client.updateClient(UUID(2), one(2, { limitIp: 9, totalGB: 0 })))
    await done(client.deleteClient(inbound.id, UUID(3)))
    await done(client.resetClientTraffic(inbound.id, 'c1'))
    await done(client.resetAllClientTraffics(inbound.id))
    await done(client.updateInbound(inbound.id, { remark: 'renamed' }))
    assert.equal((await client.getClientTrafficsByEmail('c1')).obj.total, GB)
    assert.equal((await client.getClientTrafficsById(UUID(1))).obj[0].email, 'c1')
    const listed = (await client.getInbounds()).obj[0]
    assert.deepEqual([listed.remark, listed.clientStats.length], ['renamed', 4])
  },

  async 'of 3.x'(client) {
    const { obj: inbound } = await client.addInbound({ remark: 'renamed', enable: true, ...INBOUND })
    const add = (n, more) =>
      client.addModernClient({ client: { id: UUID(n), email: `c${n}`, enable: true, ...more }, inboundIds: [inbound.id] })
    await done(add(1, { limitIp: 1, totalGB: 1 }))
    await done(add(2, { limitIp: 2, totalGB: 2 }))
    await done(add(3))
    const rest = [4, 5].map((n) => ({ client: { id: UUID(n), email: `c${n}`, enable: true }, inboundIds: [inbound.id] }))
    await done(client.bulkCreateModernClients(rest))
    await done(client.updateModernClient('c2', { limitIp: 9, totalGB: 0 }))
    await done(client.deleteModernClient('c3'))
    await done(client.resetModernClientTrafficByEmail('c1'))
    const { obj } = await client.getClient('c1')
    assert.deepEqual([obj.client.email, obj.client.uuid, obj.inboundIds], ['c1', UUID(1), [inbound.id]])
    assert.deepEqual((await client.getClients()).obj.map(({ email }) => email).toSorted(), ['c1', 'c2', 'c4', 'c5'])
    assert.equal((await client.getPagedClients({ page: 1, pageSize: 2 })).obj.items.length, 2)
    assert.equal((await client.getClientTraffic('c1')).obj.email, 'c1')
  },
}

async function done(call) {
  const answer = await call
  assert.equal(answer.success, true, JSON.stringify(answer))
}

/** What either program leaves, as far as it is theirs to say. */
const LEFT = [
  { email: 'c1', id: UUID(1), limitIp: 1, totalGB: GB },
  { email: 'c2', id: UUID(2), limitIp: 9, totalGB: 0 },
  { email: 'c4', id: UUID(4), limitIp: 0, totalGB: 0 },
  { email: 'c5', id: UUID(5), limitIp: 0, totalGB: 0 },
]

for (const version of VERSIONS) {
  for (const [which, program] of Object.entries(PROGRAMS)) {
    test(`a program ${which} does its work on ${version}`, async (t) => {
      const panel = await startPanel({ version })
      t.after(() => panel.close())
      await program(new ThreeXUI(panel.url, 'admin', 'admin'))
      const [{ remark, settings }] = panel.inbounds
      const clients = settings.clients.map(({ email, id, limitIp = 0, totalGB = 0 }) => ({ email, id, limitIp, totalGB }))
      assert.deepEqual(clients.toSorted((a, b) => (a.email < b.email ? -1 : 1)), LEFT)
      assert.equal(remark, 'renamed')
      assert.equal(panel.logins, 1)
    })
  }
}
