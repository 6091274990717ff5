/*
 * What a program puts in the place of a method is respected: every endpoint and every operation of several calls goes
 * through `_request`, and every other step through the method of its name.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

async function panelFor(t, version) {
  const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  return panel
}

/** A class that writes down what goes through `_request`. */
function listening() {
  const heard = []
  class Listening extends ThreeXUI {
    async _request(verb, path, ...rest) {
      heard.push(`${verb} ${path}`)
      return super._request(verb, path, ...rest)
    }
  }
  return { Listening, heard }
}

for (const version of ['2.8.11', 'HEAD']) {
  test(`a subclass sees each call in the original's own words, whatever the panel: ${version}`, async (t) => {
    const panel = await panelFor(t, version)
    const { Listening, heard } = listening()
    const client = new Listening(panel.url, 'admin', 'admin')
    const id = client.generateUUID()
    await client.addClient({ id: 1, settings: { clients: [{ id, email: 'a', enable: true }] } })
    await client.getClientTrafficsByEmail('a')
    await client.getClientIps('a')
    await client.resetClientTraffic(1, 'a')
    assert.deepEqual(heard, [
      'post /panel/api/inbounds/addClient',
      'get /panel/api/clients/traffic/a',
      'post /panel/api/inbounds/clientIps/a',
      'post /panel/api/inbounds/1/resetClientTraffic/a',
    ])
  })

  test(`the operations of several calls go through it too: ${version}`, async (t) => {
    const panel = await panelFor(t, version)
    const { Listening, heard } = listening()
    const client = new Listening(panel.url, 'admin', 'admin')
    const { credentials } = await client.addClientWithCredentials(1, 'vless', { email: 'a' })
    await client.updateClientWithCredentials(credentials.id, 1, { limitIp: 2 })
    assert.deepEqual(heard, [
      'post /panel/api/clients/add',
      'get /panel/api/inbounds/get/1',
      'get /panel/api/clients/get/a',
      'post /panel/api/clients/update/a',
    ])
  })

  test(`a method of a subclass is the one that operations call: ${version}`, async (t) => {
    const panel = await panelFor(t, version)
    const seen = []
    class Watching extends ThreeXUI {
      async getInbound(id) {
        seen.push(id)
        return super.getInbound(id)
      }
    }
    const client = new Watching(panel.url, 'admin', 'admin')
    const { credentials } = await client.addClientWithCredentials(1, 'vless')
    await client.updateClientWithCredentials(credentials.id, 1, { limitIp: 2 })
    assert.deepEqual(seen, [1])
  })
}

test('an assigned `_request` is enough: nothing reaches the panel', async (t) => {
  const panel = await panelFor(t, 'HEAD')
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  client._request = async (verb, path, data) => ({ success: true, msg: '', obj: { verb, path, data } })
  const { obj } = await client.getInbound(7)
  assert.deepEqual({ verb: obj.verb, path: obj.path }, { verb: 'get', path: '/panel/api/inbounds/get/7' })
  const added = await client.addClientWithCredentials(1, 'trojan', { email: 'a', totalGB: 1 })
  assert.equal(added.obj.data.client.totalGB, 1_073_741_824)
  assert.equal(panel.requests.length, 0)
})

test('an error of an override arrives as it was thrown', async (t) => {
  const panel = await panelFor(t, 'HEAD')
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const mine = new TypeError('mine')
  client._request = async () => {
    throw mine
  }
  await assert.rejects(client.getInbounds(), (error) => error === mine)
  await assert.rejects(client.addClientWithCredentials(1, 'vless'), (error) => error === mine)
  assert.equal((await client.updateClientWithCredentials('x', 1, {})).message, 'mine')
})

test('a request to a route without a method goes the same way, on panels that never heard of it', async (t) => {
  const body = { client: { id: 'ecc322b8-a458-4583-ac98-e343aefb5ac5', email: 'own' }, inboundIds: [1] }
  for (const version of ['2.8.11', 'HEAD']) {
    const panel = await panelFor(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    assert.equal((await client._request('POST', '/panel/api/clients/add', body)).success, true)
    assert.equal(panel.inbounds[0].settings.clients[0].email, 'own')
    await assert.rejects(client._request('get', '/panel/api/nowhere'), { name: 'NotFoundError', status: 404 })
    assert.equal(panel.logins, 1, 'a route that is not there costs no login')
  }
})
