/*
 * Session stores in trouble: down, silent, full of rubbish, or set up wrongly. Calls go on where they can, by a login
 * of the client's own, and what is wrong is said where one asks for it.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { brokenDatabase } from './support/guide-database.mjs'
import { brokenRedis } from './support/guide-redis.mjs'
import { STORES, clientOf, ownFunctions, panelFor } from './support/stores.mjs'

const events = (client) => client.getSecurityStats().recentActivities.map(({ type }) => type)

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

test('a setting assigned later that is wrong is said by every call until it is put right', async (t) => {
  const panel = await panelFor(t)
  const client = clientOf(panel)
  await client.getInbounds()
  const message = "Invalid sessionManager: type 'floppy' needs to be memory, redis, database or custom"
  client.options.sessionManager = { type: 'floppy' }
  const before = panel.requests.length
  const calls = ['getInbounds', 'login', 'logout', 'isSessionValid', 'getSessionStats', 'clearAllSessions']
  for (const name of [...calls, ...calls]) await assert.rejects(client[name](), { message }, name)
  assert.equal(panel.requests.length, before, 'a call went on with the store before')
  client.options.sessionManager = STORES['node-redis']().setting
  assert.equal((await client.getInbounds()).success, true)
})

for (const version of ['2.8.11', 'HEAD']) {
  test(`a store that never answers holds no call for longer than the time limit: ${version}`, async (t) => {
    const panel = await panelFor(t, version)
    const silence = () => new Promise(() => {})
    const customHandler = { getSession: silence, setSession: silence, deleteSession: silence }
    const client = clientOf(panel, { customHandler }, { timeout: 250 })
    const answers = await Promise.all([client.getInbounds(), client.getInbounds(), client.getOnlineClients()])
    assert.ok(answers.every(({ success }) => success))
    assert.equal(panel.logins, 1)
    assert.ok(events(client).includes('session_store_failed'))
    await assert.rejects(client.logout(), { message: 'The session store did not answer within 250 ms' })
    assert.equal(client.cookie, null)
  })
}

const fresh = { createdAt: Date.now() }
const RUBBISH = {
  text: 'rubbish',
  'a number': 5,
  'a list': [1],
  'nothing in an object': {},
  'no cookie': fresh,
  'a cookie that is no text': { cookie: 5, ...fresh },
  'an empty cookie': { cookie: '', ...fresh },
  'a cookie that cannot be sent': { cookie: '3x-ui=a\r\nX-Other: b', ...fresh },
  'a session of long ago': { cookie: '3x-ui=old', createdAt: 1 },
  'what is no JSON': { cookie: '3x-ui=a', big: 1n },
}

for (const [name, rubbish] of Object.entries(RUBBISH)) {
  test(`rubbish in a store costs one login and is replaced: ${name}`, async (t) => {
    const panel = await panelFor(t)
    const functions = ownFunctions()
    const before = clientOf(panel).sessionManager.generateSessionKey(panel.url, 'admin')
    functions.kept.set(before, rubbish)
    assert.equal((await clientOf(panel, { customHandler: functions }).getInbounds()).success, true)
    assert.equal((await clientOf(panel, { customHandler: functions }).getInbounds()).success, true)
    assert.equal(panel.logins, 1)
    assert.deepEqual([...functions.kept.keys()], [before])
  })
}

const THROWN = { 'an error': new Error('disk full'), text: 'disk full', nothing: undefined }
for (const [name, thrown] of Object.entries(THROWN)) {
  test(`functions of a program that throw ${name} stop no call`, async (t) => {
    const panel = await panelFor(t)
    const fails = () => {
      throw thrown
    }
    const client = clientOf(panel, { customHandler: { getSession: fails, setSession: fails, deleteSession: fails } })
    assert.equal((await client.getInbounds()).success, true)
    assert.equal((await client.getInbounds()).success, true)
    assert.equal(panel.logins, 1)
    assert.deepEqual(events(client), ['session_store_failed'], 'said once, and nothing else happened')
  })
}

test('an object that is no connection, or no handler, is said to lack what it needs', async (t) => {
  const panel = await panelFor(t)
  const wrong = (sessionManager) => () => clientOf(panel, sessionManager)
  assert.throws(wrong({ database: {} }), {
    message: 'Invalid sessionManager: the database has no query, execute or prepare',
  })
  assert.throws(wrong({ customHandler: { getSession() {} } }), {
    message: 'Invalid sessionManager: the customHandler has no setSession',
  })
  assert.throws(wrong({ customHandler: {} }), {
    message: 'Invalid sessionManager: the customHandler has no getSession and no setSession',
  })
})
