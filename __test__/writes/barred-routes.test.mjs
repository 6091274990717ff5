/*
 * A gateway in front of the panel that lets through only the routes for one client: what callers do at the same time leaves
 * one by one then, and nobody is told of a route that they did not call.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const BULK = /\/clients\/bulk/
const names = (count) => Array.from({ length: count }, (_, n) => `c${n}`)
const emailsOf = (panel) => panel.inbounds[0].settings.clients.map(({ email }) => email).toSorted()

async function started(t, version, status) {
  const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  panel.failNext({ path: BULK, status, body: '<html>not here</html>', times: 10_000 })
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  await client.getPanelInfo()
  const barred = () => panel.requests.filter(({ path }) => BULK.test(path)).map(({ path }) => path.split('/').at(-1))
  return { panel, client, barred }
}

for (const version of ['3.6.0', 'HEAD']) {
  for (const status of [403, 404, 405]) {
    test(`clients that are made, switched off and deleted at the same time go one by one where batches get ${status} (${version})`, async (t) => {
      const { panel, client, barred } = await started(t, version, status)
      const all = async (calls) => {
        for (const { success, msg } of await Promise.all(calls)) assert.equal(success, true, msg)
      }
      await all(names(12).map((email) => client.addClientWithCredentials(1, 'vless', { email })))
      assert.deepEqual(emailsOf(panel), names(12).toSorted())
      await all(names(12).map((email) => client.updateModernClient(email, { enable: false })))
      assert.ok(panel.inbounds[0].settings.clients.every(({ enable }) => enable === false))
      await all(names(12).map((email) => client.deleteModernClient(email)))
      assert.deepEqual(emailsOf(panel), [])
      assert.deepEqual(barred().toSorted(), ['bulkCreate', 'bulkDel', 'bulkDisable'], 'each is tried once in a session')

      await all(names(3).map((email) => client.addModernClient({ client: { email, enable: false }, inboundIds: [1] })))
      assert.deepEqual(emailsOf(panel), names(3))
      assert.equal(barred().length, 3, 'and remembered')
    })
  }

  test(`calls for several clients are made by the routes for one where theirs are barred (${version})`, async (t) => {
    const { panel, client } = await started(t, version, 403)
    const entry = (email) => ({ email, id: ThreeXUI.CredentialGenerator.generateSecureUUID() })
    const created = await client.bulkCreateModernClients(names(6).map((email) => ({ client: { email }, inboundIds: [1] })))
    assert.deepEqual([created.success, created.obj.created], [true, 6], created.msg)
    const added = await client.addClient({ id: 1, settings: { clients: [entry('d0'), entry('d1')] } })
    assert.equal(added.success, true, added.msg)
    const reset = await client.bulkResetTrafficModernClients({ emails: names(6) })
    assert.deepEqual([reset.success, reset.obj.affected], [true, 6], reset.msg)
    assert.equal((await client.resetAllClientTraffics(1)).success, true)
    const deleted = await client.bulkDeleteModernClients({ emails: [...names(6), 'nobody'] })
    assert.deepEqual([deleted.success, deleted.obj.deleted, deleted.obj.skipped.map(({ email }) => email)], [true, 6, ['nobody']])
    assert.deepEqual(emailsOf(panel), ['d0', 'd1'])
  })

  test(`a client is told what its own route is answered where that is barred as well (${version})`, async (t) => {
    const { panel, client } = await started(t, version, 403)
    panel.failNext({ path: '/clients/add', status: 403, body: { error: 'not on the list' }, times: 100 })
    const results = await Promise.allSettled(names(4).map((email) => client.addClientWithCredentials(1, 'vless', { email })))
    for (const { reason } of results) {
      assert.deepEqual([reason?.status, reason?.outcome], [403, 'not-applied'])
      assert.match(reason.config.url, /clients\/add$/)
    }
  })
}

for (const version of ['2.8.11', '3.0.2']) {
  test(`several clients of one inbound go one by one where a request with several gets 403 (${version})`, async (t) => {
    const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
    t.after(() => panel.close())
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    await client.addClientWithCredentials(1, 'vless', { email: 'first' })
    panel.delay(20)
    const calls = names(8).map((email) => client.addClientWithCredentials(1, 'vless', { email }))
    await calls[0]
    panel.failNext({ path: '/addClient', status: 403 })
    panel.delay(0)
    for (const { success, msg } of await Promise.all(calls)) assert.equal(success, true, msg)
    assert.deepEqual(emailsOf(panel), [...names(8), 'first'])
  })
}
