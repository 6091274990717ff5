/*
 * Where sessions are kept: in memory, in the program's own Redis or SQL database, or by its own functions; what is shared
 * between clients, for how long, and a store assigned later.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { nodeRedis } from './support/guide-redis.mjs'
import { SECONDS, STORES, clientOf, guideTable, ownFunctions, panelFor } from './support/stores.mjs'

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
  assert.equal(functions.kept.size, 1, 'one session is kept')
  for (const session of functions.kept.values()) {
    assert.ok(!('password' in session), Object.keys(session).join())
    assert.equal(session.username, 'admin')
  }
})

test('a session is kept for the time that the setting names', async (t) => {
  const panel = await panelFor(t)
  const redis = nodeRedis()
  const times = []
  const setEx = async (key, seconds, value) => times.push(seconds) && redis.setEx(key, seconds, value)
  const watched = { ...redis, setEx }
  await clientOf(panel, { redis: watched, defaultTTL: 120 }).login()
  const setSession = (_key, _session, seconds) => times.push(seconds)
  await clientOf(panel, { customHandler: { ...ownFunctions(), setSession }, sessionTTL: 240 }).login()
  assert.deepEqual(times, [120, 240])
})

test('a session whose time in the table is over is not used, and its row is taken', async (t) => {
  const panel = await panelFor(t)
  const database = guideTable()
  await clientOf(panel, { database }).getInbounds()
  database.rowsOf('xui_sessions')[0].expires_at = new Date(0)
  await clientOf(panel, { database }).getInbounds()
  assert.equal(panel.logins, 2)
  const [{ expires_at }, ...others] = database.rowsOf('xui_sessions')
  assert.ok(expires_at > new Date(), `it ends at ${expires_at}`)
  assert.deepEqual(others, [])
})

test('functions that answer at once are as good as those that promise', async (t) => {
  const panel = await panelFor(t)
  const kept = new Map()
  const customHandler = {
    getSession: (key) => kept.get(key),
    setSession: (key, session) => void kept.set(key, session),
    deleteSession: (key) => void kept.delete(key),
  }
  await clientOf(panel, { customHandler }).getInbounds()
  await clientOf(panel, { customHandler }).getInbounds()
  assert.equal(panel.logins, 1)
})

test('no manager at all is the one in memory, as is one that is taken away', async (t) => {
  const panel = await panelFor(t)
  const client = clientOf(panel, null)
  await client.getInbounds()
  client.sessionManager = null
  assert.equal((await client.getInbounds()).success, true)
  assert.equal((await client.getSessionStats()).connected, true)
  client.options.sessionManager = STORES['node-redis']().setting
  client.options.sessionManager = undefined
  assert.equal((await client.getInbounds()).success, true)
})

const sqlite = await import('node:sqlite').catch(() => null)

test('sessions are kept in SQLite as Node has it', { skip: !sqlite && 'this Node has none' }, async (t) => {
  const panel = await panelFor(t)
  const database = new sqlite.DatabaseSync(':memory:')
  t.after(() => database.close())
  database.exec(ThreeXUI.DatabaseSessionStore.getCreateTableSQL())
  await clientOf(panel, { database }).getInbounds()
  const second = clientOf(panel, { database })
  await second.getInbounds()
  assert.equal(panel.logins, 1)
  assert.equal((await second.getSessionStats()).size, 1)
})

test('a handler says itself whether a session is good, or its being there does', async () => {
  const functions = ownFunctions()
  const handler = ThreeXUI.createCustomHandler(functions)
  await handler.set('a', { cookie: 'x' }, 60)
  assert.deepEqual([await handler.validate('a'), await handler.validate('b')], [true, false])
  const asked = ThreeXUI.createCustomHandler({ ...functions, validateSession: async (key) => key === 'b' })
  assert.deepEqual([await asked.validate('a'), await asked.validate('b')], [false, true])
  const failing = ThreeXUI.createCustomHandler({ ...functions, validateSession: () => Promise.reject(new Error('down')) })
  assert.equal(await failing.validate('a'), false)
})
