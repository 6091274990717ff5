/*
 * Which sessions of a shared store are taken: those of the same user on the same panel, made with the same password. Whoever
 * could not have made a session does not get it from the store either.
 */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { STORES, ownFunctions } from './support/stores.mjs'

const Original = createRequire(import.meta.url)('3xui-api-client')

async function panelFor(t, options) {
  const panel = await startPanel({ version: 'HEAD', ...options })
  t.after(() => panel.close())
  return panel
}

/** Settings that share what they keep. */
const SHARED = {
  ...Object.fromEntries(Object.entries(STORES).map(([name, make]) => [name, () => make().setting])),
  'a manager in memory': () => ThreeXUI.createSessionManager(),
}

for (const [name, make] of Object.entries(SHARED)) {
  test(`who has another password does not get in by the session in ${name}`, async (t) => {
    const panel = await panelFor(t)
    const sessionManager = make()
    const clientOf = (password) => new ThreeXUI(panel.url, 'admin', password, { sessionManager, loginRetryBackoff: 0 })
    await clientOf('admin').getInbounds()
    const wrong = clientOf('wrong')
    assert.equal(await wrong.isSessionValid(), false)
    await assert.rejects(wrong.login(), ThreeXUI.AuthenticationError)
    await assert.rejects(clientOf('wrong').getInbounds(), ThreeXUI.AuthenticationError)
    assert.equal((await clientOf('admin').login()).fromCache, true, 'who has the right one finds it as before')
    assert.equal(panel.logins, 2, 'the right password once, and the wrong one once')
  })
}

test('after the password was changed, the session is of who has the new one', async (t) => {
  const panel = await panelFor(t)
  const client = new ThreeXUI(panel.url, 'admin', 'admin', { loginRetryBackoff: 0 })
  await client.login()
  assert.equal((await client.login()).fromCache, true)
  client.password = 'wrong'
  await assert.rejects(client.login(), ThreeXUI.AuthenticationError)
  client.password = 'admin'
  assert.equal((await client.login()).success, true)
})

/** A store with one place, whatever the key: it gives everybody what it has. */
function onePlace() {
  const place = {}
  const customHandler = {
    getSession: async () => place.session ?? null,
    setSession: async (_key, session) => void (place.session = session),
    deleteSession: async () => void delete place.session,
  }
  return { place, sessionManager: { customHandler } }
}

test('a session that names another panel or another user is none, also without a proof', async (t) => {
  const [one, two] = [await panelFor(t), await panelFor(t)]
  const { place, sessionManager } = onePlace()
  await new ThreeXUI(one.url, 'admin', 'admin', { sessionManager }).getInbounds()
  const kept = { ...place.session }
  for (const changed of [{}, { proof: undefined }, { proof: undefined, baseURL: one.url, username: 'somebody' }]) {
    place.session = { ...kept, ...changed }
    two.clearRequests?.()
    await new ThreeXUI(two.url, 'admin', 'admin', { sessionManager }).getInbounds()
    const sent = two.requests.map(({ headers }) => headers.cookie ?? '').join()
    assert.ok(!sent.includes(kept.cookie), 'the cookie of the first panel was sent to the second')
  }
  assert.equal(two.logins, 3)
})

test('what the original keeps is taken, and what is kept here is taken by the original', async (t) => {
  const panel = await panelFor(t)
  t.mock.method(console, 'log', () => {})
  const { place, sessionManager } = onePlace()
  const clientOf = (Library) => new Library(panel.url, 'admin', 'admin', { sessionManager })
  await clientOf(Original).login()
  assert.equal(place.session.proof, undefined)
  assert.equal((await clientOf(ThreeXUI).login()).fromCache, true)
  await clientOf(ThreeXUI).login(true)
  assert.match(place.session.proof, /^[0-9a-f]{64}$/)
  assert.equal((await clientOf(Original).login()).fromCache, true)
})

test('a proof tells no password, and is another one for each session', async (t) => {
  const panel = await panelFor(t)
  const functions = ownFunctions()
  const client = new ThreeXUI(panel.url.replace('//', '//gate:url-password@'), 'admin', 'admin', { sessionManager: { customHandler: functions } })
  const proofs = new Set()
  for (let round = 0; round < 3; round++) {
    await client.login(true)
    const [text] = [...functions.kept.values()].map((session) => JSON.stringify(session))
    assert.ok(!text.includes('url-password'), text)
    proofs.add(JSON.parse(text).proof)
  }
  assert.equal(proofs.size, 3)
})

test('a session whose cookie or token was changed has no proof any more', async (t) => {
  const panel = await panelFor(t)
  const { place, sessionManager } = onePlace()
  const clientOf = () => new ThreeXUI(panel.url, 'admin', 'admin', { sessionManager })
  await clientOf().login()
  place.session = { ...place.session, cookie: '3x-ui=of-somebody-else' }
  assert.equal((await clientOf().login()).fromCache, false)
  assert.ok(!panel.requests.some(({ headers }) => headers.cookie?.includes('of-somebody-else')))
})

test('what is far too large is no session, and is not read', async (t) => {
  const panel = await panelFor(t)
  const large = 'x'.repeat(50_000_000)
  let read = 0
  const parse = JSON.parse
  t.mock.method(JSON, 'parse', (text, ...more) => {
    if (typeof text === 'string' && text.length > 1_000_000) read += 1
    return parse(text, ...more)
  })
  const stringify = JSON.stringify
  t.mock.method(JSON, 'stringify', (...args) => {
    const text = stringify(...args)
    if (text?.length > 1_000_000) read += 1
    return text
  })
  const redis = { get: async () => `{"cookie":"a=b","more":"${large}"}`, set: async () => {}, setEx: async () => {}, del: async () => {} }
  const database = { query: async (sql) => (/^select/i.test(sql) ? [[{ session_data: `{"cookie":"a=b","more":"${large}"}` }], []] : [{ affectedRows: 1 }]) }
  const handler = (session) => ({ customHandler: { getSession: async () => session, setSession: async () => {} } })
  const settings = [{ redis }, { database }, handler({ cookie: large }), handler({ cookie: 'a=b', baseURL: large }), handler({ panel: { guid: large }, cookie: 'a=b' })]
  for (const sessionManager of settings) {
    const client = new ThreeXUI(panel.url, 'admin', 'admin', { sessionManager })
    assert.equal((await client.login()).fromCache, false)
  }
  assert.equal(read, 0)
  // What else a store keeps beside a session is not looked at.
  const more = handler({ cookie: '3x-ui=a', notes: large })
  assert.equal(await new ThreeXUI(panel.url, 'admin', 'admin', { sessionManager: more }).isSessionValid(), false, 'it has no age')
  assert.equal(read, 0)
  await assert.rejects(ThreeXUI.createRedisStore(redis).get('a'), RangeError)
})
