/*
 * The guide's "Manual Client Management".
 *
 * In these bodies `totalGB` is what the panel itself counts in, bytes, as in the original library: "50GB" in the
 * comment of the second block is 50 bytes on every panel.
 */

import assert from 'node:assert/strict'

import { linesOf, runBlock, valueOf } from '../support/guide-blocks.mjs'
import { onEachPanel } from '../support/guide-panel.mjs'
import { DAY } from '../support/guide-shapes.mjs'

const OTHER = { id: '5c3d8f4e-6d0b-4f5e-9a38-0d8b8fb5b0a1', email: 'other' }

onEachPanel('a client is added with every field of the guide', async (panel) => {
  const inboundId = await panel.addInbound('vless')

  const { result } = await runBlock('06-add-client.js', { client: panel.client(), inboundId })

  assert.deepEqual(result, valueOf('24-add-client-success.js'))
  const stored = await panel.clientNamed(inboundId, 'client_identifier_001')
  assert.equal(stored.id, 'client-uuid-here')
  assert.equal(stored.limitIp, 0)
  assert.equal(stored.totalGB, 0)
  assert.equal(stored.expiryTime, 0)
  assert.equal(stored.enable, true)
  assert.ok(!stored.tgId, 'no Telegram ID was given')
})

onEachPanel('an existing client gets new settings', async (panel) => {
  const inboundId = await panel.addInbound('vless', [{ id: 'existing-client-uuid', email: 'before' }, OTHER])
  const before = Date.now()

  const { result } = await runBlock('07-update-client.js', { client: panel.client(), inboundId })

  assert.equal(result.success, true, result.msg)
  const stored = await panel.clientNamed(inboundId, 'updated_client_identifier')
  assert.equal(stored.id, 'existing-client-uuid')
  assert.equal(stored.limitIp, 2)
  assert.equal(stored.totalGB, 50)
  assert.ok(stored.expiryTime >= before + 30 * DAY && stored.expiryTime <= Date.now() + 30 * DAY, '30 days')
  assert.equal(stored.enable, true)
  const emails = (await panel.clientsOf(inboundId)).map(({ email }) => email)
  assert.deepEqual(emails, ['updated_client_identifier', 'other'])
})

onEachPanel('a client is deleted by its UUID', async (panel) => {
  const inboundId = await panel.addInbound('vless', [{ id: 'client-uuid', email: 'leaving' }, OTHER])

  const { result, printed } = await runBlock('08-delete-client.js', { client: panel.client(), inboundId })

  assert.equal(result.success, true, result.msg)
  assert.deepEqual(linesOf(printed), ['log: ✅ Client deleted successfully'])
  const emails = (await panel.clientsOf(inboundId)).map(({ email }) => email)
  assert.deepEqual(emails, ['other'])
})

onEachPanel('a deletion that the panel refuses says why', async (panel) => {
  const missing = 999_999

  const { result, printed } = await runBlock('08-delete-client.js', { client: panel.client(), inboundId: missing })

  assert.equal(result.success, false)
  assert.ok(result.msg)
  assert.deepEqual(printed.map(({ args }) => args), [['❌ Failed to delete client:', result.msg]])
})
