/*
 * Where sessions are kept: in memory, in the program's own Redis or SQL database, or by its own functions; what is shared
 * between clients, what happens when a store fails, and a store assigned later.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { brokenDatabase, databaseOf } from './support/guide-database.mjs'
import { brokenRedis, ioredis, nodeRedis } from './support/guide-redis.mjs'

const SECONDS = 3600
const GUIDE_TABLE = `CREATE TABLE xui_sessions (
    id VARCHAR(255) PRIMARY KEY,
    session_data TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL
);`
const OWN_TABLE = `CREATE TABLE logins (
    panel VARCHAR(255) PRIMARY KEY,
    content TEXT NOT NULL,
    good_until TIMESTAMP NOT NULL
);`
const CLIENTS_TABLE = `\nCREATE TABLE clients (
    id INTEGER PRIMARY KEY
);`
const ORIGINAL_TABLE = GUIDE_TABLE.replace('xui_sessions', 'sessions').replace('    id ', '    session_key ')

/** Functions that keep sessions, as a program writes them. */
function ownFunctions() {
  const kept = new Map()
  return {
    kept,
    getSession: async (key) => kept.get(key) ?? null,
    setSession: async (key, session) => void kept.set(key, session),
    deleteSession: async (key) => void kept.delete(key),
  }
}

/** Every way to say where sessions are kept, and how many are there. */
const STORES = {
  'node-redis': () => {
    const redis = nodeRedis()
    return { setting: { redis }, kept: async () => (await redis.keys('*')).length }
  },
  'ioredis, named by its type': () => {
    const redis = ioredis()
    return { setting: { type: 'redis', redis, defaultTTL: SECONDS }, kept: async () => (await redis.keys('*')).length }
  },
  'the table of the guide': () => sqlStore(GUIDE_TABLE, 'xui_sessions'),
  'the table of the original': () => sqlStore(ORIGINAL_TABLE, 'sessions'),
  'a table with names of its own': () =>
    sqlStore(OWN_TABLE, 'logins', {
      tableName: 'logins',
      keyColumn: 'panel',
      valueColumn: 'content',
      expiresColumn: 'good_until',
    }),
  'functions of its own': () => {
    const functions = ownFunctions()
    return { setting: { customHandler: functions }, kept: async () => functions.kept.size }
  },
}

function sqlStore(schema, table, databaseOptions) {
  const database = databaseOf(schema + CLIENTS_TABLE)
  const setting = { type: 'database', database, defaultTTL: SECONDS, databaseOptions }
  return { setting, kept: async () => database.rowsOf(table).length }
}

async function panelFor(t, version = 'HEAD') {
  const panel = await startPanel({ version })
  t.after(() => panel.close())
  return panel
}

const clientOf = (panel, sessionManager) => new ThreeXUI(panel.url, 'admin', 'admin', { sessionManager })

for (const [name, make] of Object.entries(STORES)) {
  for (const version of ['2.8.11', 'HEAD']) {
    test(`clients share one login through ${name}: ${version}`, async (t) => {
      const panel = await panelFor(t, version)
      const { setting, kept } = make()
      await clientOf(panel, setting).getInbounds()
      assert.equal(await kept(), 1)
      const second = clientOf(panel, setting)
      assert.equal((await second.getInbounds()).success, true)
      assert.equal(await second.isSessionValid(), true)
      assert.equal(panel.logins, 1)
    })
  }

  test(`a session that the panel forgot is replaced in ${name}, by one login`, async (t) => {
    const panel = await panelFor(t)
    const { setting, kept } = make()
    const [first, second] = [clientOf(panel, setting), clientOf(panel, setting)]
    await first.getInbounds()
    panel.expireSessions()
    assert.equal((await second.getInbounds()).success, true)
    assert.equal((await first.getInbounds()).success, true, 'the other client finds the new session in the store')
    assert.equal(panel.logins, 2)
    assert.equal(await kept(), 1)
  })

  test(`logging out takes the session out of ${name}`, async (t) => {
    const panel = await panelFor(t)
    const { setting, kept } = make()
    const client = clientOf(panel, setting)
    await client.login()
    await client.logout()
    assert.equal(await kept(), 0)
    assert.equal(await client.isSessionValid(), false)
  })

  test(`the statistics of ${name} say that it is connected`, async (t) => {
    const panel = await panelFor(t)
    const { setting } = make()
    const client = clientOf(panel, setting)
    await client.login()
    assert.equal((await client.getSessionStats()).connected, true)
  })
}

test('sessions in memory are shared by those who share a manager, and by nobody else', async (t) => {
  const panel = await panelFor(t)
  const manager = ThreeXUI.createSessionManager({ sessionTTL: SECONDS })
  await clientOf(panel, manager).getInbounds()
  await clientOf(panel, manager).getInbounds()
  assert.equal(panel.logins, 1)
  await clientOf(panel, { type: 'memory' }).getInbounds()
  assert.equal(panel.logins, 2)
  const { size, keys, connected } = await manager.getStats()
  assert.equal(size, 1)
  assert.match(keys[0], /^session_[0-9a-f]{64}$/)
  assert.equal(connected, true)
})

test('clearing all sessions forgets them in the store and in the client', async (t) => {
  const panel = await panelFor(t)
  const { setting, kept } = STORES['node-redis']()
  const client = clientOf(panel, setting)
  await client.getInbounds()
  await client.clearAllSessions()
  assert.equal(await kept(), 0)
  assert.equal(await client.isSessionValid(), false)
  await client.getInbounds()
  assert.equal(panel.logins, 2)
})

test('a session manager assigned later takes effect on the next call', async (t) => {
  const panel = await panelFor(t)
  const { setting, kept } = STORES['the table of the guide']()
  const client = clientOf(panel)
  await client.getInbounds()
  assert.equal(await kept(), 0)
  client.options.sessionManager = setting
  await client.getInbounds()
  await client.login(true)
  assert.equal(await kept(), 1)
  const other = STORES['node-redis']()
  client.sessionManager = ThreeXUI.createSessionManager(other.setting)
  await client.login(true)
  assert.equal(await other.kept(), 1)
})

for (const [name, setting] of [
  ['Redis', { redis: brokenRedis('connect ECONNREFUSED 127.0.0.1:6379') }],
  ['a database', { type: 'database', database: brokenDatabase('Too many connections') }],
]) {
  test(`calls go on while ${name} is down, with one login of the client's own`, async (t) => {
    const panel = await panelFor(t)
    const client = clientOf(panel, setting)
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.getInbounds()))
    assert.ok(answers.every(({ success }) => success))
    await client.getInbounds()
    assert.equal(panel.logins, 1)
    await assert.rejects(client.getSessionStats(), /ECONNREFUSED|Too many connections/)
  })
}

test('a type without what it needs is said to lack it', async (t) => {
  const panel = await panelFor(t)
  const wrong = (sessionManager) => () => clientOf(panel, sessionManager)
  assert.throws(wrong({ type: 'redis' }), { message: "Invalid sessionManager: type 'redis' needs the connection as redis" })
  assert.throws(wrong({ type: 'database' }), {
    message: "Invalid sessionManager: type 'database' needs the connection as database",
  })
  assert.throws(wrong({ type: 'floppy' }), {
    message: "Invalid sessionManager: type 'floppy' needs to be memory, redis, database or custom",
  })
})

test('sessions of two panels, and of two users of one, are kept apart', async (t) => {
  const [one, two] = [await panelFor(t), await panelFor(t)]
  const { setting, kept } = STORES['node-redis']()
  await clientOf(one, setting).getInbounds()
  await clientOf(two, setting).getInbounds()
  assert.equal(await kept(), 2)
  await assert.rejects(new ThreeXUI(one.url, 'somebody', 'else', { sessionManager: setting }).getInbounds())
})

test('no password is ever given to a store', async (t) => {
  const panel = await panelFor(t)
  const functions = ownFunctions()
  await new ThreeXUI(panel.url, 'admin', 'admin', { sessionManager: { customHandler: functions } }).getInbounds()
  for (const session of functions.kept.values()) {
    assert.ok(!('password' in session), Object.keys(session).join())
    assert.equal(session.username, 'admin')
  }
})
