/*
 * The guide's "Bulk Operations".
 */

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'

import { linesOf, runBlock } from '../support/guide-blocks.mjs'
import { onEachPanel } from '../support/guide-panel.mjs'
import { DAY, GIB } from '../support/guide-shapes.mjs'

onEachPanel('ten clients are created, each with its own credentials', async (panel) => {
  const inboundId = await panel.addInbound('vless')

  const { bulkResults, printed } = await runBlock('09-bulk-create.js', { client: panel.client(), inboundId })

  assert.deepEqual(linesOf(printed), ['log: Created 10 clients successfully'])
  assert.equal(bulkResults.length, 10)
  const stored = await panel.clientsOf(inboundId)
  assert.equal(stored.length, 10)
  for (const { success, credentials } of bulkResults) {
    assert.equal(success, true)
    const client = stored.find(({ email }) => email === credentials.email)
    assert.equal(client?.id, credentials.id, `the UUID of ${credentials.email}`)
    assert.equal(client.limitIp, 1)
    assert.equal(client.totalGB, 50 * GIB)
  }
  assert.equal(panel.logins, 1)
})

onEachPanel('clients that cannot be created are reported one by one, with their credentials', async (panel) => {
  const inboundId = await panel.addInbound('vless')
  const { createBulkClients } = await runBlock('09-bulk-create.js', { client: panel.client(), inboundId })

  const [first, second] = await createBulkClients(inboundId, 'vless', 2, { limitIp: -1 })
  for (const { success, error, credentials } of [first, second]) {
    assert.equal(success, false)
    assert.match(error, /limitIp/)
    assert.ok(credentials.id && credentials.email)
  }
  const [lost] = await createBulkClients(999_999, 'vless', 1)
  assert.equal(lost.success, false)
  assert.match(lost.error, /Inbound not found/)
  assert.equal((await panel.clientsOf(inboundId)).length, 10)
})

onEachPanel('several clients are updated, and each that fails says so', async (panel) => {
  const [one, two, strange] = [randomUUID(), randomUUID(), randomUUID()]
  const clients = [{ id: one, email: 'bulk_one' }, { id: two, email: 'bulk_two' }]
  const inboundId = await panel.addInbound('vless', clients)
  const { bulkUpdateClients } = await runBlock('10-bulk-update.js', { client: panel.client() })

  const update = (uuid, email, limits) => {
    return { uuid, inboundId, clientData: { id: uuid, email, enable: true, ...limits } }
  }
  const results = await bulkUpdateClients([
    update(one, 'bulk_one', { limitIp: 3, totalGB: 7 * GIB }),
    update(strange, 'bulk_strange', { limitIp: 3 }),
    update(two, 'bulk_two', { limitIp: -3 }),
  ])

  const [updated, unknown, refused] = results
  assert.deepEqual(updated, { uuid: one, success: true })
  assert.deepEqual(unknown, { uuid: strange, success: false })
  assert.equal(refused.success, false)
  assert.match(refused.error, /limitIp/)
  const { limitIp, totalGB } = await panel.clientNamed(inboundId, 'bulk_one')
  assert.deepEqual({ limitIp, totalGB }, { limitIp: 3, totalGB: 7 * GIB })
  assert.ok(!(await panel.clientNamed(inboundId, 'bulk_two')).limitIp)
})

onEachPanel('the cleanup removes depleted and expired clients and no others', async (panel) => {
  const client = (email, limits) => ({ id: randomUUID(), email, totalGB: 0, expiryTime: 0, reset: 0, ...limits })
  const inboundId = await panel.addInbound('vless', [
    client('used_up', { totalGB: 1000 }),
    client('half_used', { totalGB: 1000 }),
    client('expired', { expiryTime: Date.now() - DAY }),
    client('running', { expiryTime: Date.now() + DAY }),
  ])
  await panel.setTraffic('used_up', { up: 400, down: 600 })
  await panel.setTraffic('half_used', { up: 400, down: 100 })
  const { cleanupClients, printed } = await runBlock('11-bulk-cleanup.js', { client: panel.client() })

  const result = await cleanupClients(inboundId)

  assert.equal(result.success, true, result.msg)
  assert.deepEqual(linesOf(printed), [`log: Cleanup result: ${result.msg}`])
  const emails = (await panel.clientsOf(inboundId)).map(({ email }) => email)
  assert.deepEqual(emails.sort(), ['half_used', 'running'])
})
