/*
 * Proxies from the environment, as programs set and delete them while they run; a proxy of the test's own stands before the
 * panel and notes what it was asked.
 */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { test } from 'node:test'
import { inspect } from 'node:util'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const Original = createRequire(import.meta.url)('3xui-api-client')
const LIBRARIES = { 'the original': Original, ours: ThreeXUI }
const NAMES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy']

/** No proxy but those of the test. */
function quiet(t) {
  const names = NAMES.flatMap((name) => [name, name.toUpperCase()])
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]))
  for (const name of names) delete process.env[name]
  t.after(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })
}

async function panelFor(t) {
  const panel = await startPanel({ version: 'HEAD' })
  t.after(() => panel.close())
  return panel
}

/** A proxy that does what it is asked to, for URLs and for tunnels. */
async function startProxy(t) {
  const asked = []
  const server = http.createServer((request, answer) => {
    const one = { line: `${request.method} ${request.url}`, authorization: request.headers['proxy-authorization'], body: '' }
    asked.push(one)
    request.on('data', (chunk) => (one.body += chunk))
    const { hostname, port, pathname, search } = new URL(request.url)
    const { method, headers } = request
    const inner = http.request({ host: hostname, port, path: pathname + search, method, headers }, (answered) => {
      answer.writeHead(answered.statusCode, answered.headers)
      answered.pipe(answer)
    })
    inner.on('error', () => answer.destroy())
    request.pipe(inner)
  })
  const tunnels = new Set()
  server.on('connect', (request, socket, head) => {
    asked.push({ line: `CONNECT ${request.url}`, authorization: request.headers['proxy-authorization'] })
    const inner = connect(Number(request.url.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      inner.write(head)
      inner.pipe(socket).pipe(inner)
    })
    for (const end of [inner, socket]) {
      tunnels.add(end)
      end.on('error', () => {})
    }
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  t.after(async () => {
    server.closeAllConnections()
    for (const tunnel of tunnels) tunnel.destroy()
    await new Promise((done) => server.close(done))
  })
  return { asked, host: `127.0.0.1:${server.address().port}` }
}

for (const [library, Client] of Object.entries(LIBRARIES)) {
  test(`a proxy that is set, changed and deleted while the program runs: ${library}`, async (t) => {
    quiet(t)
    const panel = await panelFor(t)
    const [first, second] = [await startProxy(t), await startProxy(t)]
    const client = new Client(panel.url, { token: panel.token })
    const list = async () => (await client.getInbounds()).success
    assert.equal(await list(), true)
    process.env.HTTP_PROXY = `http://${first.host}`
    assert.equal(await list(), true)
    assert.deepEqual(first.asked.map(({ line }) => line), [`GET ${panel.url}/panel/api/inbounds/list`])
    process.env.http_proxy = `http://${second.host}`
    assert.equal(await list(), true)
    assert.deepEqual([first.asked.length, second.asked.length], [1, 1], 'small letters count before capitals')
    process.env.NO_PROXY = 'localhost,example.com'
    assert.equal(await list(), true)
    delete process.env.NO_PROXY
    assert.equal(second.asked.length, 1, 'this machine by any of its names')
    delete process.env.http_proxy
    delete process.env.HTTP_PROXY
    assert.equal(await list(), true)
    assert.deepEqual([first.asked.length, second.asked.length], [1, 1])
  })

  test(`a proxy gets the credentials of its URL, and one for all schemes is used: ${library}`, async (t) => {
    quiet(t)
    const panel = await panelFor(t)
    const proxy = await startProxy(t)
    process.env.ALL_PROXY = `http://user:password@${proxy.host}`
    assert.equal((await new Client(panel.url, { token: panel.token }).getInbounds()).success, true)
    const [{ authorization }] = proxy.asked
    assert.equal(Buffer.from(authorization.split(' ')[1], 'base64').toString(), 'user:password')
  })
}

test('a proxy that is set between two calls of one turn, however many went before', async (t) => {
  quiet(t)
  for (const before of [1, 2, 127, 128, 300]) {
    const panel = await startPanel({ version: 'HEAD', inbounds: [{ port: 1001, protocol: 'trojan' }, { port: 1002, protocol: 'trojan' }] })
    t.after(() => panel.close())
    const proxy = await startProxy(t)
    const client = new ThreeXUI(panel.url, { token: panel.token })
    await client.getPanelInfo()
    const add = (inbound, email) => client.addClientWithCredentials(inbound, 'trojan', { email })
    const earlier = Array.from({ length: before }, (_, n) => add(1, `a${n}`))
    process.env.http_proxy = `http://${proxy.host}`
    const { success } = await add(2, 'last')
    await Promise.all(earlier)
    delete process.env.http_proxy
    assert.equal(success, true)
    assert.equal(panel.inbounds[1].settings.clients.length, 1)
    assert.ok(proxy.asked.some(({ body }) => body.includes('"last"')), `${before} before it`)
  }
})

test('https goes through a tunnel', async (t) => {
  quiet(t)
  const panel = await panelFor(t)
  const target = new URL(panel.url)
  const read = (name) => readFileSync(new URL(`support/certificates/${name}`, import.meta.url))
  const server = https.createServer({ cert: read('self.pem'), key: read('self.key') }, (asked, answer) => {
    const { method, url: path, headers } = asked
    http.get({ host: target.hostname, port: target.port, path, method, headers }, (answered) => {
      answer.writeHead(answered.statusCode, answered.headers)
      answered.pipe(answer)
    })
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  t.after(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  const proxy = await startProxy(t)
  process.env.HTTPS_PROXY = `http://${proxy.host}`
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  t.after(() => delete process.env.NODE_TLS_REJECT_UNAUTHORIZED)
  const { port } = server.address()
  const client = new ThreeXUI(`https://localhost:${port}`, { token: panel.token })
  assert.equal((await client.getInbounds()).success, true)
  assert.deepEqual(proxy.asked.map(({ line }) => line), [`CONNECT localhost:${port}`])
})

test('a proxy that is not there is named, without its password', async (t) => {
  quiet(t)
  const panel = await panelFor(t)
  process.env.HTTP_PROXY = 'http://user:the-password@127.0.0.1:1'
  const client = new ThreeXUI(panel.url, { token: panel.token })
  const error = await client.getInbounds().catch((error) => error)
  assert.equal(error.code, 'ECONNREFUSED')
  assert.match(error.message, /^Cannot connect to server: http:\/\/127\.0\.0\.1:\d+ by the proxy http:\/\/.*127\.0\.0\.1:1/)
  assert.ok(!inspect(error, { depth: 9 }).includes('the-password'), inspect(error, { depth: 9 }))
})

test('requests by client.api go the same way', async (t) => {
  quiet(t)
  const panel = await panelFor(t)
  const proxy = await startProxy(t)
  process.env.HTTP_PROXY = proxy.host
  const client = new ThreeXUI(panel.url, { token: panel.token })
  client.api.interceptors.request.use((config) => config)
  assert.equal((await client.getInbounds()).success, true)
  assert.equal(proxy.asked.length, 1, 'a proxy without a scheme has that of the URL')
})
