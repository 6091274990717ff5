'use strict'

/*
 * `CredentialGenerator`: credentials without a client, as functions that programs can call, replace and spy on.
 *
 * What is made and what is refused is the core's; here are the names, and the helpers that hang on key pairs.
 */

const native = require('./native.js')
const { checked } = require('./errors.js')
const { once } = require('./once.js')

class CredentialGenerator {
  /** A random UUID (version 4). */
  static generateUUID() {
    return native.newUuid()
  }

  /** The same: there is no insecure way any more. */
  static generateSecureUUID() {
    return native.newUuid()
  }

  /** A random password; 16 letters and digits that do not look alike, unless told otherwise. */
  static generatePassword(length = 16, options = {}) {
    return checked(() => native.newPassword(length, options), CredentialGenerator.generatePassword)
  }

  /** A key in base64 for a cipher of Shadowsocks 2022. */
  static generateShadowsocks2022PSK(method) {
    return checked(() => native.newShadowsocksKey(method), CredentialGenerator.generateShadowsocks2022PSK)
  }

  /** A key pair for WireGuard, with `generateClientConfig(allowedIPs)` on it. */
  static generateWireGuardKeys() {
    const keys = pairOf(native.newWireguardKeys())
    return { ...keys, generateClientConfig: (allowedIPs) => native.wireguardClientConfig(keys, allowedIPs) }
  }

  /** A key pair for REALITY, with `generateRealityConfig(dest, serverNames)` on it. */
  static generateRealityKeys() {
    const keys = pairOf(native.newRealityKeys())
    return { ...keys, generateRealityConfig: (dest, serverNames) => native.realityConfig(keys, dest, serverNames) }
  }

  /** The two halves of an X25519 key pair as bytes. */
  static _generateX25519KeyPair() {
    const { privateKey, publicKey } = pairOf(native.newWireguardKeys())
    return { privateKeyBytes: Buffer.from(privateKey, 'base64'), publicKeyBytes: Buffer.from(publicKey, 'base64') }
  }

  /** A user name for SOCKS and HTTP accounts: `user_k3j9x2`. */
  static generateUsername(prefix = 'user') {
    return native.newUsername(String(prefix))
  }

  /** A client identifier: `client_k3j9x21234`. */
  static generateClientIdentifier(prefix = 'client') {
    return native.newIdentifier(String(prefix))
  }

  /** The Shadowsocks cipher to take when in doubt. */
  static getRecommendedShadowsocksCipher() {
    return native.shadowsocksCiphers()[0]
  }

  /** The Shadowsocks ciphers with a password. */
  static getShadowsocksCipherMethods() {
    return native.shadowsocksCiphers()
  }

  /** A random port, 10000 to 65535 unless told otherwise. */
  static generatePort(min = 10000, max = 65535) {
    return checked(() => native.newPort(min, max), CredentialGenerator.generatePort)
  }

  /** A short id of REALITY. */
  static generateRealityShortId() {
    return native.newShortId()
  }

  /** Everything that a client of a protocol needs to connect. */
  static generateForProtocol(protocol, options = {}) {
    const given = isEmpty(options) ? undefined : options
    const made = checked(() => native.newCredentials(protocol, given), CredentialGenerator.generateForProtocol)
    return remade(this ?? CredentialGenerator, made, protocol, options ?? {})
  }

  /** The same for many clients at once; no two have the same identifier. */
  static generateBulk(protocol, count, options = {}) {
    const generator = this ?? CredentialGenerator
    if (isAsMade(generator)) {
      const given = isEmpty(options) ? undefined : options
      const table = checked(() => native.newBulkCredentials(protocol, count, given), CredentialGenerator.generateBulk)
      return listOf(table)
    }
    return Array.from({ length: count }, () => generator.generateForProtocol(protocol, options))
  }

  /** Whether credentials have what their protocol needs. */
  static validateCredentials(credentials, protocol) {
    return native.checkCredentials(credentials, protocol)
  }
}

/** The functions that credentials are made by, as they were before a program put one of its own in their place. */
const ORIGINALS = Object.fromEntries(
  [
    'generateSecureUUID',
    'generateClientIdentifier',
    'generateUsername',
    'generatePassword',
    'generateShadowsocks2022PSK',
    'generateWireGuardKeys',
    'generateForProtocol',
  ].map((name) => [name, CredentialGenerator[name]]),
)

const MAKERS = Object.keys(ORIGINALS)

const isReplaced = (generator, name) => generator[name] !== ORIGINALS[name]

/** Whether all is made natively: no program has put a function of its own in the place of ours. */
function isAsMade(generator = CredentialGenerator) {
  for (const name of MAKERS) if (generator[name] !== ORIGINALS[name]) return false
  return true
}

/** Options that say nothing need not be handed over. */
const isEmpty = (options) => typeof options === 'object' && options !== null && Object.keys(options).length === 0

/** The two halves of a key pair, which come on a line each. */
function pairOf(lines) {
  const end = lines.indexOf('\n')
  return { privateKey: lines.slice(0, end), publicKey: lines.slice(end + 1) }
}

/** What the last table began with, and what came of it: calls are alike, one after the other. */
let last = { head: null }

/** Credentials from the table that they come in; one without rows is JSON. */
function listOf(table) {
  const end = table.indexOf('\n')
  if (end === -1) return JSON.parse(table)
  const head = table.slice(0, end)
  if (head !== last.head) last = { head, ...rowsOf(head) }
  const { common, make } = last
  let at = end + 1
  const field = () => {
    const stop = table.indexOf('\n', at)
    const text = stop === -1 ? table.slice(at) : table.slice(at, stop)
    at = stop === -1 ? table.length : stop + 1
    return text
  }
  const list = []
  do list.push(make(common, field))
  while (at < table.length)
  return list
}

function rowsOf(head) {
  const { common, names } = JSON.parse(head)
  return { common, make: ROWS[names.join(' ')] }
}

/** By the fields in which rows differ. Written out, because names that are only known at run time take three times as long. */
const ROWS = {
  email: (common, field) => ({ ...common, email: field() }),
  'id email': (common, field) => ({ ...common, id: field(), email: field() }),
  'password email': (common, field) => ({ ...common, password: field(), email: field() }),
  'privateKey publicKey': (common, field) => ({
    ...common,
    privateKey: field(),
    publicKey: field(),
    // A list of its own, which programs may change.
    allowedIPs: [...common.allowedIPs],
  }),
  'user pass email': (common, field) => ({ ...common, user: field(), pass: field(), email: field() }),
}

/** Credentials with what a replaced function makes in the place of what was made natively; what was given stays. */
function remade(generator, made, protocol, options) {
  if (isAsMade(generator)) return made
  const put = (member, name, make, given = options[member]) =>
    isReplaced(generator, name) && member in made && !given ? { [member]: make() } : {}
  const length = (usual) => options.passwordLength || usual
  const keyed = String(protocol).toLowerCase() === 'shadowsocks2022'
  return {
    ...made,
    ...put('id', 'generateSecureUUID', () => generator.generateSecureUUID()),
    ...put('email', 'generateClientIdentifier', () => generator.generateClientIdentifier()),
    ...put('user', 'generateUsername', () => generator.generateUsername(), options.username),
    ...put('pass', 'generatePassword', () => generator.generatePassword(length(12))),
    ...(keyed
      ? put('password', 'generateShadowsocks2022PSK', () => generator.generateShadowsocks2022PSK(made.method))
      : put('password', 'generatePassword', () => generator.generatePassword(length(16)))),
    ...keyPair(generator, made, options),
  }
}

function keyPair(generator, made, options) {
  if (!isReplaced(generator, 'generateWireGuardKeys') || !('privateKey' in made) || options.privateKey) return {}
  const { privateKey, publicKey } = generator.generateWireGuardKeys()
  return { privateKey, publicKey }
}

module.exports = once('generator', () => ({ CredentialGenerator, isAsMade }))
