/*
 * The guide's "Traffic & IP Management".
 */

import assert from 'node:assert/strict'

import { linesOf, runBlock, shownBy } from '../support/guide-blocks.mjs'
import { onEachPanel } from '../support/guide-panel.mjs'

const EMAIL = 'client_identifier_001'
const CLIENT = { id: 'client-uuid', email: EMAIL, totalGB: 6144000, expiryTime: 0 }
const OTHER = { id: '5c3d8f4e-6d0b-4f5e-9a38-0d8b8fb5b0a1', email: 'other' }
const USED = { up: 1024000, down: 5120000 }

onEachPanel('the traffic of a client is found by its identifier and by its UUID', async (panel) => {
  const inboundId = await panel.addInbound('vless', [CLIENT, OTHER])
  await panel.setTraffic(EMAIL, USED)

  const made = await runBlock('12-monitor-traffic.js', { client: panel.client() })

  const { trafficByEmail, trafficById, printed } = made
  const [{ id: _, ...shown }] = shownBy('12-monitor-traffic.js')
  const { id, ...row } = trafficByEmail.obj
  assert.equal(trafficByEmail.success, true)
  assert.ok(Number.isInteger(id))
  assert.deepEqual({ ...row, ...shown, inboundId }, row, 'the counters are not those that the guide shows')
  assert.equal(trafficById.success, true)
  const found = trafficById.obj.map(({ email, up, down }) => ({ email, up, down }))
  assert.deepEqual(found, [{ email: EMAIL, ...USED }])
  assert.deepEqual(printed.map(({ args }) => args), [
    ['Traffic data:', trafficByEmail.obj],
    ['Traffic by UUID:', trafficById.obj],
  ])
})

onEachPanel('the traffic of one client and of a whole inbound is set to zero', async (panel) => {
  const inboundId = await panel.addInbound('vless', [CLIENT, OTHER])
  const client = panel.client()
  await panel.setTraffic(EMAIL, USED)
  await panel.setTraffic('other', USED)

  const { resetResult, resetAllResult, printed } = await runBlock('13-reset-traffic.js', { client, inboundId })

  assert.equal(resetResult.success, true, resetResult.msg)
  assert.equal(resetAllResult.success, true, resetAllResult.msg)
  assert.deepEqual(linesOf(printed), [
    'log: ✅ Client traffic reset successfully',
    `log: Reset all clients: ${resetAllResult.msg}`,
  ])
  assert.deepEqual(await countersOf(panel, EMAIL), { up: 0, down: 0 })
  assert.deepEqual(await countersOf(panel, 'other'), { up: 0, down: 0 })
})

onEachPanel('resetting the traffic of one client leaves the others theirs', async (panel) => {
  const inboundId = await panel.addInbound('vless', [CLIENT, OTHER])
  await panel.setTraffic(EMAIL, USED)
  await panel.setTraffic('other', USED)

  await panel.client().resetClientTraffic(inboundId, EMAIL)

  assert.deepEqual(await countersOf(panel, EMAIL), { up: 0, down: 0 })
  assert.deepEqual(await countersOf(panel, 'other'), USED)
})

onEachPanel('the addresses of a client are a list, and can be forgotten', async (panel) => {
  await panel.addInbound('vless', [CLIENT, OTHER])
  // A real panel learns addresses from its Xray alone; there the list is an empty one.
  const seen = panel.own ? ['198.51.100.7', '2001:db8::7'] : []
  panel.own?.setIps(EMAIL, seen)
  const client = panel.client()

  const { ipsResult, clearIpsResult, printed } = await runBlock('14-ip-addresses.js', { client })

  assert.equal(ipsResult.success, true)
  assert.deepEqual(ipsResult.obj, seen)
  assert.equal(clearIpsResult.success, true)
  const [list, cleared] = printed
  assert.deepEqual(list.args, ['Client IPs:', seen])
  assert.equal(cleared.text, '✅ Client IP history cleared')
  assert.deepEqual((await client.getClientIps(EMAIL)).obj, [])
})

async function countersOf(panel, email) {
  const { up, down } = await panel.trafficOf(email)
  return { up, down }
}
