/*
 * What Xray reads of a client. With one that it cannot read it refuses its whole configuration, and every inbound of the
 * panel is down from its next start on; panels store most of it without a word.
 */

import assert from 'node:assert/strict'

import ThreeXUI from '3xui-native'

import { errorOf } from './support/panels.mjs'
import { clientOf, onPanels } from './support/wire.mjs'

const VERSIONS = ['2.6.7', '2.8.11', '3.0.2', '3.1.0', 'HEAD']
const TCP = { network: 'tcp', security: 'none' }
const [VLESS, TROJAN, CLASSIC, EDITION_2022, HTTP, ONE_USER] = [1, 2, 3, 4, 5, 6]
const INBOUNDS = [
  { port: 4001, protocol: 'vless', settings: { clients: [], decryption: 'none' }, streamSettings: TCP },
  { port: 4002, protocol: 'trojan', settings: { clients: [] }, streamSettings: TCP },
  { port: 4003, protocol: 'shadowsocks', settings: { method: 'aes-256-gcm', password: 'p', clients: [] } },
  {
    port: 4004,
    protocol: 'shadowsocks',
    settings: { method: '2022-blake3-aes-128-gcm', password: 'AAAAAAAAAAAAAAAAAAAAAA==', clients: [] },
  },
  { port: 4005, protocol: 'http', settings: { accounts: [] } },
  { port: 4006, protocol: 'shadowsocks', settings: { method: 'aes-256-gcm', password: 'p' } },
]
const onAll = (name, body) => onPanels(name, body, { versions: VERSIONS, inbounds: INBOUNDS })
const stored = (panel, id, email) => panel.inbounds[id - 1].settings.clients.find((each) => each.email === email)

onAll('a client of a 2022 inbound has no cipher of its own, and a key that fits', async (panel) => {
  const client = clientOf(panel)
  const byProtocol = await client.addClientWithCredentials(EDITION_2022, 'shadowsocks2022', { email: 'a' })
  const byName = await client.addClientWithCredentials(EDITION_2022, 'shadowsocks', { email: 'b' })
  const method = '2022-blake3-aes-128-gcm'
  const password = client.generateShadowsocks2022Password?.(method) ?? 'AAAAAAAAAAAAAAAAAAAAAA=='
  const entry = (email) => ({ email, password, method, enable: true })
  await client.addClient({ id: EDITION_2022, settings: { clients: [entry('c')] } })
  await client.addClient({ id: EDITION_2022, settings: { clients: [{ ...entry('d'), method: 'aes-256-gcm' }] } })
  await client.addModernClient({ client: entry('e'), inboundIds: [EDITION_2022] })
  for (const email of ['a', 'b', 'c', 'd', 'e']) {
    assert.equal(stored(panel, EDITION_2022, email)?.method || '', '', email)
  }
  for (const { credentials } of [byProtocol, byName]) {
    assert.equal(credentials.method, method, 'the caller is told the cipher that counts')
    assert.equal(stored(panel, EDITION_2022, credentials.email).password, credentials.password)
  }
})

onAll('a client of a classic Shadowsocks inbound always has a cipher', async (panel) => {
  const client = clientOf(panel)
  await client.addClientWithCredentials(CLASSIC, 'shadowsocks', { email: 'a' })
  const entry = (email) => ({ email, password: 'secret-1', enable: true })
  await client.addClient({ id: CLASSIC, settings: { clients: [entry('b')] } })
  await client.addModernClient({ client: entry('c'), inboundIds: [CLASSIC] })
  await client.updateClient('b', { id: CLASSIC, settings: { clients: [{ ...entry('b'), limitIp: 2 }] } })
  await Promise.all(['d', 'e', 'f'].map((email) => client.addClient({ id: CLASSIC, settings: { clients: [entry(email)] } })))
  for (const email of ['a', 'b', 'c', 'd', 'e', 'f']) {
    assert.match(stored(panel, CLASSIC, email)?.method ?? 'none stored', /^(aes-256-gcm|chacha20-ietf-poly1305)$/, email)
  }
})

onAll('a protocol that is not the inbound’s is refused, and nothing is stored', async (panel) => {
  const client = clientOf(panel)
  const before = JSON.stringify(panel.inbounds)
  for (const [id, protocol, message] of [
    [VLESS, 'trojan', 'Invalid protocol: inbound 1 is vless, not trojan'],
    [VLESS, 'vmess', 'Invalid protocol: inbound 1 is vless, not vmess'],
    [TROJAN, 'vless', 'Invalid protocol: inbound 2 is trojan, not vless'],
    [TROJAN, 'shadowsocks2022', 'Invalid protocol: inbound 2 is trojan, not shadowsocks2022'],
    [CLASSIC, 'shadowsocks2022', 'Invalid method: inbound 3 has aes-256-gcm, not one of 2022'],
    [HTTP, 'http', 'Invalid inboundId: inbound 5 is http, for which panels keep no clients'],
    [ONE_USER, 'shadowsocks', /^Invalid inboundId: inbound 6 is shadowsocks for one user/],
  ]) {
    const error = await errorOf(() => client.addClientWithCredentials(id, protocol, { email: 'x' }))
    assert.ok(error instanceof ThreeXUI.ValidationError, `${protocol} into ${id}: ${error}`)
    if (message instanceof RegExp) assert.match(error.message, message)
    else assert.equal(error.message, message)
  }
  assert.equal(JSON.stringify(panel.inbounds), before)
})

onAll('an id that Xray cannot read is refused before it is sent; a short one is not', async (panel) => {
  const client = clientOf(panel)
  await client.getInbounds()
  const before = panel.requests.length
  for (const id of ['x'.repeat(31), 'ecc322b8-a458-4583-ac98-e343aefb5acX', 'ü'.repeat(16)]) {
    const entry = { id, email: 'a', enable: true }
    const settings = { clients: [entry] }
    for (const make of [
      () => client.addClient({ id: VLESS, settings }),
      () => client.updateClient('ecc322b8-a458-4583-ac98-e343aefb5ac5', { id: VLESS, settings }),
      () => client.addModernClient({ client: entry, inboundIds: [VLESS] }),
      () => client.updateModernClient('a', { id }),
      () => client.bulkCreateModernClients([{ client: entry, inboundIds: [VLESS] }]),
      () => client.addInbound({ port: 4100, protocol: 'vmess', settings }),
    ]) {
      const error = await errorOf(make)
      assert.ok(error instanceof ThreeXUI.ValidationError, `${make}: ${error}`)
      assert.match(error.message, /^Invalid id: must be a UUID or at most 30 bytes of other text/)
      assert.ok(!error.message.includes(id), 'a credential is not repeated')
    }
  }
  assert.equal(panel.requests.length, before, 'nothing was sent')
  const { success } = await client.addClient({ id: VLESS, settings: { clients: [{ id: 'short', email: 'a' }] } })
  assert.equal(success, true)
  assert.equal(stored(panel, VLESS, 'a').id, 'short')
})

onAll('a flow that Xray has forgotten is refused in an entry', async (panel) => {
  const client = clientOf(panel)
  const entry = { id: client.generateUUID(), email: 'a', flow: 'xtls-rprx-splice' }
  const error = await errorOf(() => client.addClient({ id: VLESS, settings: { clients: [entry] } }))
  assert.match(error.message, /^Invalid flow: must be xtls-rprx-vision or empty/)
})

onAll('a client of Trojan has no flow, and a reverse proxy has a tag', async (panel) => {
  const client = clientOf(panel)
  await client.getInbounds()
  const before = panel.requests.length
  const trojan = { password: 'secret-1', email: 'a', flow: 'xtls-rprx-vision' }
  const reverse = { id: client.generateUUID(), email: 'a', reverse: { tag: '' } }
  for (const [make, message] of [
    [() => client.addClient({ id: TROJAN, settings: { clients: [trojan] } }), /^Invalid flow: must be empty for a client of Trojan/],
    [() => client.addModernClient({ client: trojan, inboundIds: [TROJAN] }), /^Invalid flow: must be empty/],
    [
      () => client.addInbound({ port: 4101, protocol: 'trojan', settings: { clients: [trojan] } }),
      /^Invalid flow: must be empty/,
    ],
    [() => client.addClient({ id: VLESS, settings: { clients: [reverse] } }), /^Invalid reverse: must have a tag/],
  ]) {
    const error = await errorOf(make)
    assert.ok(error instanceof ThreeXUI.ValidationError, `${make}: ${error}`)
    assert.match(error.message, message)
  }
  assert.equal(panel.requests.length, before, 'nothing was sent')
})

onPanels(
  'a key that does not fit a cipher of 2022 is refused where it is the caller’s entry, and replaced where panels do that',
  async (panel) => {
    const client = clientOf(panel)
    for (const password of ['short', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', undefined]) {
      const settings = { clients: [{ email: 'a', password, enable: true }] }
      const error = await errorOf(() => client.addClient({ id: EDITION_2022, settings }))
      assert.ok(error instanceof ThreeXUI.ValidationError, `${password}: ${error}`)
      assert.match(error.message, /^Invalid password: must be a key of 16 bytes in base64/)
    }
    assert.equal(panel.inbounds[EDITION_2022 - 1].settings.clients.length, 0)
    await client.addModernClient({ client: { email: 'b', password: 'short' }, inboundIds: [EDITION_2022] })
    assert.match(stored(panel, EDITION_2022, 'b').password, /^[A-Za-z0-9+/]{22}==$/)
  },
  { versions: ['2.6.7', '2.8.11', '3.0.2'], inbounds: INBOUNDS },
)
