/*
 * `CredentialGenerator` beside the original's: for the same arguments the same shape, the same order of members, the
 * same lengths and characters, and the original's words where something is refused.
 */

import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

const { CredentialGenerator: Theirs } = createRequire(import.meta.url)('3xui-api-client')
const { CredentialGenerator: Ours, ValidationError } = ThreeXUI

const PROTOCOLS = 'vless vmess trojan shadowsocks shadowsocks2022 wireguard socks5 http dokodemo-door'.split(' ')
const OPTIONS = {
  email: 'a@b',
  flow: '',
  level: 2,
  alterId: 3,
  passwordLength: 20,
  allowedIPs: ['10.9.0.2/32'],
  keepAlive: 5,
  username: 'ann',
}

for (const protocol of [...PROTOCOLS, 'VLESS', 'Socks5']) {
  test(`credentials for ${protocol} look as the original's do`, () => {
    for (const options of [undefined, {}, OPTIONS]) {
      const [ours, theirs] = [Ours, Theirs].map((Generator) => Generator.generateForProtocol(protocol, options))
      assert.equal(shape(ours), shape(theirs), JSON.stringify(options))
    }
  })
}

test('the methods of Shadowsocks are taken as they are named', () => {
  const methods = {
    shadowsocks: Theirs.getShadowsocksCipherMethods(),
    shadowsocks2022: ['2022-blake3-aes-128-gcm', '2022-blake3-aes-256-gcm', '2022-blake3-chacha20-poly1305'],
  }
  for (const [protocol, names] of Object.entries(methods)) {
    for (const method of names) {
      const [ours, theirs] = [Ours, Theirs].map((Generator) => Generator.generateForProtocol(protocol, { method }))
      assert.equal(shape(ours), shape(theirs), method)
    }
  }
})

/** By function: lists of arguments to try it with. */
const CALLS = {
  generateUUID: [[]],
  generateSecureUUID: [[]],
  generatePassword: [[], [0], [1], [64], [undefined, {}], [24, { includeSymbols: true }]],
  generateShadowsocks2022PSK: [
    [],
    ['2022-blake3-aes-128-gcm'],
    ['2022-blake3-aes-256-gcm'],
    ['2022-blake3-chacha20-poly1305'],
  ],
  generateWireGuardKeys: [[]],
  generateRealityKeys: [[]],
  generateUsername: [[], ['ann'], [''], [5]],
  generateClientIdentifier: [[], ['ann'], [''], [5]],
  getRecommendedShadowsocksCipher: [[]],
  getShadowsocksCipherMethods: [[]],
  generatePort: [[1, 1], [65535, 65535], []],
  generateBulk: [['vless', 0], ['vless', 3], ['trojan', 2, { passwordLength: 30 }], ['vless', -1], ['gopher', 0]],
  validateCredentials: [
    [{}, 'vless'],
    [{ id: 'x' }, 'VMess'],
    [{ id: '3f2b5a7e-8d4c-4b1a-9c3d-2e1f0a9b8c7d' }, 'vless'],
    [{ password: '1234567' }, 'trojan'],
    [{ password: '12345678' }, 'shadowsocks'],
    [{}, 'shadowsocks2022'],
    [{}, 'wireguard'],
    [{ privateKey: 'a', publicKey: 'b' }, 'wireguard'],
    [{}, 'http'],
    [{}, 'gopher'],
  ],
}

for (const [name, tries] of Object.entries(CALLS)) {
  test(`${name} gives what the original's gives`, () => {
    for (const args of tries) {
      assert.equal(shape(Ours[name](...args)), shape(Theirs[name](...args)), JSON.stringify(args))
    }
  })
}

test('every static function of the original is there and can be called without its class', () => {
  const names = Object.getOwnPropertyNames(Theirs).filter((name) => typeof Theirs[name] === 'function')
  assert.deepEqual(names.filter((name) => typeof Ours[name] !== 'function'), [])
  const { generateForProtocol, generateBulk, generateWireGuardKeys } = Ours
  assert.equal(generateForProtocol('vless').encryption, 'none')
  assert.equal(generateBulk('trojan', 2).length, 2)
  assert.equal(generateWireGuardKeys().privateKey.length, 44)
})

test('what is refused is refused in the original words', () => {
  const refused = {
    generatePassword: [[8, { includeUppercase: false, includeLowercase: false, includeNumbers: false }]],
    generateShadowsocks2022PSK: [['rot13']],
    generateForProtocol: [['gopher'], ['shadowsocks2022', { method: 'rot13' }]],
    generateBulk: [['gopher', 1]],
  }
  for (const [name, tries] of Object.entries(refused)) {
    for (const args of tries) {
      const theirs = errorOf(() => Theirs[name](...args))
      const ours = errorOf(() => Ours[name](...args))
      assert.ok(ours instanceof ValidationError, `${name}: ${ours}`)
      assert.ok(ours.message.includes(theirs.message), `${name}: ${ours.message}`)
    }
  }
})

test('what the original makes nonsense of is refused', () => {
  const refused = {
    generatePassword: [[-1], ['x'], [12.7], [Number.NaN]],
    generatePort: [[0, 0], [70_000, 70_000], [1.5, 1.5]],
    generateForProtocol: [[], [5], [null]],
  }
  for (const [name, tries] of Object.entries(refused)) {
    for (const args of tries) {
      const error = errorOf(() => Ours[name](...args))
      assert.ok(error instanceof ValidationError, `${name}(${JSON.stringify(args)}): ${error}`)
      assert.match(error.stack, /generator\.test\.mjs/, 'the stack names the caller')
    }
  }
})

test('passwords are made of the characters that the original uses, all of them', () => {
  const none = { includeUppercase: false, includeLowercase: false, includeNumbers: false }
  const sets = [
    {},
    { includeSymbols: true },
    { excludeSimilar: false },
    { ...none, includeUppercase: true },
    { ...none, includeLowercase: true },
    { ...none, includeNumbers: true, excludeSimilar: false },
    { ...none, includeSymbols: true },
  ]
  const alphabet = (Generator, options) => [...new Set(Generator.generatePassword(20_000, options))].sort().join('')
  for (const options of sets) {
    assert.equal(alphabet(Ours, options), alphabet(Theirs, options), JSON.stringify(options))
  }
})

test('short ids are one to sixteen hexadecimal digits, as the original makes them', () => {
  for (let left = 200; left > 0; left--) assert.match(Ours.generateRealityShortId(), /^[0-9a-f]{1,16}$/)
})

test('ports stay within their range and reach both ends of it', () => {
  const ports = new Set(Array.from({ length: 200 }, () => Ours.generatePort(7, 9)))
  assert.deepEqual([...ports].sort(), [7, 8, 9])
})

test('key pairs belong together', () => {
  const { privateKeyBytes, publicKeyBytes } = Ours._generateX25519KeyPair()
  const pairs = [
    [privateKeyBytes.toString('base64url'), publicKeyBytes.toString('base64url')],
    [Ours.generateRealityKeys()].map(({ privateKey, publicKey }) => [privateKey, publicKey])[0],
    [Ours.generateWireGuardKeys()].map(({ privateKey, publicKey }) => [privateKey, publicKey].map(asUrl))[0],
  ]
  for (const [privateKey, publicKey] of pairs) assert.equal(publicOf(privateKey), publicKey)
})

test('what hangs on a key pair gives what the original gives', () => {
  const configs = (Generator) => {
    const [reality, wireguard] = [Generator.generateRealityKeys(), Generator.generateWireGuardKeys()]
    return [
      reality.generateRealityConfig(),
      reality.generateRealityConfig('b:443', ['b', 'c']),
      wireguard.generateClientConfig(),
      wireguard.generateClientConfig(['10.9.0.2/32']),
    ]
  }
  assert.equal(shape(configs(Ours)), shape(configs(Theirs)))
  const { privateKey, generateClientConfig } = Ours.generateWireGuardKeys()
  assert.equal(generateClientConfig().privateKey, privateKey)
})

test('one address or name in the place of a list is a list of one, and not replaced by the default', () => {
  assert.deepEqual(Ours.generateWireGuardKeys().generateClientConfig('10.9.0.2/32').allowedIPs, ['10.9.0.2/32'])
  assert.deepEqual(Ours.generateRealityKeys().generateRealityConfig('b:443', 'b').serverNames, ['b'])
})

test('clients made in bulk have identifiers of their own, even with one given for all', () => {
  const emails = (options) => Ours.generateBulk('vless', 3, options).map(({ email }) => email)
  assert.equal(new Set(emails()).size, 3)
  assert.deepEqual(emails({ email: 'team' }), ['team_1', 'team_2', 'team_3'])
})

test('a function can be replaced by a spy and restored', (t) => {
  for (const name of Object.keys(CALLS)) {
    const original = Ours[name]
    const spy = t.mock.method(Ours, name, () => 'spied')
    assert.equal(ThreeXUI.CredentialGenerator[name]('an argument'), 'spied', name)
    assert.deepEqual(spy.mock.calls[0].arguments, ['an argument'], name)
    spy.mock.restore()
    assert.equal(Ours[name], original, name)
  }
})

test('builders use what was put in the place of a function', (t) => {
  t.mock.method(Ours, 'generatePort', () => 4711)
  t.mock.method(Ours, 'generatePassword', () => 'spied')
  const { config } = ThreeXUI.ProtocolBuilder.shadowsocks().randomPort().generatePassword()
  assert.deepEqual([config.port, config.settings.password], [4711, 'spied'])
})

function errorOf(call) {
  try {
    return assert.fail(`should have been refused: ${JSON.stringify(call())}`)
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error
    return error
  }
}

const asUrl = (base64) => Buffer.from(base64, 'base64').toString('base64url')

/** The public half, as Node's own cryptography has it. */
function publicOf(privateKey) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), Buffer.from(privateKey, 'base64url')])
  return createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({ format: 'jwk' }).x
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const SHAPES = [
  ['a UUID', UUID],
  ['32 bytes in base64', /^[A-Za-z0-9+/]{43}=$/],
  ['16 bytes in base64', /^[A-Za-z0-9+/]{22}==$/],
  ['32 bytes in base64url', /^[\w-]{43}$/],
  ['an identifier', /^(client|ann|5|)_[0-9a-z]{6}\d{4}$/],
  ['a user name', /^(user|ann|5|)_[0-9a-z]{6}$/],
]

/** A value as text with names for what is random; the order of the members counts. */
function shape(value) {
  return JSON.stringify(value, (name, inner) => {
    if (typeof inner === 'number' && inner >= 10_000 && inner <= 65_535) return 'a random port'
    if (typeof inner !== 'string') return inner
    const [kind, pattern] = SHAPES.find(([, pattern]) => pattern.test(inner)) ?? []
    // The prefix of a name is no part of what is random.
    if (kind) return `${kind} ${pattern.exec(inner)[1] ?? ''}`
    return isSecret(name, inner) ? `a secret of ${inner.length}` : inner
  })
}

/** Passwords are members of credentials, or all there is. */
const isSecret = (name, text) => ['password', 'pass', ''].includes(name) && !/poly1305|gcm/.test(text)

test('each has a list of addresses of its own', () => {
  const [one, other] = ThreeXUI.CredentialGenerator.generateBulk('wireguard', 2)
  one.allowedIPs.push('10.0.0.9/32')
  const [later] = ThreeXUI.CredentialGenerator.generateBulk('wireguard', 1)
  assert.deepEqual([other.allowedIPs, later.allowedIPs], [['10.0.0.2/32'], ['10.0.0.2/32']])
})
