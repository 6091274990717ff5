/*
 * A connection that the panel ended just when a request was sent over it: what changes nothing by its row of the route table
 * is sent again, whatever its verb, and nothing else is.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

async function started(t, version) {
  const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  await client.getPanelInfo()
  await client.getInbounds()
  const sent = (path) => panel.requests.filter((request) => path.test(request.path)).length
  return { panel, client, sent }
}

for (const [version, path, call] of [
  ['3.6.0', /clients\/onlines$/, (client) => client.getOnlines()],
  ['2.8.11', /inbounds\/onlines$/, (client) => client.getOnlineClients()],
  ['3.6.0', /inbounds\/list$/, (client) => client.getInbounds()],
]) {
  test(`a read is sent again: ${path} (${version})`, async (t) => {
    const { panel, client, sent } = await started(t, version)
    const before = sent(path)
    panel.failNext({ path, destroy: true })
    assert.equal((await call(client)).success, true)
    assert.equal(sent(path) - before, 2)
  })
}

for (const [version, path, call] of [
  ['3.6.0', /clients\/bulkAdjust$/, (client) => client.bulkAdjustModernClients({ emails: ['a'], addDays: 1, addBytes: 0 })],
  ['3.6.0', /inbounds\/add$/, (client) => client.addInbound({ port: 1002, protocol: 'vless', settings: { clients: [] } })],
  ['2.6.7', /createbackup$/, (client) => client.createBackup()],
]) {
  test(`what is not to be done twice is sent once: ${path} (${version})`, async (t) => {
    const { panel, client, sent } = await started(t, version)
    panel.failNext({ path, destroy: true, applied: true })
    await call(client).catch(() => {})
    assert.equal(sent(path), 1)
  })
}
