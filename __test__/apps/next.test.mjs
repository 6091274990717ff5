/*
 * The app in next/, as it is, built by Next.js 15 with the package installed from a release: route handlers, a page,
 * and API routes of the pages router, on a panel, on none, and with a wrong password.
 */

import assert from 'node:assert/strict'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { UUID } from '../support/guide-shapes.mjs'
import { runProgram } from '../support/programs.mjs'
import { appFolder, temporaryFolder } from '../support/release.mjs'
import { accountOf, nobodyAt, startWebApp } from '../support/web-apps.mjs'

const source = fileURLToPath(new URL('next', import.meta.url))
const NEXT = join(source, 'node_modules/next/dist/bin/next')
/** Next.js would look up addresses of its compiler, and tell its makers about us. */
const QUIET = { NEXT_IGNORE_INCORRECT_LOCKFILE: '1', NEXT_TELEMETRY_DISABLED: '1' }
const FAILED = '3x-ui authentication failed'

let folder
let panel

before(async () => {
  assert.ok(existsSync(NEXT), 'Next.js is not installed: `npm test` sees to that')
  // Below the folder with Next.js, and away from what a developer builds there.
  folder = await appFolder(temporaryFolder('.run-', source))
  for (const part of ['app', 'lib', 'pages', 'next.config.mjs']) {
    cpSync(join(source, part), join(folder, part), { recursive: true })
  }
  panel = await startPanel({ inbounds: [{ port: 1001, protocol: 'vless', remark: 'main' }] })
  const { code, stdout, stderr } = await runProgram([NEXT, 'build'], { cwd: folder, env: envOf() })
  assert.equal(code, 0, stdout + stderr)
})

after(() => panel?.close())

const envOf = (account) => ({ ...accountOf(panel, account), ...QUIET })

const start = (t, account) =>
  startWebApp(t, [NEXT, 'start', '-H', '127.0.0.1', '-p', '0'], {
    cwd: folder,
    env: envOf(account),
    listening: /http:\/\/127\.0\.0\.1:(\d+)[^]*Ready/,
  })

test('building the app sends nothing', () => {
  assert.deepEqual(panel.requests, [])
})

test('200 requests to all kinds of routes are one login', async (t) => {
  const app = await start(t)
  const kinds = ['/api/inbounds', '/api/3xui/inbounds', '/']
  for (const path of kinds) assert.equal((await app.get(path)).status, 200, path)
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => app.get(kinds[at % 3])))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  }
  assert.deepEqual((await app.get('/api/inbounds')).json, [{ id: 1, remark: 'main', port: 1001 }])
  assert.match((await app.get('/')).text, /<li>main on port 1001<\/li>/)
  assert.equal(panel.logins, 1)
  const { code, stderr } = await app.stop()
  assert.equal(code, 0)
  assert.doesNotMatch(stderr, /Error/)
})

test('a route handler sells a client, another reads its traffic, and what is typed wrong is said', async (t) => {
  const app = await start(t)
  const sold = await app.post('/api/clients', { inboundId: 1, email: 'customer_1', gigabytes: 10 })
  assert.equal(sold.status, 201)
  const stored = panel.inbounds[0].settings.clients.find(({ email }) => email === 'customer_1')
  assert.deepEqual({ id: stored.id, subId: stored.subId }, sold.json)
  panel.setTraffic('customer_1', { up: 1, down: 2 })
  assert.deepEqual((await app.get('/api/clients/customer_1')).json, { up: 1, down: 2 })
  assert.equal((await app.get('/api/clients/customer_2')).status, 404)
  const refused = await app.post('/api/clients', { inboundId: 1, email: '<b>', gigabytes: 10 })
  assert.deepEqual([refused.status, refused.json.error], [400, 'ValidationError'])
})

test("the browser's side talks to the handlers of createNextjsRoutes", async (t) => {
  const app = await start(t)
  const hook = ThreeXUI.createReactHook(`${app.origin}/api/3xui`)
  assert.match((await hook.generateCredentials('vless')).id, UUID)
  const added = await hook.addClientWithCredentials(1, 'vless', { email: 'customer_3' })
  assert.equal(added.success, true)
  assert.equal((await hook.getClientTraffic(added.credentials.email)).obj.up, 0)
  assert.equal((await hook.getInbounds()).obj[0].remark, 'main')
  await assert.rejects(hook.generateCredentials('gopher'), { message: 'HTTP error! status: 500' })
})

test('a session that the panel lost is renewed without a user noticing', async (t) => {
  const app = await start(t)
  await app.get('/api/inbounds')
  panel.expireSessions()
  assert.equal((await app.get('/api/inbounds')).status, 200)
})

test('with a wrong password users are told so, and no client asks the panel twice', async (t) => {
  const password = 'not-the-one'
  const app = await start(t, { password })
  const before = panel.logins
  for (let times = 0; times < 5; times++) {
    for (const path of ['/', '/api/inbounds']) {
      const { status, text } = await app.get(path)
      assert.equal(status, 500, path)
      assert.ok(!text.includes(password), path)
    }
    const { status, json } = await app.get('/api/3xui/inbounds')
    assert.deepEqual([status, json.error], [500, FAILED])
    assert.match(json.message, /^Login failed/)
    const own = await app.post('/api/clients', { inboundId: 1, email: 'customer_4' })
    assert.deepEqual([own.status, own.json.error], [502, 'AuthenticationError'])
  }
  assert.equal(panel.logins - before, 1, 'the clients of one process ask once for all of them')
  const { stdout, stderr } = await app.stop()
  assert.ok(!(stdout + stderr).includes(password), 'the password is in the log')
})

test('without a panel users are told so, and once it is there it is used', async (t) => {
  const gone = await nobodyAt(startPanel)
  const app = await start(t, { url: gone })
  for (const path of ['/', '/api/inbounds']) assert.equal((await app.get(path)).status, 500, path)
  const { status, json } = await app.get('/api/3xui/inbounds')
  assert.deepEqual([status, json.error], [500, FAILED])
  assert.match(json.message, /ECONNREFUSED/)

  const back = await startPanel({ port: Number(new URL(gone).port) })
  t.after(() => back.close())
  for (const path of ['/', '/api/inbounds', '/api/3xui/inbounds']) assert.equal((await app.get(path)).status, 200, path)
})
