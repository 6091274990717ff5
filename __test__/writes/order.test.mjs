/*
 * The order of the calls is that of their writes, also where a call has to look at something before it can write, where
 * it is an update by another method, and where it comes from another thread.
 */

import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const VERSIONS = ['2.6.7', '2.8.11', '3.0.2', '3.1.0', '3.6.0', 'HEAD']
const INBOUND = { port: 1001, protocol: 'vless', settings: { clients: [{ id: 'a1a1a1a1-0000-4000-8000-000000000000', email: 'resident', enable: true }] } }

for (const version of VERSIONS) {
  const started = async (t) => {
    const panel = await startPanel({ version, inbounds: [INBOUND], faults: { concurrentWrites: true } })
    t.after(() => panel.close())
    const stored = (email) => panel.inbounds[0].settings.clients.find((client) => client.email === email)
    return { panel, client: new ThreeXUI(panel.url, 'admin', 'admin'), stored }
  }

  test(`what is made and then deleted is gone, whoever looks at something first (${version})`, async (t) => {
    const { client, stored } = await started(t)
    const [made, deleted] = await Promise.all([
      client.addClientWithCredentials(1, 'vless', { email: 'short' }),
      client.deleteModernClient('short'),
    ])
    assert.deepEqual([made.success, deleted.success], [true, true], deleted.msg)
    assert.equal(stored('short'), undefined)
  })

  test(`what is changed and then deleted was changed first (${version})`, async (t) => {
    const { client, stored } = await started(t)
    const { credentials } = await client.addClientWithCredentials(1, 'vless', { email: 'short' })
    const [changed, deleted, late] = await Promise.all([
      client.updateClientWithCredentials(credentials.id, 1, { limitIp: 3 }),
      client.deleteModernClient('short'),
      client.updateClientWithCredentials('a1a1a1a1-0000-4000-8000-000000000000', 1, { limitIp: 4 }),
    ])
    assert.deepEqual([changed.success, deleted.success, late.success], [true, true, true], JSON.stringify([changed, deleted, late]))
    assert.equal(stored('short'), undefined)
    assert.equal(stored('resident').limitIp, 4)
  })

  test(`what a function changes and what a plain update changes both stay (${version})`, async (t) => {
    const { client, stored } = await started(t)
    const results = await Promise.all([
      client.modifyClient('resident', () => ({ comment: 'by a function' })),
      client.updateModernClient('resident', { limitIp: 7 }),
      client.modifyClient('resident', async (current) => ({ totalGB: current.totalGB + 5 })),
      client.updateClientWithCredentials('a1a1a1a1-0000-4000-8000-000000000000', 1, { subId: 'other' }),
    ])
    assert.ok(results.every(({ success }) => success), JSON.stringify(results))
    const { comment, limitIp, totalGB, subId } = stored('resident')
    assert.deepEqual([comment, limitIp, totalGB, subId], ['by a function', 7, 5, 'other'])
  })

  test(`threads that count up the same client lose no step (${version})`, async (t) => {
    const { panel, stored } = await started(t)
    const file = fileURLToPath(new URL('../support/counting-thread.mjs', import.meta.url))
    const threads = Array.from({ length: 3 }, () => new Worker(file, { workerData: { url: panel.url, email: 'resident', steps: 4 } }))
    await Promise.all(threads.map((thread) => new Promise((resolve, reject) => thread.once('error', reject).once('exit', resolve))))
    assert.equal(stored('resident').limitIp, 12)
  })
}
