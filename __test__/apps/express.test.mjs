/*
 * The apps in express-4/ and express-5/, as they are, with the package installed from a release: logging in, one
 * session for many requests, what a user sees when something is wrong, and the end of the process.
 */

import assert from 'node:assert/strict'
import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { startPanel } from '3xui-native/testing'

import { UUID } from '../support/guide-shapes.mjs'
import { appFolder } from '../support/release.mjs'
import { accountOf, nobodyAt, startWebApp } from '../support/web-apps.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const APPS = [
  { name: 'Express 4', source: 'express-4/app.cjs', framework: 'express' },
  { name: 'Express 5', source: 'express-5/app.mjs', framework: 'express-5' },
]
const FAILED = '3x-ui authentication failed'

before(async () => {
  for (const app of APPS) {
    const folder = await appFolder()
    app.program = join(folder, app.source.split('/')[1])
    cpSync(new URL(app.source, import.meta.url), app.program)
    symlinkSync(join(root, 'node_modules', app.framework), join(folder, 'node_modules/express'), 'junction')
  }
})

/** The same test for both: `start(account)` starts the app, and `panel` is what it is in front of. */
function onBoth(title, body) {
  for (const app of APPS) {
    test(`${app.name}: ${title}`, async (t) => {
      const panel = await startPanel({ inbounds: [{ port: 1001, protocol: 'vless', remark: 'main' }] })
      t.after(() => panel.close())
      const start = (account) =>
        startWebApp(t, [app.program], {
          env: { ...accountOf(panel, account), PORT: '0' },
          listening: /listening on (\d+)/,
        })
      await body({ panel, start, t })
    })
  }
}

onBoth('200 requests, twenty at a time, are one login', async ({ panel, start }) => {
  const app = await start()
  assert.equal(panel.requests.length, 0, 'nothing is sent before the first request')
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.get('/inbounds')))
    for (const { status, json } of answers) {
      assert.deepEqual({ status, json }, { status: 200, json: [{ id: 1, remark: 'main', port: 1001 }] })
    }
  }
  assert.equal(panel.logins, 1)
  assert.deepEqual(app.said.stderr, '')
})

onBoth('a client is sold, and is on the panel', async ({ panel, start }) => {
  const app = await start()
  const { status, json } = await app.post('/clients', { inboundId: 1, email: 'customer_1', gigabytes: 10 })
  assert.equal(status, 201)
  const [stored] = panel.inbounds[0].settings.clients
  assert.deepEqual({ id: stored.id, subId: stored.subId }, json)
  assert.equal(stored.totalGB, 10 * 1024 ** 3)
  assert.match((await app.get('/credentials/vless')).json.id, UUID)
})

onBoth('what a user typed wrong is an error of theirs, with the field', async ({ panel, start }) => {
  const app = await start()
  const refused = await app.post('/clients', { inboundId: 1, email: '<b>', gigabytes: 10 })
  assert.deepEqual([refused.status, refused.json.error], [400, 'ValidationError'])
  assert.match(refused.json.message, /email/)
  const strange = await app.get('/credentials/gopher')
  assert.equal(strange.status, 400)
  assert.match(strange.json.message, /gopher/)
  assert.deepEqual(panel.inbounds[0].settings.clients, [])
})

onBoth('a session that the panel lost is renewed without a user noticing', async ({ panel, start }) => {
  const app = await start()
  await app.get('/inbounds')
  panel.expireSessions()
  const answers = await Promise.all(Array.from({ length: 10 }, () => app.get('/inbounds')))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  assert.equal(panel.logins, 2)
})

onBoth('with a wrong password users are told so, and the panel is asked once', async ({ panel, start }) => {
  const app = await start({ password: 'not-the-one' })
  for (let times = 0; times < 20; times++) {
    const { status, json, text } = await app.get('/inbounds')
    assert.deepEqual([status, json.error], [500, FAILED])
    assert.match(json.message, /^Login failed/)
    assert.doesNotMatch(text, /not-the-one/)
  }
  assert.equal(panel.logins, 1, 'a panel locks an account out after five')
  assert.equal((await app.get('/health')).status, 200, 'the app lives on')
  assert.doesNotMatch(app.said.stderr + app.said.stdout, /not-the-one/)
})

onBoth('without a panel users are told so, and once it is there it is used', async ({ panel, start, t }) => {
  const gone = await nobodyAt(startPanel)
  const app = await start({ url: gone })
  const { status, json } = await app.get('/inbounds')
  assert.deepEqual([status, json.error], [500, FAILED])
  assert.match(json.message, /ECONNREFUSED/)

  const back = await startPanel({ port: Number(new URL(gone).port), inbounds: panel.inbounds })
  t.after(() => back.close())
  assert.equal((await app.get('/inbounds')).status, 200)
})

onBoth('a panel that goes away is an error for the handler, which the app answers', async ({ panel, start }) => {
  const app = await start()
  await app.get('/inbounds')
  panel.failNext({ path: '/list', status: 502, body: '<html>', times: 3 })
  const broken = await app.get('/inbounds')
  assert.deepEqual([broken.status, broken.json.error], [502, 'PanelError'])
  await panel.close()
  const gone = await app.get('/inbounds')
  assert.deepEqual([gone.status, gone.json.error], [502, 'NetworkError'])
  assert.match(gone.json.message, /ECONNREFUSED/)
})

const skip = process.platform === 'win32' ? 'a process cannot be told to end there' : false

for (const app of APPS) {
  test(`${app.name}: told to end, it answers what is under way and ends by itself`, { skip }, async (t) => {
    const panel = await startPanel({ inbounds: [{ port: 1001, protocol: 'vless', remark: 'main' }] })
    t.after(() => panel.close())
    const env = { ...accountOf(panel), PORT: '0' }
    const shop = await startWebApp(t, [app.program], { env, listening: /listening on (\d+)/ })
    await shop.get('/inbounds')

    panel.delay(300)
    const before = panel.requests.length
    const underWay = shop.get('/inbounds')
    while (panel.requests.length === before) await new Promise((resolve) => setTimeout(resolve, 5))
    const end = await shop.stop()

    assert.equal((await underWay).status, 200)
    assert.deepEqual({ ...end, stdout: end.stdout.split('\n')[1] }, { code: 0, signal: null, stdout: 'closed', stderr: '' })
  })
}
