/*
 * Updates change what is named and keep the rest, and what is reported is what the panel has stored, on every version.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { VERSIONS } from '3xui-native/testing'

import { atOnce, inbound, oldPanel, panelFor, requestsTo, sendJson, serverFor, valuesOf } from './support/wire.mjs'

const TLS = { network: 'tcp', security: 'tls', tcpSettings: { header: { type: 'none' } } }

async function stage(t, version, more) {
  const panel = await panelFor(t, { version })
  const id = panel.addInbound(inbound(more))
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const entryOf = (email) => panel.inbounds.flatMap(({ settings }) => settings.clients).find((entry) => entry.email === email)
  return { panel, client, id, entryOf }
}

const methodsOf = (panel, from) => panel.requests.slice(from).map(({ method }) => method)

for (const version of VERSIONS) {
  test(`an inbound keeps what an update does not name: ${version}`, async (t) => {
    const { panel, client, id } = await stage(t, version, { total: 5, expiryTime: 7 })
    await client.addClientWithCredentials(id, 'vless', { email: 'kept' })
    panel.setInboundTraffic(id, { up: 3, down: 4 })
    const { obj: before } = await client.getInbound(id)
    assert.equal((await client.updateInbound(id, { remark: 'renamed' })).success, true)
    const { obj: after } = await client.getInbound(id)
    assert.deepEqual(after, { ...before, remark: 'renamed' })
    assert.equal((await client.addClientWithCredentials(id, 'vless')).success, true, 'the panel is blocked')
  })

  test(`an inbound that is named whole costs one request: ${version}`, async (t) => {
    const { panel, client, id } = await stage(t, version)
    const { obj } = await client.getInbound(id)
    const from = panel.requests.length
    await client.getPanelInfo()
    await client.updateInbound(id, { ...obj, remark: 'renamed' })
    assert.equal(methodsOf(panel, from).filter((method) => method === 'POST').length, 1)
    assert.ok(!panel.requests.slice(from).some(({ path }) => path.includes('inbounds/get')), 'it was read')
  })

  test(`a client keeps what an update does not name, and a record can be sent back: ${version}`, async (t) => {
    const { client, id, entryOf } = await stage(t, version)
    const options = { email: 'a', totalGB: 3, limitIp: 2, comment: 'mine', tgId: 7 }
    const { credentials } = await client.addClientWithCredentials(id, 'vless', options)
    assert.equal((await client.updateModernClient('a', { email: 'a', comment: 'new' })).success, true)
    const { id: uuid, totalGB, limitIp, enable, subId, comment, tgId } = entryOf('a')
    assert.deepEqual([uuid, subId, totalGB], [credentials.id, credentials.subId, 3 * 1024 ** 3])
    assert.deepEqual([limitIp, enable, comment, tgId], [2, true, 'new', 7])
    const { obj } = await client.getClient('a')
    const record = { ...obj.client, totalGB: 4, limitIp: 5 }
    assert.equal((await client.updateModernClient('a', record)).success, true)
    assert.deepEqual([entryOf('a').id, entryOf('a').limitIp, entryOf('a').totalGB], [credentials.id, 5, 4 * 1024 ** 3])
  })

  test(`a flow is stored and reported where a client can have one, and nowhere else: ${version}`, async (t) => {
    for (const [streamSettings, expected] of [[TLS, 'xtls-rprx-vision'], [inbound().streamSettings, '']]) {
      const { client, id, entryOf } = await stage(t, version, { streamSettings })
      const { credentials } = await client.addClientWithCredentials(id, 'vless', { email: 'a' })
      assert.equal(credentials.flow, expected)
      assert.equal(entryOf('a').flow ?? '', expected)
    }
  })

  test(`a key of Shadowsocks 2022 is one that the panel keeps: ${version}`, async (t) => {
    const settings = { method: '2022-blake3-aes-128-gcm', password: Buffer.alloc(16, 1).toString('base64'), clients: [] }
    const { client, id, entryOf } = await stage(t, version, { protocol: 'shadowsocks', settings })
    const { credentials } = await client.addClientWithCredentials(id, 'shadowsocks', { email: 'a' })
    assert.equal(Buffer.from(credentials.password, 'base64').length, 16)
    assert.equal(entryOf('a').password, credentials.password)
    assert.equal(entryOf('a').method ?? '', '', 'xray refuses clients of 2022 with a cipher of their own')
  })

  test(`a client that is to be off is off, alone and among many: ${version}`, async (t) => {
    const { client, id, entryOf } = await stage(t, version)
    await client.addModernClient({ client: { email: 'a', enable: false }, inboundIds: [id] })
    const off = { client: { email: 'b', enable: false }, inboundIds: [id] }
    const on = { client: { email: 'c' }, inboundIds: [id] }
    const { obj } = await client.bulkCreateModernClients([off, on, { client: { email: 'a' }, inboundIds: [id] }])
    assert.equal(obj.created, 2)
    assert.deepEqual(obj.skipped.map(({ email }) => email), ['a'])
    assert.deepEqual(['a', 'b', 'c'].map((email) => entryOf(email).enable), [false, false, true])
  })

  test(`the last client of an inbound can go, and the inbound stays: ${version}`, async (t) => {
    const { panel, client, id } = await stage(t, version)
    await client.addModernClient({ client: { email: 'a' }, inboundIds: [id] })
    assert.equal((await client.deleteModernClient('a')).success, true)
    await client.addModernClient({ client: { email: 'b', expiryTime: 1000 }, inboundIds: [id] })
    assert.equal((await client.deleteDepletedClients(id)).success, true)
    assert.deepEqual(panel.inbounds.map(({ settings }) => settings.clients), [[]])
  })
}

test('writes to a panel that loses one of two at once are made one after the other', async (t) => {
  let open = 0
  const server = await serverFor(t, oldPanel((request, outgoing) => {
    if (!request.path.endsWith('/addClient')) return outgoing.writeHead(404).end()
    assert.equal((open += 1), 1, 'two at once')
    setImmediate(() => {
      open -= 1
      sendJson(outgoing, { success: true, msg: '', obj: null })
    })
  }))
  const client = new ThreeXUI(server.url, 'admin', 'admin')
  const add = () => client.addClient({ id: 1, settings: { clients: [{ id: client.generateUUID(), email: 'a' }] } })
  valuesOf(await atOnce(10, add))
  assert.equal(requestsTo(server, '/addClient').length, 10)
})
