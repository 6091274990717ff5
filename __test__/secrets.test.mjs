/*
 * What must not be printed: no password, token or cookie in anything an error shows, in the activity log, or on the
 * console.
 */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { once } from 'node:events'

import ThreeXUI from '3xui-native'

import { PASSWORD, inbound, oldPanel, onPanels, reasonsOf, sendJson, serverFor } from './support/wire.mjs'

const TOKEN = 'tok-0123456789abcdef'
const COOKIE = 'cookie-value-of-the-session'
const NEW = { versions: ['HEAD'] }
const root = fileURLToPath(new URL('..', import.meta.url))

/** Everything a program or a logger may print of a value. */
function views(value) {
  const seen = [
    inspect(value, { depth: Infinity, showHidden: true, getters: true }),
    String(value),
    `${value?.stack}`,
  ]
  for (let error = value; error instanceof Error; error = error.cause) {
    seen.push(error.message, error.stack, JSON.stringify(error), JSON.stringify(Object.entries(error)))
    for (const member of ['config', 'response', 'request']) seen.push(JSON.stringify(error[member]) ?? '')
  }
  return seen.join('\n')
}

/** Every way in which a secret may be written. */
function spellings(secret) {
  const form = new URLSearchParams({ s: secret }).toString().slice(2)
  const basic = Buffer.from(`admin:${secret}`).toString('base64')
  return [
    secret,
    encodeURIComponent(secret),
    form,
    JSON.stringify(secret).slice(1, -1),
    inspect(secret).slice(1, -1),
    basic,
  ]
}

function assertSilent(value, ...secrets) {
  const shown = views(value)
  for (const secret of secrets.filter(Boolean)) {
    for (const spelling of spellings(secret)) assert.ok(!shown.includes(spelling), `${spelling} in ${shown}`)
  }
}

async function failureOf(promise) {
  const [reason] = reasonsOf(await Promise.allSettled([promise]))
  return reason
}

onPanels('a refused login shows neither the password nor a cookie', async (panel) => {
  const client = new ThreeXUI(panel.url, 'admin', PASSWORD, { loginRetryBackoff: 0 })
  for (const call of [() => client.login(), () => client.getInbounds(), () => client.login(true)]) {
    assertSilent(await failureOf(call()), PASSWORD)
  }
  assertSilent(client.getSecurityStats(), PASSWORD)
})

onPanels(
  'an answer with an error shows neither the session nor its token',
  async (panel) => {
    const client = new ThreeXUI(panel.url, 'admin', PASSWORD, { loginRetryBackoff: 0 })
    await client.getInbounds()
    const secrets = [PASSWORD, client.cookie, client.cookie.split('=')[1], client.csrfToken]
    const cookies = { 'set-cookie': `3x-ui=${COOKIE}; Path=/` }
    const faults = [
      { status: 500, headers: cookies },
      { status: 404, headers: cookies, body: 'nothing here', times: 2 },
      { status: 200, body: '{"success":tr', headers: { ...cookies, 'content-type': 'application/json' } },
      { status: 200, body: '<html>Maintenance</html>', headers: cookies, times: 2 },
      { destroy: true, times: 3 },
    ]
    for (const fault of faults) {
      // Of what this call does nothing can be looked up, so that its first answer is its caller's.
      panel.failNext({ method: 'POST', path: '/restartXrayService', ...fault })
      assertSilent(
        await failureOf(client.restartXrayService()),
        ...secrets,
        COOKIE,
        client.cookie,
        client.csrfToken,
      )
    }
    panel.delay(200)
    const hasty = new ThreeXUI(panel.url, 'admin', PASSWORD, { timeout: 20 })
    assertSilent(await failureOf(hasty.getInbounds()), PASSWORD)
    assertSilent(client.getSecurityStats(), ...secrets)
  },
  { password: PASSWORD },
)

test('an answer that repeats the request shows no secret of it in the message', async (t) => {
  const server = await serverFor(t, (request, outgoing) => {
    if (request.path === '/csrf-token') return outgoing.writeHead(404).end()
    const plain = new URLSearchParams(request.body).get('password')
    sendJson(outgoing, { success: false, msg: `Bad request: ${request.body} (${plain})` })
  })
  const error = await failureOf(new ThreeXUI(server.url, 'admin', PASSWORD).login())
  assert.match(error.message, /^Login failed: Bad request/)
  assertSilent(error, PASSWORD)
})

test("a proxy's error page that repeats the headers shows no cookie", async (t) => {
  const server = await serverFor(
    t,
    oldPanel((request, outgoing) => {
      outgoing.writeHead(500, { 'x-echo': request.headers.cookie, 'content-type': 'application/json' })
      outgoing.end(JSON.stringify({ headers: request.headers, body: request.body }))
    }, COOKIE),
  )
  const client = new ThreeXUI(server.url, 'admin', PASSWORD)
  const error = await failureOf(client.getInbounds())
  assertSilent(error, PASSWORD, COOKIE)
  assert.equal(error.response.data.headers['accept-language'], 'en-US', 'the rest of the answer is there')
})

onPanels(
  "a proxy's error page that repeats the headers shows no token",
  async (panel) => {
    const echo = (text) =>
      panel.failNext({
        path: '/inbounds/list',
        status: 502,
        headers: { 'x-echo': text },
        body: { echo: text },
      })
    const byToken = new ThreeXUI(panel.url, { token: panel.token })
    echo(`Bearer ${panel.token}`)
    assertSilent(await failureOf(byToken.getInbounds()), panel.token)

    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    await client.login()
    echo(`${client.cookie} ${client.csrfToken}`)
    assertSilent(await failureOf(client.getInbounds()), client.cookie, client.csrfToken)
  },
  NEW,
)

onPanels(
  'a refused token is not shown',
  async (panel) => {
    const client = new ThreeXUI(panel.url, { token: TOKEN })
    assertSilent(await failureOf(client.getInbounds()), TOKEN)
    const right = new ThreeXUI(panel.url, { token: panel.token })
    panel.failNext({ status: 500, path: '/inbounds/list' })
    assertSilent(await failureOf(right.getInbounds()), panel.token)
  },
  NEW,
)

test('a port where nothing listens, and one that speaks no TLS, show no secret', async (t) => {
  const deaf = createServer((socket) => socket.on('error', () => {}).end('not a handshake\r\n\r\n'))
  deaf.listen(0, '127.0.0.1')
  await once(deaf, 'listening')
  const { port } = deaf.address()
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const nobody = closed.address().port
  closed.close()
  t.after(() => deaf.close())
  for (const url of [`http://127.0.0.1:${nobody}`, `https://127.0.0.1:${port}`, 'http://nowhere.invalid']) {
    assertSilent(await failureOf(new ThreeXUI(url, 'admin', PASSWORD).getInbounds()), PASSWORD)
    assertSilent(await failureOf(new ThreeXUI(url, { token: TOKEN }).getInbounds()), TOKEN)
  }
})

test('a user in the URL is not shown', async (t) => {
  const server = await serverFor(t, (_, outgoing) => outgoing.writeHead(404).end())
  const url = server.url.replace('//', '//proxy-user:proxy-password@')
  const error = await failureOf(new ThreeXUI(url, 'admin', PASSWORD).getInbounds())
  assertSilent(error, PASSWORD, 'proxy-password', 'proxy-user')
  assertSilent(await failureOf(new ThreeXUI(url, { token: TOKEN }).getInbounds()), TOKEN, 'proxy-password')
})

onPanels('a constructor that is refused shows nothing it was given', (panel) => {
  for (const make of [
    () => new ThreeXUI('', 'admin', PASSWORD),
    () => new ThreeXUI('no url', 'admin', PASSWORD),
    () => new ThreeXUI('ftp://user:proxy-password@host', 'admin', PASSWORD),
    () => new ThreeXUI(panel.url, '', PASSWORD),
    () => new ThreeXUI(panel.url, { password: PASSWORD }),
  ]) {
    assert.throws(make, (error) => {
      assertSilent(error, PASSWORD, 'proxy-password')
      return true
    })
  }
})

onPanels("a credential of a client in an old route's path is not shown", async (panel) => {
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const config = { id: 1, settings: { clients: [{ password: PASSWORD, email: 'a' }] } }
  panel.addInbound({
    port: 4443,
    protocol: 'trojan',
    settings: { clients: [{ password: PASSWORD, email: 'a', enable: true }] },
  })
  const anything = /inbounds|clients/
  for (const call of [() => client.deleteClient(1, PASSWORD), () => client.updateClient(PASSWORD, config)]) {
    await client.login()
    // As often as panels of 2.x are asked again.
    panel.failNext({ path: anything, status: 500, times: 9 })
    assertSilent(await failureOf(call()), PASSWORD)
  }
  assertSilent(client.getSecurityStats(), PASSWORD)
})

onPanels("the activity log holds no secret after a day's work", async (panel) => {
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const { obj } = await client.addInbound(inbound({ protocol: 'trojan', settings: { clients: [] } }))
  const { credentials } = await client.addClientWithCredentials(obj.id, 'trojan', { email: 'a' })
  await client.updateClientWithCredentials(credentials.password, obj.id, { totalGB: 1 })
  await client.deleteClient(obj.id, credentials.password)
  assertSilent(client.getSecurityStats(), credentials.password, client.cookie, client.csrfToken)
})

onPanels(
  'nothing is written to the console, whatever debug switch is on',
  async (panel) => {
    const program = `
      const ThreeXUI = require('3xui-native')
      const [url, password] = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
      const run = async () => {
        const client = new ThreeXUI(url, 'admin', password)
        await client.getInbounds()
        await client.login(true)
        await client.getOnlineClients()
        await new ThreeXUI(url, 'admin', password + '!').getInbounds().catch(() => {})
        await new ThreeXUI(url, { token: password }).getInbounds().catch(() => {})
        await client.logout()
      }
      run()`
    const switches = {
      DEBUG: '*',
      RUST_LOG: 'trace',
      RUST_BACKTRACE: 'full',
      NODE_DEBUG: 'http,https,net,tls,fetch',
      THREEXUI_DEBUG: '1',
    }
    const child = spawn(process.execPath, ['-e', program], {
      cwd: root,
      env: { ...process.env, ...switches },
    })
    let printed = ''
    child.stdout.on('data', (text) => (printed += text))
    child.stderr.on('data', (text) => (printed += text))
    child.stdin.end(JSON.stringify([panel.url, PASSWORD]))
    const [code] = await once(child, 'close')
    assert.equal(code, 0, printed)
    for (const spelling of spellings(PASSWORD)) assert.ok(!printed.includes(spelling), printed)
    assert.ok(!printed.includes('3x-ui='), printed)
  },
  { password: PASSWORD },
)
