/*
 * What a program puts in the place of a method is respected: every endpoint and every operation of several calls goes
 * through `_request`, and every other step through the method of its name.
 */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const Original = createRequire(import.meta.url)('3xui-api-client')

async function panelFor(t, version) {
  const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  return panel
}

const UUID = 'ecc322b8-a458-4583-ac98-e343aefb5ac5'
const INBOUND = { port: 1002, protocol: 'trojan', settings: { clients: [] } }
const CLIENT = { id: 1, settings: { clients: [{ id: UUID, email: 'a' }] } }
const asText = (body) => ({ ...body, settings: JSON.stringify(body.settings) })

/** What each method passes to `_request`: the original's own arguments, and as many. */
const CALLS = {
  getInbounds: [[], ['get', '/panel/api/inbounds/list']],
  getInbound: [[3], ['get', '/panel/api/inbounds/get/3']],
  addInbound: [[INBOUND], ['post', '/panel/api/inbounds/add', asText(INBOUND)]],
  updateInbound: [[3, INBOUND], ['post', '/panel/api/inbounds/update/3', asText(INBOUND)]],
  deleteInbound: [[3], ['post', '/panel/api/inbounds/del/3']],
  addClient: [[CLIENT], ['post', '/panel/api/inbounds/addClient', asText(CLIENT)]],
  updateClient: [[UUID, CLIENT], ['post', `/panel/api/inbounds/updateClient/${UUID}`, asText(CLIENT)]],
  deleteClient: [[1, UUID], ['post', `/panel/api/inbounds/1/delClient/${UUID}`]],
  addModernClient: [
    [{ client: { email: 'a', totalGB: 1 }, inboundIds: [1] }],
    ['post', '/panel/api/clients/add', { client: { email: 'a', totalGB: 1_073_741_824 }, inboundIds: [1] }],
  ],
  getClient: [['a'], ['get', '/panel/api/clients/get/a']],
  getClientTrafficsByEmail: [['a'], ['get', '/panel/api/clients/traffic/a']],
  getClientTrafficsById: [[UUID], ['get', `/panel/api/inbounds/getClientTrafficsById/${UUID}`]],
  resetClientTraffic: [[1, 'a'], ['post', '/panel/api/inbounds/1/resetClientTraffic/a']],
  resetAllClientTraffics: [[1], ['post', '/panel/api/inbounds/resetAllClientTraffics/1']],
  getClientIps: [['a'], ['post', '/panel/api/inbounds/clientIps/a']],
  clearClientIps: [['a'], ['post', '/panel/api/inbounds/clearClientIps/a']],
  deleteDepletedClients: [[1], ['post', '/panel/api/inbounds/delDepletedClients/1']],
  getOnlineClients: [[], ['post', '/panel/api/inbounds/onlines']],
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
      'get /panel/api/inbounds/get/1',
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
    assert.deepEqual(seen, [1, 1])
  })
}

test('many clients at once cost one look at their inbound by an override, also where it fails', async (t) => {
  const panel = await panelFor(t, 'HEAD')
  for (const canRead of [true, false]) {
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    const look = t.mock.method(client, 'getInbound', async (id) => {
      if (!canRead) throw new Error('cannot be read')
      return ThreeXUI.prototype.getInbound.call(client, id)
    })
    const emails = Array.from({ length: 20 }, (_, n) => `${canRead}${n}`)
    const made = await Promise.all(emails.map((email) => client.addClientWithCredentials(1, 'vless', { email })))
    assert.deepEqual(made.map(({ credentials }) => credentials.email), emails)
    assert.equal(look.mock.callCount(), 1, canRead ? 'known from then on' : 'shared by all who asked meanwhile')
  }
})

test('what an override saw of an inbound before it was changed is not what later clients are made for', async (t) => {
  const panel = await panelFor(t, 'HEAD')
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const seen = (security) => ({ success: true, obj: { id: 1, protocol: 'vless', settings: {}, streamSettings: { network: 'tcp', security } } })
  const looks = []
  t.mock.method(client, 'getInbound', () => new Promise((resolve) => looks.push(resolve)))
  const before = client.addClientWithCredentials(1, 'vless', { email: 'before' })
  const update = client.updateInbound(1, { remark: 'changed', port: 1001, protocol: 'vless' })
  const after = client.addClientWithCredentials(1, 'vless', { email: 'after' })
  looks[0](seen('none'))
  looks[1](seen('reality'))
  await update
  assert.equal((await before).credentials.flow, '')
  assert.equal((await after).credentials.flow, 'xtls-rprx-vision')
  const later = client.addClientWithCredentials(1, 'vless', { email: 'later' })
  assert.equal(looks.length, 3, 'nor is what was seen while it was being changed')
  looks[2](seen('tls'))
  assert.equal((await later).credentials.flow, 'xtls-rprx-vision')
})

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

for (const [name, [args, passed]] of Object.entries(CALLS)) {
  test(`${name} passes on what the original passes on`, async (t) => {
    for (const Library of [ThreeXUI, Original]) {
      const client = new Library('http://127.0.0.1:9', 'admin', 'admin')
      const spy = t.mock.method(client, '_request', async () => ({ success: true, msg: '', obj: null }))
      await client[name](...args)
      assert.deepEqual(spy.mock.calls.map((call) => call.arguments), [passed])
    }
  })
}

test('a spy on a method hears the program and the operations alike, and can be taken off', async (t) => {
  const panel = await panelFor(t, 'HEAD')
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const spies = ['addModernClient', 'getInbound', 'getClient'].map((name) => t.mock.method(client, name))
  const { credentials } = await client.addClientWithCredentials(1, 'vless', { email: 'a' })
  await client.updateClientWithCredentials(credentials.id, 1, { limitIp: 2 })
  await client.getInbound(1)
  assert.deepEqual(spies.map(({ mock }) => mock.callCount()), [1, 3, 1])
  for (const { mock } of spies) mock.restore()
  assert.equal((await client.getInbound(1)).success, true)
  assert.deepEqual(spies.map(({ mock }) => mock.callCount()), [1, 3, 1])
})

test('a method of the prototype can be replaced for all clients, and be put back', async (t) => {
  const everybody = t.mock.method(ThreeXUI.prototype, 'getInbounds', async () => 'replaced')
  const client = new ThreeXUI('http://127.0.0.1:9', 'admin', 'admin')
  assert.equal(await client.getInbounds(), 'replaced')
  everybody.mock.restore()
  client._request = async () => 'asked'
  assert.equal(await client.getInbounds(), 'asked')
})

test('an override of `login` hears explicit logins and decides what they bring', async (t) => {
  const panel = await panelFor(t, 'HEAD')
  const heard = []
  class Noting extends ThreeXUI {
    async login(force) {
      heard.push(force)
      const { success } = await super.login(force)
      return { success, by: 'the override' }
    }
  }
  const client = new Noting(panel.url, 'admin', 'admin', { loginRetryBackoff: 0 })
  assert.deepEqual(await client.login(), { success: true, by: 'the override' })
  await client.login(true)
  assert.deepEqual(heard, [undefined, true])
  assert.equal(panel.logins, 2)
})

test('an override of `login` makes the logins that calls need, one for all that need it', async (t) => {
  for (const version of ['2.8.11', 'HEAD']) {
    const panel = await panelFor(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'admin', { loginRetryBackoff: 0 })
    const spy = t.mock.method(client, 'login')
    await Promise.all([client.getInbounds(), client.getInbounds(), client.getInbound(1)])
    assert.equal(spy.mock.callCount(), 1, 'of a cold client')
    panel.expireSessions()
    await Promise.all([client.getInbounds(), client.getInbound(1)])
    assert.equal(spy.mock.callCount(), 2, 'of a session that was lost')
    assert.deepEqual(spy.mock.calls.map((call) => call.arguments), [[false], [true]])
    assert.equal(panel.logins, 2)
  }
})

test('an override of `login` may bring its session from elsewhere', async (t) => {
  const panel = await panelFor(t, 'HEAD')
  const elsewhere = new ThreeXUI(panel.url, 'admin', 'admin')
  await elsewhere.login()
  class Borrowing extends ThreeXUI {
    async login() {
      this.cookie = elsewhere.cookie
      this.csrfToken = elsewhere.csrfToken
      return { success: true }
    }
  }
  const client = new Borrowing(panel.url, 'admin', 'unknown')
  assert.equal((await client.addInbound(INBOUND)).success, true)
  assert.equal(panel.logins, 1)
})

test('what an override of `login` throws is what the caller catches, and calls do not go out', async (t) => {
  const panel = await panelFor(t, 'HEAD')
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const own = new RangeError('no login today')
  client.login = async () => {
    throw own
  }
  await assert.rejects(client.getInbounds(), (error) => error === own)
  assert.equal(panel.requests.length, 0)
})

test('a function of CredentialGenerator that a program replaced makes the credentials', (t) => {
  const { CredentialGenerator } = ThreeXUI
  t.mock.method(CredentialGenerator, 'generateSecureUUID', () => 'a-uuid')
  t.mock.method(CredentialGenerator, 'generatePassword', (length) => `of ${length}`)
  t.mock.method(CredentialGenerator, 'generateClientIdentifier', () => 'somebody')
  const client = new ThreeXUI('http://127.0.0.1:1', { token: 'token' })
  assert.equal(CredentialGenerator.generateForProtocol('vless').id, 'a-uuid')
  assert.deepEqual(
    client.generateBulkCredentials('trojan', 2, { passwordLength: 20 }).map(({ password, email }) => [password, email]),
    Array(2).fill(['of 20', 'somebody']),
  )
  assert.equal(client.generateCredentials('http').pass, 'of 12')
  assert.equal(client.generateUUID(), 'a-uuid')
  assert.equal(client.generateCredentials('vless', { email: 'mine' }).email, 'mine', 'what was given stays')
})

test('a replaced generateForProtocol, or a subclass that makes its own, is asked for each of many', (t) => {
  class Own extends ThreeXUI.CredentialGenerator {
    static generateSecureUUID() {
      return 'own'
    }
  }
  assert.equal(Own.generateForProtocol('vmess').id, 'own')
  assert.deepEqual(Own.generateBulk('vless', 2).map(({ id }) => id), ['own', 'own'])
  t.mock.method(ThreeXUI.CredentialGenerator, 'generateForProtocol', () => ({ id: 'mine' }))
  const client = new ThreeXUI('http://127.0.0.1:1', { token: 'token' })
  assert.deepEqual(client.generateBulkCredentials('vless', 1), [{ id: 'mine' }])
  assert.deepEqual(client.generateCredentials('vless'), { id: 'mine' })
})

test('a client that makes its own credentials adds clients with them', async () => {
  class Own extends ThreeXUI {
    generateCredentials(protocol, options) {
      return { ...super.generateCredentials(protocol, options), email: 'own' }
    }
  }
  const client = new Own('http://127.0.0.1:1', { token: 'token' })
  client._request = async (_verb, _path, body) => ({ success: true, body })
  const { body, credentials } = await client.addClientWithCredentials(1, 'vless', {})
  assert.deepEqual([body.client.email, credentials.email], ['own', 'own'])
})
