/*
 * The builders of inbounds, beside the original's: the same calls give the same configuration, but for two things
 * that are ours on purpose. An inbound that was built is on, and its clients have a flow only where it works.
 */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { clientOf, onPanels } from './support/wire.mjs'

const Original = createRequire(import.meta.url)('3xui-api-client')
const { ProtocolBuilder, BaseBuilder, VLESSBuilder } = ThreeXUI

const KEYS = { privateKey: 'a-private-key', publicKey: 'a-public-key' }
const CERTIFICATES = [{ certificate: ['-----BEGIN'], key: ['-----BEGIN'] }]
const CLIENT = { email: 'a@b', limitIp: 2, totalGB: 5, expiryTime: 1_900_000_000_000, enable: false, subId: 'sub' }
const VISION = 'xtls-rprx-vision'

/** By name: a chain of calls, for the builders of either library. */
const CHAINS = {
  'every method of all builders': ({ vless }) => vless().remark('a').port(443).listen('127.0.0.1').enable(false),
  'the defaults of listen and enable': ({ vless }) => vless().listen().enable(),
  'a port out of a range of one': ({ vless }) => vless().randomPort(5000, 5000),

  'vless as it begins': ({ vless }) => vless(),
  'vless with a client': ({ vless }) => vless().addClient(),
  'vless with two clients and their options': ({ vless }) => vless().addClient(CLIENT).addClient({ email: 'c' }),
  'vless with reality': ({ vless }) => vless().reality().addClient(),
  'vless with reality and its options': ({ vless }) =>
    vless().reality({ keys: KEYS, dest: 'b:443', serverNames: ['b'], shortIds: ['ab'], fingerprint: 'firefox' }),
  'vless with tls': ({ vless }) => vless().tls().addClient(),
  'vless with tls and its files': ({ vless }) => vless().tls({ serverName: 'a', certFile: '/c', keyFile: '/k' }),
  'vless with tls and its certificates': ({ vless }) => vless().tls({ certificates: CERTIFICATES }),
  'vless over websocket': ({ vless }) => vless().websocket().addClient(),
  'vless over websocket with options': ({ vless }) => vless().websocket({ path: '/w', headers: { Host: 'h' } }),
  'vless over http2': ({ vless }) => vless().http2(),
  'vless over http2 with options': ({ vless }) => vless().http2({ path: '/h', host: ['h'] }),
  'vless over grpc': ({ vless }) => vless().grpc(),
  'vless over grpc with options': ({ vless }) => vless().tls().grpc({ serviceName: 's' }).addClient({ flow: VISION }),
  'vless over a network by name': ({ vless }) => vless().network('kcp'),
  'a flow for the clients so far': ({ vless }) => vless().tls().addClient().flow('f').addClient({ flow: 'own' }),
  'a flow without clients': ({ vless }) => vless().flow('f'),
  'a flow taken away': ({ vless }) => vless().reality({ keys: KEYS }).addClient().flow(''),

  'vmess as it begins': ({ vmess }) => vmess(),
  'vmess with clients': ({ vmess }) => vmess().addClient().addClient({ ...CLIENT, level: 1, alterId: 2 }),
  'vmess over websocket with tls': ({ vmess }) => vmess().websocket({ path: '/w' }).tls({ serverName: 'a' }),
  'vmess over a network by name': ({ vmess }) => vmess().network('grpc'),

  'trojan as it begins': ({ trojan }) => trojan(),
  'trojan with clients': ({ trojan }) => trojan().addClient().addClient({ ...CLIENT, level: 1, passwordLength: 24 }),
  'trojan with tls': ({ trojan }) => trojan().tls({ certFile: '/c', keyFile: '/k' }),
  'trojan with fallbacks': ({ trojan }) => trojan().fallbacks([{ dest: 80 }]),

  'shadowsocks as it begins': ({ shadowsocks }) => shadowsocks(),
  'shadowsocks with its options': ({ shadowsocks }) => shadowsocks().method('aes-128-gcm').network('tcp').password('p'),
  'shadowsocks with a password made': ({ shadowsocks }) => shadowsocks().password(),
  'shadowsocks with a password of a length': ({ shadowsocks }) => shadowsocks().generatePassword(30),
  'shadowsocks with a password of the usual length': ({ shadowsocks }) => shadowsocks().generatePassword(),

  'wireguard as it begins': ({ wireguard }) => wireguard(),
  'wireguard with keys made': ({ wireguard }) => wireguard().serverKeys().addPeer(),
  'wireguard with keys given': ({ wireguard }) =>
    wireguard().serverKeys(KEYS).addPeer({ keys: KEYS, allowedIPs: ['10.9.0.2/32'], keepAlive: 5 }),
  'wireguard with one address': ({ wireguard }) => wireguard().address('10.1.0.1/24').mtu(1300),
  'wireguard with addresses': ({ wireguard }) => wireguard().address(['10.1.0.1/24', 'fd00::1/64']),
}

for (const [name, chain] of Object.entries(CHAINS)) {
  test(`built as the original builds it: ${name}`, () => {
    const theirs = chain(Original.ProtocolBuilder)
    const ours = chain(ProtocolBuilder)
    assert.equal(text(ours.config), text(theirs.config), 'the configuration before it is built')
    const [built, wanted] = [ours.build(), asOurs(theirs.build())]
    assert.equal(text(built), text(wanted), 'what is built')
    assert.deepEqual(kinds(built), kinds(wanted), 'settings are text, and what is no setting is not')
  })
}

/** By template: options to try it with. */
const TEMPLATES = {
  vlessReality: [undefined, {}, { remark: 'r', dest: 'b:443', serverNames: ['b'], client: CLIENT }],
  vmessWsTls: [
    undefined,
    { remark: 'r', port: 8443, path: '/p', serverName: 's', certFile: '/c', keyFile: '/k', client: CLIENT },
  ],
  trojanTls: [undefined, { remark: 'r', port: 8443, serverName: 's', certFile: '/c', keyFile: '/k', client: CLIENT }],
  shadowsocks: [undefined, { remark: 'r', method: 'aes-256-gcm', passwordLength: 24 }],
}

for (const [name, tries] of Object.entries(TEMPLATES)) {
  test(`the template ${name} gives what the original's gives`, () => {
    for (const options of tries) {
      const theirs = Original.ProtocolBuilder.templates[name](options)
      assert.equal(text(ProtocolBuilder.templates[name](options)), text(asOurs(theirs)), JSON.stringify(options))
    }
  })
}

test('there is no template of the original that is not tried here, and none is missing', () => {
  assert.deepEqual(Object.keys(ProtocolBuilder.templates), Object.keys(Original.ProtocolBuilder.templates))
  assert.deepEqual(Object.keys(TEMPLATES), Object.keys(Original.ProtocolBuilder.templates))
})

test('an inbound that was built is on, unless it was switched off', () => {
  assert.equal(ProtocolBuilder.trojan().build().enable, true)
  assert.equal(ProtocolBuilder.trojan().enable(false).build().enable, false)
})

test('a flow is built only where the inbound can carry it, and stays in the configuration', () => {
  const flowOf = (builder) => JSON.parse(builder.build().settings).clients[0].flow
  const vless = () => ProtocolBuilder.vless().addClient()
  assert.equal(flowOf(vless().reality()), VISION)
  assert.equal(flowOf(vless().tls()), VISION)
  assert.equal(flowOf(vless()), '')
  assert.equal(flowOf(vless().tls().websocket()), '')
  assert.equal(flowOf(vless().tls().grpc()), '')
  assert.equal(vless().config.settings.clients[0].flow, VISION)
})

test('no two builds share a secret', () => {
  const secrets = Array.from({ length: 20 }, () => {
    const { config } = ProtocolBuilder.vless().reality().addClient()
    const [{ id, subId }] = config.settings.clients
    return [id, subId, config.streamSettings.realitySettings.privateKey]
  }).flat()
  assert.equal(new Set(secrets).size, secrets.length)
})

test('the configuration can be read and changed between two calls', () => {
  const builder = ProtocolBuilder.vless().addClient({ email: 'first' })
  builder.config.settings.clients[0].comment = 'changed by hand'
  builder.config.sniffing = { enabled: true }
  builder.addClient({ email: 'second' }).config.settings.clients.reverse()

  const built = builder.build()
  const { clients } = JSON.parse(built.settings)
  assert.deepEqual(
    clients.map(({ email, comment }) => [email, comment]),
    [
      ['second', undefined],
      ['first', 'changed by hand'],
    ],
  )
  assert.deepEqual(built.sniffing, { enabled: true })
})

test('building leaves the configuration as it is, so that it can go on', () => {
  const builder = ProtocolBuilder.vmess().addClient({ email: 'first' })
  const before = text(builder.config)
  const first = builder.build()
  assert.equal(text(builder.config), before)
  assert.equal(JSON.parse(first.settings).clients.length, 1)
  assert.equal(JSON.parse(builder.addClient().build().settings).clients.length, 2)
})

test('a builder can be extended, and its own methods are chained', () => {
  class Office extends VLESSBuilder {
    constructor() {
      super()
      this.remark('office')
    }

    staff(...names) {
      for (const email of names) this.addClient({ email })
      return this
    }

    build() {
      return { ...super.build(), tag: 'office' }
    }
  }
  const built = new Office().staff('ann', 'bob').port(443).build()
  assert.deepEqual([built.remark, built.port, built.protocol, built.tag], ['office', 443, 'vless', 'office'])
  assert.deepEqual(
    JSON.parse(built.settings).clients.map(({ email }) => email),
    ['ann', 'bob'],
  )
})

test('a method that was replaced is what the other methods call', () => {
  const builderOf = (Builder) =>
    new (class extends Builder {
      port(port) {
        return super.port(port + 1)
      }

      network(network) {
        return super.network(`my-${network}`)
      }
    })()
  const calls = (Builder) => builderOf(Builder).port(1).websocket().config
  assert.equal(text(calls(VLESSBuilder)), text(calls(Original.VLESSBuilder)))
})

test('a builder of a protocol that has none is made from the base, which changes nothing it was given', () => {
  const dokodemo = (Base) =>
    new (class extends Base {
      constructor() {
        super()
        this.config = { protocol: 'dokodemo-door', settings: { address: '1.1.1.1', port: 53 } }
      }

      build() {
        const built = super.build()
        return { ...built, settings: JSON.stringify(built.settings) }
      }
    })()
  const [ours, theirs] = [BaseBuilder, Original.BaseBuilder].map((Base) => dokodemo(Base).port(53).build())
  assert.equal(text(ours), text({ ...theirs, enable: true }))
})

test('builders are what they are called', () => {
  const builders = { vless: 'VLESS', vmess: 'VMESS', trojan: 'Trojan', shadowsocks: 'Shadowsocks', wireguard: 'WireGuard' }
  for (const [protocol, prefix] of Object.entries(builders)) {
    const builder = ProtocolBuilder[protocol]()
    assert.ok(builder instanceof ThreeXUI[`${prefix}Builder`], protocol)
    assert.ok(builder instanceof BaseBuilder, protocol)
    assert.equal(builder.constructor.name, `${prefix}Builder`)
  }
})

onPanels('a panel takes every inbound that was built', async (panel) => {
  const client = clientOf(panel)
  const { templates } = ProtocolBuilder
  const wanted = [
    templates.vlessReality({ client: { email: 'reality' } }),
    templates.vmessWsTls({ port: 20001, client: { email: 'ws' } }),
    templates.trojanTls({ port: 20002, client: { email: 'trojan' } }),
    templates.shadowsocks(),
    ProtocolBuilder.vless().remark('plain').port(20003).addClient({ email: 'plain' }).build(),
    ProtocolBuilder.vless().remark('grpc').port(20004).tls().grpc().addClient({ email: 'grpc' }).build(),
    ProtocolBuilder.wireguard().remark('wireguard').port(20005).serverKeys().addPeer().build(),
  ]
  for (const inbound of wanted) {
    const { success, msg } = await client.addInbound(inbound)
    assert.equal(success, true, `${inbound.remark}: ${msg}`)
  }

  assert.deepEqual(
    panel.inbounds.map(({ remark, port, enable }) => [remark, port, enable]),
    wanted.map(({ remark, port }) => [remark, port, true]),
  )
  const flows = panel.inbounds.flatMap(({ settings }) => settings.clients ?? []).map(({ email, flow }) => [email, flow])
  assert.equal(Object.fromEntries(flows).reality, VISION)
  assert.ok(!Object.fromEntries(flows).plain && !Object.fromEntries(flows).grpc, 'no flow where it would not work')
})

/** What was built by the original with what is ours on purpose. */
function asOurs(built) {
  const settings = JSON.parse(built.settings)
  const { network, security } = JSON.parse(built.streamSettings ?? '{}')
  if (network !== 'tcp' || !['tls', 'reality'].includes(security)) {
    for (const client of settings.clients ?? []) if ('flow' in client) client.flow = ''
  }
  const enable = built.enable ?? true
  return { ...built, settings: JSON.stringify(settings), enable }
}

/** As text, so that the order of the members counts; with names for what is random. */
function text(config) {
  return JSON.stringify(config, (name, value) => {
    if (typeof value !== 'string' || !/^(settings|streamSettings)$/.test(name)) return named(name, value)
    return JSON.parse(value)
  })
}

const kinds = (built) => Object.entries(built).map(([name, value]) => [name, typeof value])

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const RANDOM = {
  id: [UUID],
  subId: [UUID],
  email: [/^client_[0-9a-z]{5,6}\d{4}$/],
  password: [/^[2-9A-HJ-NP-Za-km-z]{16,}$/],
  privateKey: [/^[\w-]{43}$/, /^[A-Za-z0-9+/]{43}=$/],
  publicKey: [/^[\w-]{43}$/, /^[A-Za-z0-9+/]{43}=$/],
  secretKey: [/^[A-Za-z0-9+/]{43}=$/],
}

function named(name, value) {
  if (name === 'port' && value >= 10_000) return 'a random port'
  const at = typeof value === 'string' ? (RANDOM[name] ?? []).findIndex((shape) => shape.test(value)) : -1
  if (at < 0) return value
  return name === 'email' ? 'a random email' : `a random ${name} of ${value.length}, shape ${at}`
}
