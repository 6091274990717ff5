/*
 * The original's surface, walked at run time: whatever a program can find there by name it finds here, of the same
 * kind and as open to change. What is left out is said below, with the reason; what is no longer left out may not
 * stay there.
 */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import ImportedByDefault, * as imported from '3xui-native'

const require = createRequire(import.meta.url)
const ThreeXUI = require('3xui-native')
const Original = require('3xui-api-client')

const URL = 'http://127.0.0.1:1'
const make = (Client) => new Client(URL, { token: 'token' })

/** What a client of the original has and ours does not, and why. */
const LEFT_OUT = {
  'SecurityEnhancer.SecurityMonitor#_prune': 'the core forgets what is old by itself',
  'monitor._prune': 'the same',
  'monitor.maxRequestsPerMinute': 'the monitor is the core’s: what it keeps is told by getStats',
  'monitor.maxLoginAttemptsPerHour': 'the same',
  'monitor.requestLog': 'the same',
  'monitor.loginLog': 'the same',
  'monitor.blockedIPs': 'the same',
  'monitor.activities': 'the same',
  'memoryStore.cache': 'the sessions are kept by the core, where the client finds them without a detour',
  'memoryStore.timers': 'there are none: a session ends by its time',
  'redisStore._getKey': 'a prefix and a key need no function between them',
  'databaseStore.tableName': 'an option, and found out where it is not given: not known before the first query',
  'databaseStore.keyColumn': 'the same',
  'databaseStore.valueColumn': 'the same',
  'databaseStore.expiresColumn': 'the same',
}

/** Objects that programs hold, made by either library. */
const HELD = {
  client: make,
  manager: ({ SessionManager }) => new SessionManager(),
  memoryStore: ({ createSessionManager }) => createSessionManager().store,
  redisStore: ({ createSessionManager }) => createSessionManager({ redis: {} }).store,
  databaseStore: ({ createSessionManager }) => createSessionManager({ database: { query() {} } }).store,
  customStore: ({ createSessionManager }) => createSessionManager({ customHandler: { getSession() {}, setSession() {} } }).store,
  monitor: ({ SecurityEnhancer }) => new SecurityEnhancer.SecurityMonitor(),
  vless: ({ ProtocolBuilder }) => ProtocolBuilder.vless(),
  vmess: ({ ProtocolBuilder }) => ProtocolBuilder.vmess(),
  trojan: ({ ProtocolBuilder }) => ProtocolBuilder.trojan(),
  shadowsocks: ({ ProtocolBuilder }) => ProtocolBuilder.shadowsocks(),
  wireguard: ({ ProtocolBuilder }) => ProtocolBuilder.wireguard(),
  wireguardKeys: ({ CredentialGenerator }) => CredentialGenerator.generateWireGuardKeys(),
  realityKeys: ({ CredentialGenerator }) => CredentialGenerator.generateRealityKeys(),
  hook: ({ createReactHook }) => createReactHook(),
  routes: ({ createNextjsRoutes }) => createNextjsRoutes({ baseURL: URL, username: 'admin', password: 'admin' }),
}

/** Every function and class has these. */
const OF_ALL = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'constructor'])

const namesOf = (object) => Object.getOwnPropertyNames(object).filter((name) => !OF_ALL.has(name))

/** What can be found by name on an object, its classes included and those of the language left out. */
function namesOn(object) {
  const names = new Set()
  for (let at = object; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of namesOf(at)) names.add(name)
  }
  return [...names]
}

/** An own property or an inherited one. */
function describe(object, name) {
  for (let at = object; at; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, name)
    if (found) return found
  }
}

/** Everything that hangs on a library's export: `[path, descriptor, holder]`, classes with their prototypes. */
function* surfaceOf(holder, path = '', depth = 0) {
  for (const name of namesOf(holder)) {
    const at = path ? `${path}.${name}` : name
    yield [at, holder, name]
    const value = holder[name]
    if (depth > 2 || value === null || !['object', 'function'].includes(typeof value)) continue
    yield* surfaceOf(value, at, depth + 1)
    if (typeof value === 'function' && value.prototype) {
      for (const inherited of namesOn(value.prototype)) yield [`${at}#${inherited}`, value.prototype, inherited]
    }
  }
}

/** The same place here, for a path of the original's surface. */
function placeOf(path) {
  const parts = path.split(/([.#])/)
  const name = parts.pop()
  let holder = ThreeXUI
  const by = parts.pop()
  for (let index = 0; index < parts.length; index += 2) holder = holder?.[parts[index]]
  if (by === '#') holder = holder?.prototype
  return [holder, name]
}

const isMissing = (holder, name) => holder === undefined || holder === null || !(name in holder)

test('everything that hangs on the original’s export hangs on ours, and is of the same kind', () => {
  const missing = []
  for (const [path, holder, name] of surfaceOf(Original)) {
    const [ours, at] = placeOf(path)
    if (isMissing(ours, at)) missing.push(path)
    else if (path in LEFT_OUT) assert.fail(`${path} is there: take it off the list`)
    else assert.equal(typeof ours[at], typeof holder[name], path)
  }
  assert.deepEqual(missing.filter((path) => !(path in LEFT_OUT)), [], 'missing from the export')
})

test('every method of the original’s client is one of ours, to be replaced and deleted as freely', () => {
  const missing = []
  for (const name of namesOf(Original.prototype)) {
    const ours = describe(ThreeXUI.prototype, name)
    if (!ours) {
      missing.push(`client.${name}`)
      continue
    }
    const { writable, enumerable, configurable, value } = Object.getOwnPropertyDescriptor(Original.prototype, name)
    assert.equal(typeof ours.value, typeof value, name)
    const { writable: w, enumerable: e, configurable: c } = ours
    assert.deepEqual({ w, e, c }, { w: writable, e: enumerable, c: configurable }, `attributes of ${name}`)
    assert.equal(ours.value.name, name)
  }
  assert.deepEqual(missing.filter((path) => !(path in LEFT_OUT)), [], 'missing methods')
})

test('what programs hold has the members that the original’s has', () => {
  const missing = []
  for (const [what, hold] of Object.entries(HELD)) {
    const [theirs, ours] = [hold(Original), hold(ThreeXUI)]
    for (const name of namesOn(theirs)) {
      const path = `${what}.${name}`
      if (!(name in ours)) missing.push(path)
      else if (path in LEFT_OUT) assert.fail(`${path} is there: take it off the list`)
      else assert.equal(typeof ours[name], typeof theirs[name], path)
    }
  }
  assert.deepEqual(missing.filter((path) => !(path in LEFT_OUT)), [], 'missing members')
})

test('the list of what is left out names nothing that the original does not have', () => {
  const known = new Set([...surfaceOf(Original)].map(([path]) => path))
  for (const [what, hold] of Object.entries(HELD)) {
    for (const name of namesOn(hold(Original))) known.add(`${what}.${name}`)
  }
  assert.deepEqual(Object.keys(LEFT_OUT).filter((path) => !known.has(path)), [])
})

test('a new client has the original’s values in its properties, and takes others', () => {
  const [theirs, ours] = [Original, ThreeXUI].map((Client) => new Client(URL, 'admin', 'admin'))
  const plain = Object.keys(theirs).filter((name) => theirs[name] === null || !['object', 'function'].includes(typeof theirs[name]))
  for (const name of plain.filter((each) => each in ours)) assert.equal(ours[name], theirs[name], name)
  const assigned = { baseURL: 'http://127.0.0.1:2', username: 'root', password: 'better', csrfToken: 'c', cookie: 'a=b', token: 't' }
  Object.assign(assigned, { loginRetryCount: 1, maxLoginRetries: 5, loginRetryBackoff: 9, panelType: 'modern' })
  for (const [name, value] of Object.entries(assigned)) {
    ours[name] = value
    assert.equal(ours[name], value, name)
  }
  for (const name of ['options', 'securityMonitor', 'isDevelopment', 'sessionManager', 'api']) {
    const value = ours[name]
    ours[name] = value
    assert.equal(ours[name], value, name)
  }
})

test('classes, functions and namespaces of the export can be replaced, as a test of a program does', () => {
  for (const name of namesOf(Original)) {
    const { writable, enumerable } = Object.getOwnPropertyDescriptor(ThreeXUI, name)
    assert.deepEqual({ writable, enumerable }, { writable: true, enumerable: true }, name)
  }
  for (const [path, holder, name] of surfaceOf(Original)) {
    if (!path.includes('.') || path.includes('#')) continue
    const theirs = Object.getOwnPropertyDescriptor(holder, name)
    const [ours, at] = placeOf(path)
    const found = describe(ours, at)
    assert.equal(Boolean(found.writable || found.set), Boolean(theirs.writable || theirs.set), `${path} is writable`)
    assert.equal(found.configurable, theirs.configurable, `${path} is configurable`)
  }
})

// --- Kinds of functions -------------------------------------------------------------------------------------------

/** What a call comes to: `throws`, `promise`, or the type that it returns. */
function outcomeOf(object, name, args) {
  try {
    const value = object[name](...args)
    if (typeof value?.then !== 'function') return typeof value
    value.catch(() => {})
    return 'promise'
  } catch {
    return 'throws'
  }
}

const inbound = { remark: 'a', port: 4443, protocol: 'vless', settings: { clients: [] } }
const raw = { id: 1, settings: JSON.stringify({ clients: [{ id: 'a', email: 'a' }] }) }

/** Arguments with which a call can be made, where one id and an object will not do. */
const ARGUMENTS = {
  _request: ['get', '/panel/api/inbounds/list'],
  _retryAfterRelogin: ['get', '/panel/api/inbounds/list', {}, {}, {}],
  _isStaleSessionError: [{}],
  _looksLikeLoginPage: ['<html>'],
  _buildRequestHeaders: ['post'],
  _parseClientIps: ['No IP Record'],
  addInbound: [inbound],
  updateInbound: [1, inbound],
  importInbounds: [[inbound]],
  addClient: [raw],
  updateClient: ['a', raw],
  addModernClient: [{ client: { email: 'a' }, inboundIds: [1] }],
  bulkCreateModernClients: [[{ client: { email: 'a' }, inboundIds: [1] }]],
  addClientWithCredentials: [1, 'vless', {}],
  generateCredentials: ['vless'],
  generateBulkCredentials: ['vless', 2],
  generateUUID: [],
  generatePassword: [16],
  generatePort: [1, 2],
  validateCredentials: [{}, 'vless'],
  validateCredentialStrength: ['secret', 'password'],
  getCPUHistory: [60],
  getPanelLogs: [10],
  getXrayLogs: [10],
  installXray: ['v25.8.29'],
  updateGeofile: ['geoip.dat'],
  getNewEchCert: ['site.example'],
  importDB: [{}],
  manageWarp: ['data'],
  resetOutboundsTraffic: [],
  getPagedClients: [],
  getNodeHistory: [1, 'cpu', 60],
  deleteClientByEmail: [1, 'a'],
  resetClientTraffic: [1, 'a'],
  deleteClient: [1, 'a'],
}

const callable = namesOf(Original.prototype).filter((name) => name in ThreeXUI.prototype)

test('a call that could be made gives a promise where the original gives one, and a value where it gives a value', (t) => {
  quiet(t)
  for (const name of callable) {
    const args = ARGUMENTS[name] ?? ['1', {}]
    assert.equal(outcomeOf(make(ThreeXUI), name, args), outcomeOf(make(Original), name, args), name)
  }
})

/** Where the original throws at once because it stumbles, and not because it checks. */
const STUMBLES = {
  addModernClient: 'rejects: the client is checked where it is taken apart',
  importDB: 'rejects: a form that is none is refused where it is read',
  validateCredentialStrength: 'answers that it is weak',
}

test('a call without its arguments throws at once where the original throws at once', (t) => {
  quiet(t)
  for (const name of callable) {
    if (outcomeOf(make(Original), name, []) !== 'throws') continue
    const ours = outcomeOf(make(ThreeXUI), name, [])
    if (name in STUMBLES) assert.notEqual(ours, 'throws', `${name} throws: take it off the list`)
    else assert.equal(ours, 'throws', name)
  }
})

/** The original writes to the console what it could not send. */
function quiet(t) {
  for (const level of ['log', 'warn', 'error']) t.mock.method(console, level, () => {})
}

// --- Ways to import -----------------------------------------------------------------------------------------------

test('whichever way it is imported, it is the same class with the same names', async () => {
  assert.equal(ImportedByDefault, ThreeXUI)
  assert.equal(imported.default, ThreeXUI)
  assert.equal(imported.ThreeXUI, ThreeXUI)
  assert.equal(ThreeXUI.default, ThreeXUI)
  assert.equal(ThreeXUI.ThreeXUI, ThreeXUI)
  assert.equal((await import('3xui-native')).default, ThreeXUI)
  for (const name of namesOf(Original)) assert.equal(imported[name], ThreeXUI[name], `import { ${name} }`)
})

test('the class is one to be extended and asked for by instanceof', () => {
  class Panel extends ThreeXUI {
    getInbounds() {
      return 'mine'
    }
  }
  const panel = make(Panel)
  assert.ok(panel instanceof ThreeXUI)
  assert.equal(panel.getInbounds(), 'mine')
  assert.equal(ThreeXUI.name, Original.name)
  assert.throws(() => ThreeXUI(URL), TypeError)
})
