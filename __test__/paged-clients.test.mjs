/*
 * Pages of clients on panels that have none: filters, and what a search is made of.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const HOUR = 3_600_000
const emailsOf = ({ obj }) => obj.items.map(({ email }) => email)

test('before 3.1 nobody counts as expiring, as docs/COMPATIBILITY.md says, and the other filters work', async (t) => {
  const soon = { id: '00000000-0000-4000-8000-000000000001', email: 'soon', enable: true, expiryTime: Date.now() + HOUR }
  const off = { id: '00000000-0000-4000-8000-000000000002', email: 'off', enable: false }
  const panel = await startPanel({ version: '2.8.11', inbounds: [{ port: 1001, protocol: 'vless', settings: { clients: [soon, off] } }] })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const page = (filter) => client.getPagedClients({ page: 1, pageSize: 10, filter })
  assert.deepEqual(emailsOf(await page('expiring')), [])
  assert.deepEqual(emailsOf(await page('')).toSorted(), ['off', 'soon'])
  assert.deepEqual((await page('')).obj.summary.expiring, [])
})

for (const version of ['2.8.11', 'HEAD']) {
  test(`a comma in a search is a comma (${version})`, async (t) => {
    const clients = ['a,b', 'ab'].map((email, at) => ({ id: `00000000-0000-4000-8000-00000000000${at}`, email, enable: true }))
    const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless', settings: { clients } }] })
    t.after(() => panel.close())
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    assert.deepEqual(emailsOf(await client.getPagedClients({ page: 1, pageSize: 10, search: 'a,b' })), ['a,b'])
  })
}
