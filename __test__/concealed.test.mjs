/*
 * What is shown of the objects that programs hold, and of the errors that they get: nothing secret, whichever way it is
 * printed, copied or written as JSON. Asked for by its name, every member is what it is.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { format, inspect } from 'node:util'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { serverFor } from './support/wire.mjs'

const GATE = 'gate-password'
const PASSWORD = 'correct horse'
const TOKEN = 'token-of-the-client'
const COOKIE = '3x-ui=cookie-of-the-session'
const CSRF = 'csrf-of-the-session'
const REDIS = 'redis-password'

/** Everything that may be printed of a value, and what its copies hold. */
function shownOf(value, copies) {
  const shown = [
    inspect(value),
    inspect(value, { showHidden: true, getters: true, depth: Infinity }),
    inspect(value, { showHidden: true, getters: true, depth: Infinity, showProxy: true }),
    inspect({ nested: [value] }, { depth: 9, getters: true }),
    format('%s %o %O %j', value, value, value, value),
    String(value),
    JSON.stringify(value),
    JSON.stringify({ nested: [value] }),
  ]
  if (!copies) return shown.join('\n')
  if (typeof value === 'object' || typeof value === 'function') {
    shown.push(inspect({ ...value }, { showHidden: true, getters: true, depth: Infinity }), JSON.stringify({ ...value }))
    shown.push(JSON.stringify(Object.entries(value)), JSON.stringify(Object.assign({}, value)))
    const names = []
    for (const name in value) names.push(name)
    shown.push(names.filter((name) => typeof value[name] === 'string').map((name) => value[name]).join('\n'))
  }
  try {
    shown.push(inspect(structuredClone(value), { showHidden: true, depth: Infinity }))
  } catch (error) {
    if (error.name !== 'DataCloneError') throw error
  }
  return shown.join('\n')
}

function assertHides(value, secrets, what = '', copies = true) {
  const shown = shownOf(value, copies)
  for (const secret of secrets) assert.ok(!shown.includes(secret), `${what} shows ${secret}: ${shown}`)
}

class Connection {
  options = { password: REDIS }
  get() {}
}

const SECRETS = [GATE, PASSWORD, TOKEN, COOKIE.split('=')[1], CSRF, REDIS]

function clientsWithEverything() {
  const sessionManager = { redis: new Connection() }
  const byName = new ThreeXUI(`http://gate:${GATE}@127.0.0.1:1`, 'admin', PASSWORD, { sessionManager, token: TOKEN })
  const inPlace = new ThreeXUI(`http://gate:${GATE}@127.0.0.1:1`, { username: 'admin', password: PASSWORD, apiToken: TOKEN, sessionManager })
  class Panel extends ThreeXUI {
    apiPassword = PASSWORD
    where = `redis://user:${REDIS}@h`
  }
  const subclass = new Panel(`http://gate:${GATE}@127.0.0.1:1`, { token: TOKEN, username: 'admin', password: PASSWORD })
  const clients = { byName, inPlace, subclass }
  for (const client of Object.values(clients)) {
    client.cookie = COOKIE
    client.csrfToken = CSRF
    client.api.defaults.headers['X-Api-Key'] = PASSWORD
    client.api.defaults.headers.common['Proxy-Authorization'] = `Basic ${PASSWORD}`
  }
  return clients
}

test('a client shows none of its secrets, whichever way it was made', () => {
  for (const [how, client] of Object.entries(clientsWithEverything())) {
    // Copies of a subclass have what it has itself.
    assertHides(client, SECRETS, how, how !== 'subclass')
    assertHides({ config: { client } }, SECRETS, how, how !== 'subclass')
    const { options, sessionManager, securityMonitor, api, bulk } = client
    for (const [name, held] of Object.entries({ options, sessionManager, store: sessionManager.store, securityMonitor, api, bulk })) {
      assertHides(held, SECRETS, `${how}.${name}`)
    }
    const { defaults, interceptors } = api
    const other = api.create({ timeout: 5 })
    for (const [name, held] of Object.entries({ defaults, headers: defaults.headers, common: defaults.headers.common, interceptors, other, its: other.defaults, theirs: other.defaults.headers })) {
      assertHides(held, SECRETS, `${how}.api.${name}`, false)
    }
    // Copies have the headers that the program added to them.
    for (const held of [defaults, defaults.headers, other, other.defaults.headers]) assertHides({ ...held }, [GATE, TOKEN, COOKIE], how)
  }
})

test('a client shows whose it is, and whether it has what is secret', () => {
  const { byName, subclass } = clientsWithEverything()
  const shown = JSON.parse(JSON.stringify(byName))
  assert.deepEqual(
    [shown.baseURL, shown.username, shown.password, shown.token, shown.cookie, shown.csrfToken],
    ['http://127.0.0.1:1', 'admin', ...Array(4).fill('[redacted]')],
  )
  assert.match(inspect(byName), /^ThreeXUI \{[^]*username: 'admin'/)
  assert.match(inspect(subclass), /^Panel \{[^]*apiPassword: '\[redacted\]'/)
  const bare = new ThreeXUI('http://127.0.0.1:1', 'admin', 'admin')
  assert.deepEqual([JSON.parse(JSON.stringify(bare)).token, JSON.parse(JSON.stringify(bare)).cookie], [null, null])
  assert.equal(typeof inspect(ThreeXUI.prototype), 'string')
})

test('every member is there by its name, and takes another value', () => {
  for (const client of Object.values(clientsWithEverything())) {
    assert.equal(client.baseURL, `http://gate:${GATE}@127.0.0.1:1`)
    assert.deepEqual([client.password, client.token, client.cookie, client.csrfToken], [PASSWORD, TOKEN, COOKIE, CSRF])
    assert.equal(client.api.defaults.headers.Cookie, COOKIE)
    assert.equal(client.api.defaults.headers.Authorization, `Bearer ${TOKEN}`)
    assert.ok('Cookie' in client.api.defaults.headers)
    assert.equal(client.api.defaults.headers['X-Api-Key'], PASSWORD)
    client.api.defaults.headers.Cookie = 'a=b'
    assert.equal(client.cookie, 'a=b')
    delete client.api.defaults.headers.Cookie
    assert.equal(client.cookie, null)
  }
  const { inPlace } = clientsWithEverything()
  assert.deepEqual([inPlace.options.password, inPlace.options.apiToken], [PASSWORD, TOKEN])
  inPlace.options.password = 'another'
  assert.equal(inPlace.options.password, 'another')
  const again = new ThreeXUI('http://127.0.0.1:1', inPlace.options)
  assert.deepEqual([again.password, again.token], ['another', TOKEN])
})

test('options are taken as they are given: of a class, frozen, with members that are read when they are asked for', () => {
  class Settings {
    token = TOKEN
    get sessionManager() {
      return { type: 'memory' }
    }
  }
  const client = new ThreeXUI('http://127.0.0.1:1', new Settings())
  assert.ok(client.options instanceof Settings)
  assert.deepEqual([client.token, client.options.token, client.options.sessionManager.type], [TOKEN, TOKEN, 'memory'])
  const frozen = new ThreeXUI('http://127.0.0.1:1', Object.freeze({ token: TOKEN, isDevelopment: true }))
  assert.deepEqual([frozen.token, frozen.isDevelopment], [TOKEN, true])
  assertHides(frozen, [TOKEN])
})

test('managers and stores of sessions do not show the connection that they hold', () => {
  const connection = new Connection()
  const database = { query() {}, config: { password: REDIS, uri: `mysql://u:${REDIS}@h` } }
  const manager = ThreeXUI.createSessionManager({ redis: connection })
  assertHides(manager, [REDIS])
  assert.match(inspect(manager), /^SessionManager \{\s+sessionTTL: 3600/)
  assert.match(inspect(manager), /RedisSessionStore \{ keyPrefix: '3xui:session:'/)
  assert.match(inspect(new ThreeXUI('http://h', 'a', 'b', { sessionManager: { redis: connection } }).options), /redis: '\[Connection\]'/)
  assertHides(ThreeXUI.createDatabaseStore(database), [REDIS])
  assertHides(ThreeXUI.createSessionManager({ database }), [REDIS])
  assertHides(ThreeXUI.createSessionManager({ store: { get() {}, set() {}, delete() {}, password: REDIS } }), [REDIS], '', false)
  assert.equal(manager.store.redis, connection)
})

// --- Errors of client.api -----------------------------------------------------------------------------------------

const AGENTS = { native: () => ({}), 'an agent': (http) => ({ httpAgent: new (class extends http.Agent {})() }) }
const echo = ({ method, path, headers, body }) => JSON.stringify({ method, path, headers, body })

for (const [how, optionsOf] of Object.entries(AGENTS)) {
  test(`an error of client.api shows no secret of its request or of its answer: ${how}`, async (t) => {
    const http = await import('node:http')
    const server = await serverFor(t, (request, outgoing) =>
      outgoing.writeHead(500, { 'content-type': 'application/json', 'x-echo': request.headers.cookie, 'set-cookie': COOKIE }).end(echo(request)),
    )
    const client = new ThreeXUI(server.url.replace('//', `//gate:${GATE}@`), 'admin', PASSWORD)
    client.cookie = COOKIE
    const options = { headers: { 'X-CSRF-Token': CSRF }, ...optionsOf(http) }
    const form = new URLSearchParams({ username: 'admin', password: PASSWORD })
    for (const call of [
      () => client.api.get('/panel/x?token=abcdefgh', options),
      () => client.api.post('/login', form, options),
      () => client.api.post('/login', { password: PASSWORD }, { ...options, responseType: 'arraybuffer' }),
      () => client.api.get('/panel/x', { ...options, responseType: 'text' }),
      () => client.api.request({ url: 'http://127.0.0.1:1/', headers: { Cookie: COOKIE }, ...optionsOf(http) }),
      () => client.api.get('/panel/x', { timeout: 1, ...options, auth: { password: PASSWORD } }),
    ]) {
      const error = await call().then(() => assert.fail('it should have failed'), (e) => e)
      const secrets = [GATE, PASSWORD, form.toString().split('password=')[1], COOKIE.split('=')[1], CSRF, 'abcdefgh']
      for (const [name, value] of Object.entries({ error, config: error.config, headers: error.config.headers, request: error.request, response: error.response, data: error.response?.data })) {
        // A copy of the headers is what their names say; the request is the caller's own.
        if (name === 'config' || name === 'headers') {
          const text = [inspect(value, { showHidden: true, getters: true, depth: 9 }), JSON.stringify(value)].join()
          for (const secret of secrets) assert.ok(!text.includes(secret), `${name} shows ${secret}: ${text}`)
        } else assertHides(value, secrets, name)
      }
      assert.equal(typeof error.config.headers, 'object')
    }
  })
}

test('an error of a call that went through an interceptor shows no session, and the config can be sent again', async (t) => {
  let fails = true
  const server = await serverFor(t, (request, outgoing) => {
    if (request.path === '/csrf-token') return outgoing.writeHead(404).end()
    if (request.path === '/login') return outgoing.writeHead(200, { 'set-cookie': COOKIE, 'content-type': 'application/json' }).end('{"success":true}')
    if (fails) return outgoing.writeHead(502).end(echo(request))
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}')
  })
  const client = new ThreeXUI(server.url, 'admin', PASSWORD)
  const seen = []
  client.api.interceptors.request.use((config) => seen.push(config) && config)
  const error = await client.getInbounds().catch((e) => e)
  assert.equal(error.response.status, 502)
  assertHides(error, [PASSWORD, COOKIE.split('=')[1]])
  assert.match(inspect(error.response.data), /redacted/)
  for (const config of seen) {
    const text = [inspect(config, { showHidden: true, depth: 9 }), JSON.stringify(config)].join()
    for (const secret of [PASSWORD, new URLSearchParams({ p: PASSWORD }).toString().slice(2), COOKIE]) assert.ok(!text.includes(secret), text)
  }
  assert.equal(error.config.headers.Cookie, COOKIE)
  fails = false
  const again = await client.api.request(error.config)
  assert.equal(again.data.success, true)
  assert.equal(server.requests.at(-1).headers.cookie, COOKIE)
})

test('what a login resolves with is what it was', async (t) => {
  const panel = await startPanel({ version: 'HEAD' })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const { cookie, headers } = await client.login()
  assert.equal(cookie, client.cookie)
  assert.ok(headers['set-cookie'].some((each) => each.startsWith(cookie)))
})
