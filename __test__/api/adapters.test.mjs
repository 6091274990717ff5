/*
 * Where requests of `client.api` go: stand-ins in tests (axios-mock-adapter, replaced functions, another instance), agents,
 * and the core again.
 */

import assert from 'node:assert/strict'
import http from 'node:http'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const require = createRequire(import.meta.url)
const MockAdapter = require('axios-mock-adapter')
const axios = require('axios')
const Original = require('3xui-api-client')

const URL = 'http://panel.test:2053/base'
const LIBRARIES = { 'the original': Original, ours: ThreeXUI }

/** The original's ways to log in, as programs' tests teach them to a stand-in. */
const LOGINS = {
  'at the path that the original tries first': (mock) => mock.onPost('/panel/api/login'),
  'at the path that panels have': (mock) => mock.onPost('/login'),
}

/** A client whose sessions are gone in the end: the original keeps the process alive for as long as it keeps one. */
function clientOf(t, Client, ...args) {
  const client = new Client(...args)
  t.after(() => client.clearAllSessions())
  return client
}

async function panelFor(t, version = 'HEAD') {
  const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  return panel
}

for (const [library, Client] of Object.entries(LIBRARIES)) {
  for (const [where, at] of Object.entries(LOGINS)) {
    test(`a program's test with axios-mock-adapter passes: ${library}, login ${where}`, async (t) => {
      const client = clientOf(t, Client, URL, 'admin', 'secret', { loginRetryBackoff: 0 })
      const mock = new MockAdapter(client.api)
      at(mock).reply(200, { success: true, msg: 'ok' }, { 'set-cookie': ['3x-ui=abc; Path=/; HttpOnly'] })
      mock.onGet('/panel/api/inbounds/list').reply(200, { success: true, obj: [{ id: 7 }] })
      mock.onPost('/panel/api/clients/add').reply((config) => [200, { success: true, obj: JSON.parse(config.data) }])
      mock.onGet('/panel/api/inbounds/get/404').reply(404, { success: false, msg: 'gone' })
      mock.onPost('/panel/api/inbounds/onlines').networkError()

      assert.deepEqual(await client.getInbounds(), { success: true, obj: [{ id: 7 }] })
      assert.equal(client.cookie, '3x-ui=abc')
      const added = await client.addClientWithCredentials(7, 'vless', { email: 'a@b', limitIp: 2 })
      assert.deepEqual([added.success, added.obj.client.email, added.obj.inboundIds], [true, 'a@b', [7]])
      await assert.rejects(client.getInbound(404), (error) => error.response.status === 404 && error.response.data.msg === 'gone')
      await assert.rejects(client.getOnlineClients(), { message: 'Network Error' })
      assert.deepEqual(mock.history.get.filter(({ url }) => url === '/panel/api/inbounds/list').map(({ baseURL }) => baseURL), [URL])
      const [sent] = mock.history.post.filter(({ url }) => url === '/panel/api/clients/add')
      assert.equal(sent.headers.Cookie, '3x-ui=abc')
      mock.restore()
    })
  }

  test(`a stand-in that knows one thing lets the rest pass to the panel: ${library}`, async (t) => {
    const panel = await panelFor(t)
    const client = clientOf(t, Client, panel.url, 'admin', 'admin')
    const mock = new MockAdapter(client.api, { onNoMatch: 'passthrough' })
    mock.onGet('/panel/api/inbounds/get/1').reply(200, { success: true, obj: 'of the stand-in' })
    assert.equal((await client.getInbounds()).obj.length, 1)
    assert.equal((await client.getInbound(1)).obj, 'of the stand-in')
    assert.equal(panel.logins, 1)
  })

  test(`a request that times out in a stand-in rejects with the words of the original: ${library}`, async (t) => {
    const client = clientOf(t, Client, URL, { token: 't' })
    new MockAdapter(client.api).onGet('/panel/api/inbounds/list').timeout()
    const error = await client.getInbounds().catch((error) => error)
    assert.match(error.message, /^(Request timeout - server took too long to respond|timeout of \d+ms exceeded)$/)
  })

  test(`a replaced request is asked in the place of the panel: ${library}`, async (t) => {
    const client = clientOf(t, Client, URL, { token: 'a-token' })
    const asked = []
    client.api.request = async (config) => {
      asked.push([config.method, config.url])
      return { status: 200, data: { success: true, obj: [1] }, headers: {} }
    }
    assert.deepEqual(await client.getInbounds(), { success: true, obj: [1] })
    assert.deepEqual(asked, [['get', '/panel/api/inbounds/list']])
  })

  test(`another axios instance in its place makes the requests: ${library}`, async (t) => {
    const panel = await panelFor(t)
    const client = clientOf(t, Client, panel.url, { token: panel.token })
    const asked = []
    client.api = axios.create({ baseURL: panel.url, headers: { Authorization: `Bearer ${panel.token}` } })
    client.api.interceptors.request.use((config) => {
      asked.push(config.url)
      return config
    })
    assert.equal((await client.getInbounds()).obj.length, 1)
    assert.deepEqual(asked, ['/panel/api/inbounds/list'])
  })

  test(`requests go through an agent of the program's own: ${library}`, async (t) => {
    const panel = await panelFor(t, '2.8.11')
    const client = clientOf(t, Client, panel.url, 'admin', 'admin')
    const used = []
    class Counting extends http.Agent {
      addRequest(request, ...rest) {
        used.push(request.path)
        return super.addRequest(request, ...rest)
      }
    }
    const agent = new Counting({ keepAlive: true })
    t.after(() => agent.destroy())
    client.api.defaults.httpAgent = agent
    const { obj } = await client.getInbounds()
    assert.equal(obj.length, 1)
    assert.ok(used.some((path) => path.endsWith('/panel/api/inbounds/list')), used.join())
    client.api.defaults.httpAgent = undefined
  })
}

test('a stand-in without the login that fails says so once, as the original does', async () => {
  const client = new ThreeXUI(URL, 'admin', 'secret')
  const mock = new MockAdapter(client.api)
  mock.onPost('/login').reply(200, { success: false, msg: 'wrong username or password' })
  await assert.rejects(client.getInbounds(), { message: 'Login failed: wrong username or password' })
  assert.equal(mock.history.post.length, 1)
})

test('an adapter that speaks to an old panel leads to the routes that it has', async (t) => {
  const panel = await panelFor(t, '2.8.11')
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const own = axios.create({ baseURL: panel.url })
  client.api.defaults.adapter = (config) => own.request({ ...config, adapter: 'http', transformResponse: [], transformRequest: [] })
  const added = await client.addClientWithCredentials(1, 'vless', { email: 'a@b' })
  assert.equal(added.success, true)
  assert.deepEqual(panel.inbounds[0].settings.clients.map(({ email }) => email), ['a@b'])
})

test('an agent whose server is gone rejects with the code of the system', async (t) => {
  const server = http.createServer()
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address()
  await new Promise((done) => server.close(done))
  const client = new ThreeXUI(`http://127.0.0.1:${port}`, { token: 't' })
  const agent = new http.Agent()
  t.after(() => agent.destroy())
  client.api.defaults.httpAgent = agent
  await assert.rejects(client.getInbounds(), { code: 'ECONNREFUSED', isAxiosError: true })
})
