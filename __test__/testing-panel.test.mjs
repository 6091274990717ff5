/*
 * The handles that a program has on the panel it tests against: where it listens, what it notes, the trouble it
 * makes on demand, and how it ends. Spoken to by plain HTTP, so that nothing of the library stands between.
 *
 * What it answers is compared with real panels elsewhere (`testing/replay.test.mjs`).
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { VERSIONS, startPanel } from '3xui-native/testing'

const LIST = '/panel/api/inbounds/list'
const SCRIPT = { 'x-requested-with': 'XMLHttpRequest' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

async function started(t, options) {
  const panel = await startPanel(options)
  t.after(() => panel.close())
  return panel
}

const cookieOf = (answer) => answer.headers.getSetCookie().at(-1)?.split(';')[0]

/** One login by hand: the CSRF token where the version has them, then the form. */
async function loggedIn({ url }, username = 'admin', password = 'admin') {
  const first = await fetch(`${url}/csrf-token`, { headers: SCRIPT })
  const said = await first.text() // The oldest answer routes that they do not have by 200 and nothing.
  const token = first.ok && said ? JSON.parse(said).obj : undefined
  const access = token ? { 'x-csrf-token': token, cookie: cookieOf(first) } : {}
  const headers = { ...FORM, ...SCRIPT, ...access }
  const body = new URLSearchParams({ username, password })
  const answer = await fetch(`${url}/login`, { method: 'POST', headers, body })
  const { success } = await answer.json()
  return { success, headers: { ...SCRIPT, ...access, cookie: cookieOf(answer) ?? access.cookie ?? '' } }
}

const listed = ({ url }, { headers }) => fetch(`${url}${LIST}`, { headers })

for (const version of VERSIONS) {
  test(`a program without the library can log in and read: ${version}`, async (t) => {
    const panel = await started(t, { version, inbounds: [{ port: 443, protocol: 'vless' }] })
    const session = await loggedIn(panel)
    assert.equal(session.success, true)
    const { success, obj } = await (await listed(panel, session)).json()
    assert.deepEqual({ success, ports: obj.map(({ port }) => port) }, { success: true, ports: [443] })
    assert.equal((await loggedIn(panel, 'admin', 'wrong')).success, false)
    assert.equal(panel.logins, 2, 'a refused login counts, too')
  })

  test(`a session that it was told to forget is none any more: ${version}`, async (t) => {
    const panel = await started(t, { version })
    const session = await loggedIn(panel)
    panel.expireSessions()
    assert.notEqual((await listed(panel, session)).status, 200)
    assert.equal((await listed(panel, await loggedIn(panel))).status, 200)
  })
}

test('it listens where it is told to, and on a free port of loopback otherwise', async (t) => {
  const first = await started(t)
  const { hostname, port } = new URL(first.url)
  assert.equal(hostname, '127.0.0.1')
  await assert.rejects(startPanel({ port: Number(port) }), { code: 'EADDRINUSE' })
  await first.close()
  const second = await started(t, { port: Number(port) })
  assert.equal(second.url, first.url)
})

test('a base path may be written with its slashes or without', async (t) => {
  for (const basePath of ['hidden', '/hidden', '/hidden/']) {
    const panel = await started(t, { basePath })
    assert.equal(new URL(panel.url).pathname, '/hidden')
    assert.equal((await fetch(`${panel.url}/csrf-token`)).status, 200)
    const outside = await fetch(`${new URL(panel.url).origin}/csrf-token`)
    assert.equal(outside.status, 404)
  }
})

test('what it notes of a request is what was sent, in the order of arrival, by its own clock', async (t) => {
  const panel = await started(t, { now: () => 1_700_000_000_000, basePath: '/b' })
  await fetch(`${panel.url}/login?x=1`, { method: 'POST', headers: { 'X-Mine': 'yes', ...FORM }, body: 'a=b' })
  await fetch(`${panel.url}/csrf-token`)
  const [{ method, path, headers, body, at, status }, second] = panel.requests
  assert.deepEqual(
    { method, path, mine: headers['x-mine'], body, at, status },
    { method: 'POST', path: '/b/login?x=1', mine: 'yes', body: 'a=b', at: 1_700_000_000_000, status: 403 },
  )
  assert.equal(second.path, '/b/csrf-token')
})

test('the inbounds it shows are copies: a test that changes them changes nothing', async (t) => {
  const panel = await started(t, { inbounds: [{ port: 443, protocol: 'vless', settings: { clients: [] } }] })
  panel.inbounds[0].remark = 'mine'
  panel.inbounds[0].settings.clients.push({ email: 'mine' })
  panel.inbounds.pop()
  assert.deepEqual(panel.inbounds.map(({ remark, settings }) => [remark, settings.clients]), [['', []]])
})

test('trouble comes in the order in which it was asked for, and only where it fits', async (t) => {
  const panel = await started(t)
  panel.failNext({ path: '/csrf-token', status: 503, body: 'first' })
  panel.failNext({ path: /^\/csrf/, body: { said: 'second' }, headers: { 'x-fault': 'yes' } })
  panel.failNext({ method: 'delete', status: 418 })
  const answers = []
  for (let at = 0; at < 3; at++) answers.push(await fetch(`${panel.url}/csrf-token`))
  assert.deepEqual(answers.map(({ status }) => status), [503, 200, 200])
  assert.match(answers[0].headers.get('content-type'), /^text\/html/)
  assert.equal(await answers[0].text(), 'first')
  assert.equal(answers[1].headers.get('x-fault'), 'yes')
  assert.deepEqual(await answers[1].json(), { said: 'second' })
  assert.equal((await answers[2].json()).success, true)
  const meant = await fetch(panel.url, { method: 'DELETE' })
  assert.equal(meant.status, 418, 'it waits for the request that it is for')
})

test('a request that it was told to cut off has no status and no effect', async (t) => {
  const panel = await started(t)
  panel.failNext({ destroy: true })
  await assert.rejects(fetch(`${panel.url}/csrf-token`), TypeError)
  assert.equal(panel.requests.at(-1).status, undefined)
  panel.failNext({ path: '/login', status: 500 })
  await fetch(`${panel.url}/login`, { method: 'POST', headers: FORM, body: 'username=admin&password=admin' })
  assert.equal(panel.logins, 0, 'who was answered by trouble never reached the panel')
})

test('slow answers are let go by the next word about it, and cut by its end', async () => {
  const panel = await startPanel()
  panel.delay(60_000)
  const waiting = fetch(`${panel.url}/csrf-token`)
  await received(panel, 1)
  panel.delay(0)
  assert.equal((await waiting).status, 200)
  panel.delay(60_000)
  const cut = assert.rejects(fetch(`${panel.url}/csrf-token`), TypeError)
  await received(panel, 2)
  await panel.close()
  await cut
  await panel.close() // A second time does no harm.
})

test('a rotated CSRF token stops writes of 3.0 and later, not reads, and a token passes by it', async (t) => {
  const panel = await started(t, { apiToken: 'my-token' })
  const session = await loggedIn(panel)
  const post = (headers, { url } = panel) => fetch(`${url}/panel/api/inbounds/del/1`, { method: 'POST', headers })
  assert.equal((await post(session.headers)).status, 200)
  panel.rotateCsrf()
  assert.equal((await post(session.headers)).status, 403)
  assert.equal((await listed(panel, session)).status, 200)
  assert.equal((await post({ authorization: 'Bearer my-token' })).status, 200)

  const old = await started(t, { version: '2.8.11' })
  const oldSession = await loggedIn(old)
  old.rotateCsrf()
  assert.equal((await post(oldSession.headers, old)).status, 200, 'there are none to rotate')
})

test('the limiter counts failures within five minutes, of one user; a success begins anew', async (t) => {
  let now = Date.UTC(2026, 0, 1)
  const panel = await started(t, { now: () => now })
  const fails = async (count, name = 'admin') => {
    for (let tries = 0; tries < count; tries++) {
      assert.equal((await loggedIn(panel, name, 'wrong')).success, false)
    }
  }
  const isBlocked = async () => !(await loggedIn(panel)).success

  await fails(4)
  assert.equal(await isBlocked(), false, 'four are not enough')
  await fails(4)
  assert.equal(await isBlocked(), false, 'the success before began anew')
  await fails(5, 'somebody')
  assert.equal(await isBlocked(), false, 'somebody else is blocked')
  await fails(4)
  now += 5 * 60_000
  await fails(1)
  assert.equal(await isBlocked(), false, 'the first four are too old')
  await fails(5)
  assert.equal(await isBlocked(), true)
  now += 15 * 60_000 - 1
  assert.equal(await isBlocked(), true, 'one millisecond is left')
  now += 1
  assert.equal(await isBlocked(), false)
})

test('what is said of an inbound and of who is online is read back', async (t) => {
  for (const version of ['2.8.11', 'HEAD']) {
    const panel = await started(t, { version, inbounds: [{ port: 443, protocol: 'vless' }] })
    const session = await loggedIn(panel)
    panel.setInboundTraffic(1, { up: 3, down: 4 })
    const { obj: [{ up, down }] } = await (await listed(panel, session)).json()
    assert.deepEqual({ up, down }, { up: 3, down: 4 })
    assert.throws(() => panel.setInboundTraffic(9, { up: 1 }), { message: 'This panel has no inbound with the id 9' })
    const area = version === 'HEAD' ? 'clients' : 'inbounds'
    const online = async () => {
      const { headers } = session
      const answer = await fetch(`${panel.url}/panel/api/${area}/onlines`, { method: 'POST', headers })
      return (await answer.json()).obj
    }
    panel.setOnline(['a', 'b'])
    assert.deepEqual(await online(), ['a', 'b'])
    panel.setOnline([])
    assert.deepEqual(await online(), [])
  }
})

/** Waits until so many requests have arrived. */
async function received(panel, count) {
  while (panel.requests.length < count) await new Promise((resolve) => setTimeout(resolve, 2))
}
