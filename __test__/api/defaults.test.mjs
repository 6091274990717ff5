/*
 * What programs set on `client.api` or pass to a call for itself: headers, session, token, query, time limits, signals,
 * what an answer is to be.
 */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const Original = createRequire(import.meta.url)('3xui-api-client')
const LIBRARIES = { 'the original': Original, ours: ThreeXUI }

async function panelFor(t, options) {
  const panel = await startPanel({ version: 'HEAD', inbounds: [{ port: 1001, protocol: 'vless' }], ...options })
  t.after(() => panel.close())
  return panel
}

/** A client whose sessions are gone in the end: the original keeps the process alive for as long as it keeps one. */
function clientOf(t, Client, ...args) {
  const client = new Client(...args)
  t.after(() => client.clearAllSessions())
  return client
}

for (const [library, Client] of Object.entries(LIBRARIES)) {
  test(`a default header goes out with every request, and one taken away with none: ${library}`, async (t) => {
    const panel = await panelFor(t)
    const client = clientOf(t, Client, panel.url, 'admin', 'admin')
    client.api.defaults.headers['X-Mine'] = 'yes'
    client.api.defaults.headers.common['X-Common'] = 'too'
    delete client.api.defaults.headers['Referrer-Policy']
    await client.getInbounds()
    assert.ok(panel.requests.length >= 3)
    for (const { path, headers } of panel.requests) {
      const { 'x-mine': mine, 'x-common': common, 'referrer-policy': policy } = headers
      assert.deepEqual([mine, common, policy], ['yes', 'too', undefined], path)
    }
  })

  test(`requests by the instance itself carry the session and answer as axios does: ${library}`, async (t) => {
    const panel = await panelFor(t)
    const client = clientOf(t, Client, panel.url, 'admin', 'admin')
    await client.login()
    assert.equal(client.api.defaults.headers.Cookie, client.cookie)
    const { status, data, headers } = await client.api.get('/panel/api/inbounds/list')
    assert.deepEqual([status, data.success, headers['content-type']], [200, true, 'application/json; charset=utf-8'])
    assert.equal((await client.api('/panel/api/inbounds/list')).data.obj.length, 1)
    assert.equal((await client.api({ url: '/panel/api/inbounds/get/1', method: 'GET' })).data.obj.id, 1)
    const error = await client.api.get('/nowhere').catch((error) => error)
    assert.deepEqual([error.message, error.code, error.isAxiosError], ['Request failed with status code 404', 'ERR_BAD_REQUEST', true])
    assert.deepEqual([error.response.status, error.config.url, error.response.config.method], [404, '/nowhere', 'get'])
    assert.equal((await client.api.get('/nowhere', { validateStatus: () => true })).status, 404)
    assert.equal(client.api.getUri({ url: '/a', params: { b: [1, 2], c: { d: 'e f' }, g: null } }), `${panel.url}/a?b[]=1&b[]=2&c[d]=e+f`.replaceAll('[', '%5B').replaceAll(']', '%5D'))
  })

  test(`what a call is told for itself holds for it: ${library}`, async (t) => {
    const panel = await panelFor(t)
    const client = clientOf(t, Client, panel.url, 'admin', 'admin')
    await client.login()
    await client._request('get', '/panel/api/inbounds/list', {}, {}, { params: { page: 2 } })
    assert.equal(panel.requests.at(-1).path, '/panel/api/inbounds/list?page=2')
    const missing = await client._request('get', '/nowhere', {}, {}, { validateStatus: () => true })
    assert.equal(missing, '')
    const text = await client._request('get', '/panel/api/inbounds/list', {}, {}, { responseType: 'text', transformResponse: [] })
    assert.equal(JSON.parse(text).success, true)
    const bytes = await client._request('get', '/panel/api/inbounds/list', {}, {}, { responseType: 'arraybuffer' })
    assert.equal(JSON.parse(Buffer.from(bytes)).success, true)
    const controller = new AbortController()
    panel.delay(5_000)
    setTimeout(() => controller.abort(), 20)
    const canceled = await client._request('get', '/panel/api/inbounds/list', {}, {}, { signal: controller.signal }).catch((e) => e)
    assert.deepEqual([canceled.message, canceled.code, canceled.name], ['canceled', 'ERR_CANCELED', 'CanceledError'])
    const late = await client._request('get', '/panel/api/inbounds/list', {}, {}, { timeout: 30 }).catch((e) => e)
    assert.equal(late.message, 'Request timeout - server took too long to respond')
    panel.delay(0)
  })
}

test('a cookie that a program brings is the session, and one that it takes away was', async (t) => {
  const panel = await panelFor(t)
  const first = new ThreeXUI(panel.url, 'admin', 'admin')
  await first.login()
  const second = new ThreeXUI(panel.url, 'admin', 'admin')
  second.api.defaults.headers.Cookie = first.cookie
  assert.equal((await second.getInbounds()).success, true)
  assert.equal(panel.logins, 1)
  delete second.api.defaults.headers.Cookie
  assert.equal(second.cookie, null)
  assert.equal((await second.getInbounds()).success, true)
  assert.equal(panel.logins, 2)
})

test('base URL, time limit and token are the client’s, read and set there', async (t) => {
  const panel = await panelFor(t)
  const client = new ThreeXUI('http://127.0.0.1:1', { token: 'old', timeout: 1_234 })
  const { defaults } = client.api
  assert.deepEqual([defaults.baseURL, defaults.timeout, defaults.headers.Authorization], ['http://127.0.0.1:1', 1_234, 'Bearer old'])
  defaults.baseURL = panel.url
  defaults.headers.Authorization = `Bearer ${panel.token}`
  assert.deepEqual([client.baseURL, client.token], [panel.url, panel.token])
  assert.equal((await client.getInbounds()).success, true)
  panel.delay(5_000)
  defaults.timeout = 20
  await assert.rejects(client.getInbounds(), { code: 'ECONNABORTED' })
  panel.delay(0)
})

test('an instance made of it has its defaults, and none of its interceptors', async (t) => {
  const panel = await panelFor(t)
  const client = new ThreeXUI(panel.url, { token: panel.token })
  let seen = 0
  client.api.interceptors.request.use((config) => (seen += 1) && config)
  const other = client.api.create({ headers: { 'X-Other': '1' } })
  assert.equal((await other.get('/panel/api/inbounds/list')).data.success, true)
  assert.equal(seen, 0)
  assert.equal(panel.requests.at(-1).headers['x-other'], '1')
})

test('forms and bytes that the instance sends arrive as they are', async (t) => {
  const panel = await panelFor(t)
  const client = new ThreeXUI(panel.url, { token: panel.token })
  const sent = async (data, config) => {
    await client.api.post('/nowhere', data, { validateStatus: () => true, ...config })
    const { headers, body } = panel.requests.at(-1)
    return [headers['content-type'], body]
  }
  assert.deepEqual(await sent({ a: 1 }), ['application/json', '{"a":1}'])
  assert.deepEqual(await sent(new URLSearchParams({ a: 'b c' })), ['application/x-www-form-urlencoded', 'a=b+c'])
  assert.deepEqual(await sent(Buffer.from('bytes'), { headers: { 'Content-Type': 'text/x' } }), ['text/x', 'bytes'])
  const form = new FormData()
  form.set('db', new Blob(['file']), 'x.db')
  const [type, body] = await sent(form)
  assert.match(type, /^multipart\/form-data; boundary=/)
  assert.match(body, /name="db"; filename="x.db"/)
})
