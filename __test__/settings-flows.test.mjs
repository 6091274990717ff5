/*
 * The operations that are more than one request: settings that are merged, a user that changes, nodes that are
 * switched over, inbounds that are imported. First by what is asked through `_request`, then on a panel.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { atOnce, clientOf, inbound, onPanels, panelFor, requestsTo, sendJson, serverFor } from './support/wire.mjs'

const { ValidationError } = ThreeXUI
const DONE = { success: true, msg: '', obj: null }
const SETTINGS = { webPort: 2053, webBasePath: '/', subEnable: false, tgBotToken: '' }

/** A client whose requests are answered by `answers`, by path; `asked` is what it asked. */
function canned(answers) {
  const client = new ThreeXUI('http://127.0.0.1:1', 'admin', 'admin')
  const asked = []
  client._request = async (method, path, data, headers) => {
    asked.push({ method, path, data, headers })
    const found = Object.keys(answers).find((end) => path.endsWith(end))
    if (!found) throw new Error(`nothing was prepared for ${path}`)
    if (answers[found] instanceof Error) throw answers[found]
    return answers[found]
  }
  return { client, asked }
}

const paths = (asked) => asked.map(({ method, path }) => `${method} ${path}`)

test('settings are read, merged and written: what is not named stays', async () => {
  const { client, asked } = canned({ '/all': { ...DONE, obj: SETTINGS }, '/update': DONE })
  const updates = { webPort: 8443, subEnable: true, ofAVersionToCome: null }
  assert.deepEqual(await client.updateSetting(updates), DONE)
  assert.deepEqual(paths(asked), ['post /panel/api/setting/all', 'post /panel/api/setting/update'])
  assert.deepEqual(asked[1].data, { ...SETTINGS, ...updates })
  assert.deepEqual(updates, { webPort: 8443, subEnable: true, ofAVersionToCome: null }, 'what was given is untouched')
})

test('settings that cannot be read are not written', async () => {
  for (const answer of [{ success: false, msg: 'no', obj: null }, { ...DONE, obj: null }]) {
    const { client, asked } = canned({ '/all': answer, '/update': DONE })
    await assert.rejects(client.updateSetting({ webPort: 1 }), { message: 'Failed to fetch current settings for merge' })
    assert.equal(asked.length, 1)
  }
  const { client, asked } = canned({ '/all': new Error('the line is dead'), '/update': DONE })
  await assert.rejects(client.updateSetting({ webPort: 1 }), { message: 'the line is dead' })
  assert.equal(asked.length, 1)
})

test('settings that are none are refused before anything is asked', async () => {
  const { client, asked } = canned({})
  for (const nothing of [undefined, null, 'webPort', 5]) {
    await assert.rejects(client.updateSetting(nothing), { message: 'updates must be an object' })
  }
  assert.deepEqual(asked, [])
})

test('a program that reads settings in its own way is asked for them', async () => {
  const { client, asked } = canned({ '/update': DONE })
  client.getAllSettings = async () => ({ ...DONE, obj: { mine: true } })
  await client.updateSetting({ webPort: 1 })
  assert.deepEqual(asked[0].data, { mine: true, webPort: 1 })
})

test('a new user is who the client goes on as, with one login, and the old session is forgotten', async () => {
  const { client, asked } = canned({ '/updateUser': DONE })
  const events = []
  client.login = async (force) => void events.push(['login', force, client.username, client.password])
  client.sessionManager.deleteSession = async (...args) => void events.push(['delete', ...args])

  assert.deepEqual(await client.updateUser('admin', 'admin', 'ann', 'secret'), DONE)
  assert.deepEqual(paths(asked), ['post /panel/api/setting/updateUser'])
  assert.deepEqual(asked[0].data, {
    oldUsername: 'admin',
    oldPassword: 'admin',
    newUsername: 'ann',
    newPassword: 'secret',
  })
  assert.deepEqual(events, [
    ['delete', 'http://127.0.0.1:1', 'admin'],
    ['login', true, 'ann', 'secret'],
  ])
})

test('a user that the panel did not change is still who the client is', async () => {
  const refused = { success: false, msg: 'the original user is wrong', obj: null }
  const { client } = canned({ '/updateUser': refused })
  client.login = async () => assert.fail('nobody has to log in')
  assert.deepEqual(await client.updateUser('admin', 'no', 'ann', 'secret'), refused)
  assert.deepEqual([client.username, client.password], ['admin', 'admin'])
})

test('a change whose login fails says so, with the cause', async () => {
  const { client } = canned({ '/updateUser': DONE })
  const cause = new Error('the panel restarts')
  client.login = async () => {
    throw cause
  }
  await assert.rejects(client.updateUser('admin', 'admin', 'ann', 'secret'), (error) => {
    assert.equal(error.message, 'Credential update succeeded but re-authentication failed: the panel restarts')
    assert.equal(error.cause, cause)
    return true
  })
})

test('a store that cannot forget does not stop the change', async () => {
  const { client } = canned({ '/updateUser': DONE })
  client.login = async () => {}
  client.sessionManager.deleteSession = async () => {
    throw new Error('the store is gone')
  }
  assert.deepEqual(await client.updateUser('admin', 'admin', 'ann', 'secret'), DONE)
  assert.equal(client.username, 'ann')
})

test('a client that changed its user goes on, also with calls at once, and the old user is nobody', async (t) => {
  const panel = await panelOfOneUser(t)
  const client = clientOf(panel)
  await client.getInbounds()
  assert.equal((await client.updateUser('admin', 'admin', 'ann', 'secret')).success, true)
  assert.deepEqual([client.username, client.password], ['ann', 'secret'])

  for (const { status, reason } of await atOnce(10, () => client.getInbounds())) assert.equal(status, 'fulfilled', reason)
  assert.equal(requestsTo(panel, '/login').length, 2)
  assert.equal(requestsTo(panel, '/list').at(-1).headers.cookie, '3x-ui=session-of-ann')
  const kept = await client.sessionManager.getSession(panel.url, 'admin')
  assert.equal(kept, null, 'the session of the old user is not kept')
  await assert.rejects(clientOf(panel).login(), ThreeXUI.AuthenticationError)
})

test('a node is switched as it is said, without being read', async () => {
  for (const enable of [true, false]) {
    const { client, asked } = canned({ '/nodes/setEnable/7': DONE })
    assert.deepEqual(await client.setNodeEnable(7, enable), DONE)
    assert.deepEqual(paths(asked), ['post /panel/api/nodes/setEnable/7'])
    assert.deepEqual(asked[0].data, { enable })
  }
})

test('a node is switched over when it is not said to what', async () => {
  for (const enable of [true, false]) {
    const { client, asked } = canned({ '/nodes/get/7': { ...DONE, obj: { id: 7, enable } }, '/nodes/setEnable/7': DONE })
    assert.deepEqual(await client.setNodeEnable(7), DONE)
    assert.deepEqual(paths(asked), ['get /panel/api/nodes/get/7', 'post /panel/api/nodes/setEnable/7'])
    assert.deepEqual(asked[1].data, { enable: !enable })
  }
})

test('a node that is not there is not switched', async () => {
  const refused = { success: false, msg: 'no such node', obj: null }
  const { client, asked } = canned({ '/nodes/get/7': refused })
  assert.deepEqual(await client.setNodeEnable(7), refused)
  assert.equal(asked.length, 1)
})

test('inbounds are imported one by one, and answered in their order', async () => {
  const { client, asked } = canned({ '/import': DONE })
  const exported = [inbound({ port: 1001, remark: 'a' }), inbound({ port: 1002, remark: 'ü&=' })]
  assert.deepEqual(await client.importInbounds(exported), [DONE, DONE])
  assert.deepEqual(paths(asked), Array(2).fill('post /panel/api/inbounds/import'))
  for (const [at, { data, headers }] of asked.entries()) {
    assert.deepEqual(headers, { 'Content-Type': 'application/x-www-form-urlencoded' })
    const sent = JSON.parse(new URLSearchParams(data).get('data'))
    assert.deepEqual([sent.remark, sent.port], [exported[at].remark, exported[at].port])
    assert.deepEqual(JSON.parse(sent.settings), exported[at].settings, 'nested objects are text')
  }
})

test('one inbound is imported as a list of one, and none as none', async () => {
  const { client, asked } = canned({ '/import': DONE })
  assert.deepEqual(await client.importInbounds(inbound()), [DONE])
  assert.deepEqual(await client.importInbounds([]), [])
  assert.equal(asked.length, 1)
})

test('an import with an inbound that is none is refused as a whole', () => {
  const { client, asked } = canned({ '/import': DONE })
  assert.throws(
    () => client.importInbounds([inbound(), inbound({ port: 'x' })]),
    (error) => {
      assert.ok(error instanceof ValidationError, String(error))
      assert.match(error.stack, /settings-flows\.test\.mjs/)
      return true
    },
  )
  assert.deepEqual(asked, [], 'not even the good one was sent')
})

onPanels('what one panel exports another imports', async (panel, t) => {
  panel.addInbound(inbound({ port: 1001, remark: 'a' }))
  panel.addInbound(inbound({ port: 1002, remark: 'b' }))
  const other = await panelFor(t, { version: panel.version })
  const { obj } = await clientOf(panel).getInbounds()
  const answers = await clientOf(other).importInbounds(obj)
  assert.deepEqual(answers.map(({ success }) => success), [true, true])
  assert.deepEqual(other.inbounds.map(({ remark }) => remark).sort(), ['a', 'b'])
})

/** A panel with one user, who can be changed. */
function panelOfOneUser(t) {
  let user = { username: 'admin', password: 'admin' }
  const isUser = ({ username, password }) => username === user.username && password === user.password
  return serverFor(t, ({ path, body, headers }, outgoing) => {
    if (path === '/csrf-token') return outgoing.writeHead(404).end()
    if (path === '/login') {
      if (!isUser(Object.fromEntries(new URLSearchParams(body)))) return sendJson(outgoing, { success: false, msg: 'wrong' })
      return sendJson(outgoing, DONE, { 'set-cookie': `3x-ui=session-of-${user.username}; Path=/; HttpOnly` })
    }
    if (headers.cookie !== `3x-ui=session-of-${user.username}`) return outgoing.writeHead(401).end()
    if (!path.endsWith('/updateUser')) return sendJson(outgoing, { ...DONE, obj: [] })
    const { newUsername: username, newPassword: password } = JSON.parse(body)
    user = { username, password }
    return sendJson(outgoing, DONE)
  })
}
