/*
 * What is the panel's goes to the panel: a request that names another server, and one that a redirect sends to another, carry
 * no session, no token and no secret of the defaults. What a caller writes into a request itself goes where it goes.
 */

import assert from 'node:assert/strict'
import http from 'node:http'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { sendJson, serverFor } from './support/wire.mjs'

const COOKIE = 'cookie-of-the-session'
const CSRF = 'csrf-of-the-session'
const TOKEN = 'token-of-the-client'
const GATE = 'gate-password'

/** A panel from 3.0 on that sends to another server who asks for `/away`, and that server. */
async function twoServers(t) {
  const other = await serverFor(t, (_, outgoing) => sendJson(outgoing, { success: true, obj: 'elsewhere' }))
  const panel = await serverFor(t, (request, outgoing) => {
    if (request.path.startsWith('/away')) return outgoing.writeHead(302, { location: `${other.url}/there` }).end()
    if (request.path === '/csrf-token') return sendJson(outgoing, { success: true, obj: CSRF }, { 'set-cookie': `3x-ui=${COOKIE}` })
    if (request.path === '/login') return sendJson(outgoing, { success: true }, { 'set-cookie': `3x-ui=${COOKIE}` })
    sendJson(outgoing, { success: true, obj: 'here' })
  })
  return { panel, other }
}

const CLIENTS = {
  'with a session': async (url) => {
    const client = new ThreeXUI(url.replace('//', `//gate:${GATE}@`), 'admin', 'admin')
    await client.login()
    return client
  },
  'with a token': async (url) => new ThreeXUI(url.replace('//', `//gate:${GATE}@`), { token: TOKEN }),
}

const SECRETS = [COOKIE, CSRF, TOKEN, Buffer.from(`gate:${GATE}`).toString('base64'), 'of-defaults']

function assertTold(server, secrets, count) {
  const told = JSON.stringify(server.requests)
  for (const secret of secrets) assert.ok(!told.includes(secret), `${secret} was sent: ${told}`)
  assert.equal(server.requests.length, count)
}

/** Ways in which a client's calls leave. */
const WAYS = {
  natively: () => {},
  'through interceptors': (client) => void client.api.interceptors.request.use((config) => config),
  'through an agent': (client) => void (client.api.defaults.httpAgent = new (class extends http.Agent {})()),
  'with secrets among the defaults': (client) => {
    client.api.defaults.headers['X-Api-Key'] = 'key-of-defaults'
    client.api.defaults.headers.common['Proxy-Authorization'] = 'proxy-of-defaults'
    client.api.defaults.headers.post['X-Csrf-Token'] = 'csrf-of-defaults'
    if (!client.token) client.api.defaults.headers.Authorization = 'Basic of-defaults'
  },
}

for (const [who, clientFor] of Object.entries(CLIENTS)) {
  for (const [how, prepare] of Object.entries(WAYS)) {
    test(`a call to another server tells it nothing of the panel: ${who}, ${how}`, async (t) => {
      const { panel, other } = await twoServers(t)
      const client = await clientFor(panel.url)
      prepare(client)
      const url = `${other.url}/panel/api/inbounds/list`
      assert.equal((await client._request('get', url)).obj, 'elsewhere')
      assert.equal((await client._request('post', url, { a: 1 })).obj, 'elsewhere')
      assert.equal((await client.api.get(url)).data.obj, 'elsewhere')
      assert.equal((await client.api.post(url, { a: 1 })).data.obj, 'elsewhere')
      assert.equal((await client.api.get('/panel/x', { baseURL: other.url })).data.obj, 'elsewhere')
      assert.equal((await client._request('get', '/panel/x', {}, {}, { baseURL: other.url })).obj, 'elsewhere')
      assert.equal((await client.api.create().get(url)).data.obj, 'elsewhere')
      assertTold(other, SECRETS, 7)
      assert.equal((await client._request('get', '/panel/api/inbounds/list')).obj, 'here')
      assert.ok(SECRETS.some((secret) => JSON.stringify(panel.requests.at(-1).headers).includes(secret)), 'the panel is told as before')
    })
  }

  test(`an interceptor that sends a call elsewhere takes nothing of the panel along: ${who}`, async (t) => {
    const { panel, other } = await twoServers(t)
    const client = await clientFor(panel.url)
    client.api.interceptors.request.use((config) => ({ ...config, baseURL: other.url }))
    assert.equal((await client.getInbounds()).obj, 'elsewhere')
    assert.equal((await client.api.get('/x')).data.obj, 'elsewhere')
    assertTold(other, SECRETS, 2)
  })

  for (const [how, prepare] of Object.entries(WAYS)) {
    test(`a redirect to another server is not followed with what is the panel's: ${who}, ${how}`, async (t) => {
      const { panel, other } = await twoServers(t)
      const client = await clientFor(panel.url)
      client.maxLoginRetries = 0
      prepare(client)
      await client._request('get', '/away').catch(() => {})
      await client.api.get('/away').catch(() => {})
      await client.api.post('/away', { a: 1 }).catch(() => {})
      assertTold(other, SECRETS, other.requests.length)
      assert.ok(panel.requests.some(({ path }) => path === '/away'))
    })
  }

  test(`an address of the panel itself is the panel, however it is written: ${who}`, async (t) => {
    const { panel } = await twoServers(t)
    const client = await clientFor(panel.url)
    for (const url of [`${panel.url}/panel/x`, `${panel.url.replace('http', 'HTTP')}/panel/x`.replace('HTTP', 'http')]) {
      await client._request('get', url)
      await client.api.get(url)
    }
    for (const { path, headers } of panel.requests.filter(({ path }) => path === '/panel/x')) {
      assert.ok(headers.cookie?.includes(COOKIE) || headers.authorization?.includes(TOKEN), `${path} ${JSON.stringify(headers)}`)
    }
  })

  test(`what a caller writes into a call goes where the call goes: ${who}`, async (t) => {
    const { panel, other } = await twoServers(t)
    const client = await clientFor(panel.url)
    const headers = { Authorization: 'Bearer theirs', Cookie: 'their=cookie', 'X-CSRF-Token': 'their-csrf' }
    await client._request('post', `${other.url}/x`, {}, headers)
    await client.api.post(`${other.url}/x`, {}, { headers })
    for (const { headers } of other.requests) {
      assert.deepEqual([headers.authorization, headers.cookie, headers['x-csrf-token']], ['Bearer theirs', 'their=cookie', 'their-csrf'])
    }
  })
}

test('who is not logged in does not log in for a call to another server', async (t) => {
  const { panel, other } = await twoServers(t)
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  await client._request('get', `${other.url}/x`)
  assert.deepEqual([panel.requests.length, other.requests.length], [0, 1])
})
