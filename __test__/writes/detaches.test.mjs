/*
 * Clients that leave an inbound while others come into it: a write like any other, with its place in the queue.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const clientsOf = (panel, id) => panel.inbounds.find((inbound) => inbound.id === id).settings.clients.map(({ email }) => email)

for (const version of ['2.6.7', '2.8.11', '3.0.2', '3.1.0', '3.6.0']) {
  test(`detaches beside additions lose nothing (${version})`, async (t) => {
    const entry = (email) => ({ email, id: ThreeXUI.CredentialGenerator.generateSecureUUID(), enable: true })
    const panel = await startPanel({
      version,
      inbounds: [{ port: 1001, protocol: 'vless', settings: { clients: ['resident', 'x0', 'x1', 'x2'].map(entry) } }],
      faults: { concurrentWrites: true },
    })
    t.after(() => panel.close())
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    await client.getPanelInfo()
    const answers = await Promise.all([
      ...[0, 1, 2].flatMap((n) => [
        client.detachClientFromInbounds(`x${n}`, { inboundIds: [1] }),
        client.addClient({ id: 1, settings: { clients: [entry(`n${n}`)] } }),
      ]),
    ])
    for (const { success, msg } of answers) assert.equal(success, true, msg)
    const wanted = ['n0', 'n1', 'n2', 'resident']
    assert.deepEqual(clientsOf(panel, 1).toSorted(), wanted, 'a write was lost, as two of them met')
  })
}
