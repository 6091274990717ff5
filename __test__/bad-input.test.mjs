/*
 * What is wrong is said at once, in words that name the field and the rule, and nothing is sent or lost for it.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { errorOf, loggedIn } from './support/panels.mjs'

const UUID = 'ecc322b8-a458-4583-ac98-e343aefb5ac5'
const VERSIONS = ['2.8.11', 'HEAD']
const { ValidationError, NotFoundError } = ThreeXUI

/** Asserts a broken rule: the message, the field, and that the panel has heard and stored nothing. */
async function refuses({ panel }, call, field, message) {
  const [requests, stored] = [panel.requests.length, JSON.stringify(panel.inbounds)]
  const error = await errorOf(call)
  assert.equal(error.message, message)
  assert.ok(error instanceof ValidationError, `${error.name} for: ${message}`)
  assert.equal(error.field, field)
  assert.equal(error.code, 'ERR_VALIDATION')
  assert.equal(panel.requests.length, requests, `a request was sent before: ${message}`)
  assert.equal(JSON.stringify(panel.inbounds), stored)
}

test('a client needs a URL, a user and a password', () => {
  const made = (...args) => () => new ThreeXUI(...args)
  assert.throws(made(), { message: 'baseURL is required' })
  assert.throws(made('', 'admin', 'admin'), { message: 'baseURL is required' })
  assert.throws(made('nonsense', 'admin', 'admin'), { message: 'Invalid URL format' })
  assert.throws(made('ftp://panel.example', 'admin', 'admin'), { message: 'Invalid URL format' })
  assert.throws(made('panel.example:2053', 'admin', 'admin'), { message: 'Invalid URL format' })
  assert.throws(made('   ', 'admin', 'admin'), { message: 'Invalid URL: empty' })
  assert.throws(made('https://panel.example'), { message: 'username is required' })
  assert.throws(made('https://panel.example', 'admin'), { message: 'password is required' })
  assert.throws(made('https://panel.example', 'a b', 'p'), { message: 'Invalid username: contains illegal characters' })
})

const CREDENTIAL_RULES = [
  [{ email: 'x'.repeat(101) }, 'email', 'Invalid email: must have at most 100 characters'],
  ...['<', '>', '"', '&'].map((char) => [
    { email: `a${char}b` },
    'email',
    'Invalid email: must not contain any of < > " &',
  ]),
  [{ limitIp: -1 }, 'limitIp', 'Invalid limitIp: must not be negative, got -1'],
  [{ email: '   ' }, 'email', 'Invalid email: must not be empty'],
  [{ limitIp: NaN }, 'limitIp', 'Invalid limitIp: must be a finite number'],
  [{ limitIp: -Infinity }, 'limitIp', 'Invalid limitIp: must be a finite number'],
  [{ limitIp: 1.5 }, 'limitIp', 'Invalid limitIp: must be a whole number, got 1.5'],
  [{ limitIp: 'two' }, 'limitIp', 'Invalid limitIp: must be a number'],
  [{ totalGB: -0.5 }, 'totalGB', 'Invalid totalGB: must not be negative, got -0.5'],
  [{ totalGB: NaN }, 'totalGB', 'Invalid totalGB: must be a finite number'],
  [{ totalGB: 'much' }, 'totalGB', 'Invalid totalGB: must be a number'],
  [{ totalGB: Infinity }, 'totalGB', 'Invalid totalGB: must be a finite number'],
  [{ totalGB: 1e9 }, 'totalGB', 'Invalid totalGB: must be at most 8388607 gigabytes'],
  [{ expiryTime: NaN }, 'expiryTime', 'Invalid expiryTime: must be a finite number'],
  [{ expiryTime: Infinity }, 'expiryTime', 'Invalid expiryTime: must be a finite number'],
  [{ expiryTime: 'soon' }, 'expiryTime', 'Invalid expiryTime: must be a number'],
  [{ expiryDays: NaN }, 'expiryDays', 'Invalid expiryDays: must be a finite number'],
  [
    { expiryTime: -86_400_000 },
    'expiryTime',
    'Invalid expiryTime: must not be negative, got -86400000 (for a span from the first use take expiresAfterFirstUse: days)',
  ],
  [{ expiresAfterFirstUse: NaN }, 'expiresAfterFirstUse', 'Invalid expiresAfterFirstUse: must be a finite number'],
  [{ expiresAfterFirstUse: -3 }, 'expiresAfterFirstUse', 'Invalid expiresAfterFirstUse: must not be negative, got -3'],
  [
    { expiresAfterFirstUse: 3, expiryDays: 3 },
    'expiresAfterFirstUse',
    'Invalid expiresAfterFirstUse: cannot be combined with expiryDays',
  ],
  [{ id: 'no-uuid' }, 'id', 'Invalid id: must be a UUID'],
]

const PROTOCOLS = 'vless, vmess, trojan, shadowsocks, shadowsocks2022, hysteria, wireguard, socks5, http or dokodemo-door'
const CIPHERS = 'chacha20-ietf-poly1305, aes-256-gcm, aes-128-gcm, chacha20-poly1305 or one of 2022'

for (const version of VERSIONS) {
  test(`each rule of a client with credentials is named: ${version}`, async (t) => {
    const at = await loggedIn(t, version)
    for (const [options, field, message] of CREDENTIAL_RULES) {
      await refuses(at, () => at.client.addClientWithCredentials(1, 'vless', options), field, message)
    }
    await refuses(
      at,
      () => at.client.addClientWithCredentials(3, 'shadowsocks', { method: 'rot13' }),
      'method',
      `Invalid method: rot13 is no Shadowsocks cipher (use ${CIPHERS})`,
    )
    await refuses(
      at,
      () => at.client.addClientWithCredentials(3, 'shadowsocks', { method: '2022-blake3-aes-128-gcm', password: 'short' }),
      'password',
      'Invalid password: 2022-blake3-aes-128-gcm needs a key of 16 bytes in base64',
    )
  })

  test(`an unknown protocol is named in the words of both libraries: ${version}`, async (t) => {
    const at = await loggedIn(t, version)
    const message = `Invalid protocol. Unsupported protocol: gopher (use ${PROTOCOLS})`
    await refuses(at, () => at.client.addClientWithCredentials(1, 'gopher'), 'protocol', message)
    await refuses(at, () => at.client.generateCredentials('gopher'), 'protocol', message)
    await refuses(at, () => at.client.generateBulkCredentials('gopher', 2), 'protocol', message)
  })

  test(`an id that is none is refused: ${version}`, async (t) => {
    const at = await loggedIn(t, version)
    for (const id of [0, -1, 1.5, 'x', '', null, {}]) {
      const message = (field) => `Invalid ${field}: must be a positive whole number`
      await refuses(at, () => at.client.addClientWithCredentials(id, 'vless'), 'inboundId', message('inboundId'))
      await refuses(at, () => at.client.getInbound(id), 'id', message('id'))
    }
    await refuses(at, () => at.client.deleteClient(1, ''), 'clientId', 'Invalid clientId: must not be empty')
    await refuses(at, () => at.client.getClientTrafficsByEmail(''), 'email', 'Invalid email: must not be empty')
  })

  test(`each rule of a client that one describes oneself is named: ${version}`, async (t) => {
    const at = await loggedIn(t, version)
    const noList = 'Invalid client config: settings must be a JSON object with a list named clients'
    const rules = [
      [undefined, 'config', 'Invalid client config'],
      [{ settings: { clients: [] } }, 'id', 'Invalid client config: id is required'],
      [{ id: 1 }, 'settings', noList],
      [{ id: 1, settings: '{"clients":' }, 'settings', noList],
      [{ id: 1, settings: {} }, 'settings', noList],
      ...[
        [{ id: UUID }, 'email', 'Invalid email: must not be empty'],
        [{ id: UUID, email: 'a>b' }, 'email', 'Invalid email: must not contain any of < > " &'],
        [{ id: UUID, email: 'a', totalGB: -1 }, 'totalGB', 'Invalid totalGB: must not be negative, got -1'],
        [{ id: UUID, email: 'a', limitIp: NaN }, 'limitIp', 'Invalid limitIp: must be a finite number'],
      ].map(([client, field, message]) => [{ id: 1, settings: { clients: [client] } }, field, message]),
    ]
    for (const [body, field, message] of rules) {
      await refuses(at, () => at.client.addClient(body), field, message)
      await refuses(at, () => at.client.updateClient(UUID, body), field, message)
    }
  })

  test(`each rule of an inbound is named: ${version}`, async (t) => {
    const at = await loggedIn(t, version)
    const port = 'Invalid port: must be an integer between 1 and 65535'
    for (const bad of [0, 65_536, 1.5, 'x']) {
      await refuses(at, () => at.client.addInbound({ protocol: 'vless', port: bad }), 'port', port)
      await refuses(at, () => at.client.updateInbound(1, { protocol: 'vless', port: bad }), 'port', port)
    }
    await refuses(at, () => at.client.addInbound(), 'config', 'Invalid inbound config')
    await refuses(at, () => at.client.addInbound({ port: 1, protocol: 5 }), 'protocol', 'Invalid protocol')
  })

  test(`an update that breaks a rule resolves with the reason, and sends nothing: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    const before = panel.requests.length
    const details = 'updateClientWithCredentials failed - check client ID and inbound ID'
    for (const [options, field, message] of CREDENTIAL_RULES) {
      if (field === 'id') continue // An update finds the client by it and changes it never.
      const result = await client.updateClientWithCredentials(UUID, 1, options)
      assert.deepEqual(result, { success: false, message, msg: message, error: message, details })
    }
    assert.equal(panel.requests.length, before)
  })

  test(`identifiers of one and of a hundred characters are taken: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    const identifiers = ['x', 'y'.repeat(100)]
    for (const email of identifiers) await client.addClientWithCredentials(1, 'vless', { email })
    assert.deepEqual(panel.inbounds[0].settings.clients.map(({ email }) => email), identifiers)
  })

  test(`what a web form sends is taken: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    const form = { email: 'from-a-form', limitIp: '2', totalGB: '0.3', expiryTime: '', flow: undefined, comment: undefined }
    const { success, credentials } = await client.addClientWithCredentials('1', 'vless', form)
    assert.equal(success, true)
    assert.equal(credentials.totalGB, 322_122_547, 'whole bytes: a fraction would be stored as unlimited or refused')
    const [stored] = panel.inbounds[0].settings.clients
    const { limitIp, totalGB, expiryTime } = stored
    assert.deepEqual({ limitIp, totalGB, expiryTime }, { limitIp: 2, totalGB: 322_122_547, expiryTime: 0 })
  })

  test(`ids may be text in every call: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    await client.addClientWithCredentials('1', 'vless', { email: 'stays' }) // Old panels keep the last one.
    await client.addClient({ id: '1', settings: { clients: [{ id: UUID, email: 'a', enable: true }] } })
    assert.equal((await client.getInbound('1')).obj.id, 1)
    const update = await client.updateClientWithCredentials(UUID, '1', { limitIp: 3 })
    assert.equal(update.success, true, update.msg)
    assert.equal(panel.inbounds[0].settings.clients[1].limitIp, 3)
    assert.equal((await client.resetClientTraffic('1', 'a')).success, true)
    assert.equal((await client.resetAllClientTraffics('1')).success, true)
    assert.equal((await client.deleteClient('1', UUID)).success, true)
    assert.equal((await client.deleteInbound('2')).success, true)
    assert.deepEqual(panel.inbounds.map(({ id }) => id), [1, 3])
    assert.deepEqual(panel.inbounds[0].settings.clients.map(({ email }) => email), ['stays'])
  })

  test(`a quota is whole bytes, in whichever way it is given: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    const stored = () => panel.inbounds[0].settings.clients[0].totalGB
    const body = (totalGB) => ({ id: 1, settings: { clients: [{ id: UUID, email: 'a', enable: true, totalGB }] } })
    await client.addClient(body(1000.5))
    assert.equal(stored(), 1001, 'bytes, of a client that one describes oneself')
    await client.updateClientWithCredentials(UUID, 1, { totalGB: 0.3 })
    assert.equal(stored(), 322_122_547, 'gigabytes, of an update')
    await client.updateClient(UUID, body(0.2))
    assert.equal(stored(), 1, 'never rounded to nothing, which is unlimited')
  })

  test(`a time from the first use is said openly, or written raw: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    await client.addClientWithCredentials(1, 'vless', { email: 'openly', expiresAfterFirstUse: 30 })
    await client.addClient({ id: 1, settings: { clients: [{ id: UUID, email: 'raw', enable: true, expiryTime: -86_400_000 }] } })
    const times = panel.inbounds[0].settings.clients.map(({ email, expiryTime }) => [email, expiryTime])
    assert.deepEqual(times, [['openly', -2_592_000_000], ['raw', -86_400_000]])
  })

  test(`an inbound that the panel does not have is worked out from its answer: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    const before = panel.requests.length
    const error = await errorOf(() => client.addClientWithCredentials(99, 'vless', { email: 'nowhere' }))
    assert.ok(error instanceof NotFoundError, error.name)
    assert.equal(error.message, `Inbound not found: the panel at ${panel.url} has no inbound with the id 99`)
    const sent = panel.requests.slice(before).map(({ method, path }) => `${method} ${path}`)
    const read = ['GET /panel/api/inbounds/get/99']
    assert.deepEqual(sent.filter((line) => !line.includes('server/status')), read, 'the read alone')
  })

  test(`an inbound that is not there is the panel's own answer to every other call: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    const stored = JSON.stringify(panel.inbounds)
    const body = { id: 99, settings: { clients: [{ id: UUID, email: 'nowhere', enable: true }] } }
    const wrong = 'Something went wrong (record not found)'
    const calls = [
      [() => client.getInbound(99), 'Obtain (record not found)'],
      [() => client.updateInbound(99, { port: 2001, protocol: 'vless', settings: { clients: [] } }), wrong],
      [() => client.addClient(body), wrong],
      [() => client.updateClient(UUID, body), wrong],
      [() => client.deleteClient(99, UUID), wrong],
    ]
    for (const [call, msg] of calls) {
      const answer = await call()
      assert.deepEqual({ success: answer.success, msg: answer.msg }, { success: false, msg }, String(call))
    }
    const update = await client.updateClientWithCredentials(UUID, 99, { limitIp: 1 })
    assert.equal(update.message, 'Failed to get inbound 99 for client update')
    assert.equal(JSON.stringify(panel.inbounds), stored)
  })

  test(`an update of a client that is not there says where it was looked for: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    const stored = JSON.stringify(panel.inbounds)
    const { success, message } = await client.updateClientWithCredentials(UUID, 1, { limitIp: 1 })
    assert.equal(success, false)
    assert.equal(message, `Client with ID ${UUID} not found in inbound 1`)
    assert.equal(JSON.stringify(panel.inbounds), stored)
  })

  test(`an identifier is a duplicate in another case, another inbound, another way, too: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    const { credentials } = await client.addClientWithCredentials(1, 'vless', { email: 'once' })
    await client.addClientWithCredentials(1, 'vless', { email: 'other' })
    const stored = JSON.stringify(panel.inbounds)
    const inUse = { '2.8.11': 'Duplicate email: once', HEAD: 'email already in use: once' }[version]
    const raw = { id: 1, settings: { clients: [{ id: UUID, email: 'once', enable: true }] } }
    const calls = [
      [() => client.addClientWithCredentials(1, 'vless', { email: 'ONCE' }), 'Duplicate email: ONCE'],
      [() => client.addClientWithCredentials(2, 'trojan', { email: 'once' }), inUse],
      [() => client.addClient(raw), inUse],
      [() => client.updateClientWithCredentials(credentials.id, 1, { email: 'other' }), 'Duplicate email: other'],
    ]
    for (const [call, words] of calls) {
      const { success, msg } = await call()
      assert.deepEqual({ success, msg }, { success: false, msg: `Something went wrong (${words}\n)` }, String(call))
      assert.equal(JSON.stringify(panel.inbounds), stored)
    }
  })

  test(`a duplicate identifier is the panel's own answer, and changes nothing: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    await client.addClientWithCredentials(1, 'vless', { email: 'once' })
    const stored = JSON.stringify(panel.inbounds)
    const again = await client.addClientWithCredentials(1, 'vless', { email: 'once' })
    assert.equal(again.success, false)
    const words = { '2.8.11': 'Duplicate email: once', HEAD: 'email already in use: once' }[version]
    assert.equal(again.msg, `Something went wrong (${words}\n)`)
    assert.equal(JSON.stringify(panel.inbounds), stored)
  })

  test(`several clients with one bad among them are stored all or none: ${version}`, async (t) => {
    const { panel, client } = await loggedIn(t, version)
    const clientOf = (email) => ({ id: client.generateUUID(), email, enable: true })
    await client.addClient({ id: 1, settings: { clients: [clientOf('there')] } })
    for (const emails of [['new-1', 'there', 'new-2'], ['twice', 'other', 'twice'], ['Twice', 'twice']]) {
      const answer = await client.addClient({ id: 1, settings: { clients: emails.map(clientOf) } })
      assert.equal(answer.success, false, emails.join())
      assert.deepEqual(panel.inbounds[0].settings.clients.map(({ email }) => email), ['there'])
    }
  })

  test(`the traffic of an unknown client is a success with nothing in it: ${version}`, async (t) => {
    const { client } = await loggedIn(t, version)
    const { success, obj } = await client.getClientTrafficsByEmail('nobody')
    assert.deepEqual({ success, obj }, { success: true, obj: null })
    assert.deepEqual((await client.getClientTrafficsById(UUID)).obj, [])
  })
}
