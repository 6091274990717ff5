/* The option `normalize`: the parts of an inbound are objects on every panel, and without it what they always were. */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { VERSIONS, startPanel } from '3xui-native/testing'

for (const version of VERSIONS) {
  test(`parts of inbounds are objects when asked for: ${version}`, async (t) => {
    const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
    t.after(() => panel.close())
    const client = new ThreeXUI(panel.url, 'admin', 'admin', { normalize: true })
    const inbounds = [(await client.getInbounds()).obj[0], (await client.getInbound(1)).obj]
    for (const { settings, sniffing } of inbounds) {
      assert.ok(Array.isArray(settings.clients))
      assert.notEqual(typeof sniffing, 'string')
    }
    assert.equal((await client.addClientWithCredentials(1, 'vless', { email: 'alice' })).success, true)
    assert.equal((await client.updateInbound(1, { remark: 'other' })).success, true)
    const { remark, settings } = (await client.getInbound(1)).obj
    assert.deepEqual([remark, settings.clients.map(({ email }) => email)], ['other', ['alice']])
  })
}

test('without it they are as the panel writes them', async (t) => {
  for (const [version, type] of [['2.8.11', 'string'], ['HEAD', 'object']]) {
    const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
    t.after(() => panel.close())
    const { obj } = await new ThreeXUI(panel.url, 'admin', 'admin').getInbounds()
    assert.equal(typeof obj[0].settings, type, version)
  }
})
