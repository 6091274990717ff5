/*
 * A function given to `modifyClient` that never returns: others are told after a while, and nothing of theirs is sent.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

async function started(t, options) {
  const panel = await startPanel({ inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin', options)
  await client.addClientWithCredentials(1, 'vless', { email: 'alice', limitIp: 1 })
  return { panel, client, stored: () => panel.inbounds[0].settings.clients[0] }
}

test('who waits behind a function that never returns gets an error after the time limit, and nothing is sent', async (t) => {
  const { client, stored } = await started(t, { timeout: 200 })
  let entered
  const inside = new Promise((resolve) => (entered = resolve))
  client.modifyClient('alice', () => new Promise(entered)).catch(() => {})
  await inside
  const results = await Promise.allSettled([
    client.modifyClient('alice', () => ({ limitIp: 5 })),
    client.upsertClient(1, { email: 'alice', limitIp: 6 }),
  ])
  for (const { reason } of results) {
    assert.ok(reason instanceof ThreeXUI.TimeoutError, String(reason))
    assert.match(reason.message, /^Not sent: a change of alice has waited 200 ms for another change of it to end/)
    assert.equal(reason.code, 'ECONNABORTED')
  }
  assert.equal(stored().limitIp, 1)
})

test('a function that changes its own client by modifyClient gets an error in the place of a deadlock', async (t) => {
  const { client, stored } = await started(t, { timeout: 200 })
  const nested = client.modifyClient('alice', () => client.modifyClient('alice', () => ({ limitIp: 5 })))
  await assert.rejects(nested, ThreeXUI.TimeoutError)
  await client.modifyClient('alice', () => ({ limitIp: 7 }))
  assert.equal(stored().limitIp, 7, 'others do not come to their turn any more')
})

test('a line that moves is waited for, however long it is', async (t) => {
  const { client, stored } = await started(t, { timeout: 2_000 })
  const slow = async ({ limitIp }) => {
    await new Promise((resolve) => setTimeout(resolve, 200))
    return { limitIp: limitIp + 1 }
  }
  await Promise.all(Array.from({ length: 12 }, () => client.modifyClient('alice', slow)))
  assert.equal(stored().limitIp, 13)
})
