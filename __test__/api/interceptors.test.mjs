/*
 * Interceptors of `client.api`: programs written for the original put theirs there, and ours run them in the same order,
 * over the same requests, with the same effect.
 */

import assert from 'node:assert/strict'
import http from 'node:http'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { inspect } from 'node:util'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { oldPanel, serverFor } from '../support/wire.mjs'

const Original = createRequire(import.meta.url)('3xui-api-client')
const VERSIONS = ['2.8.11', 'HEAD']

async function panelFor(t, version) {
  const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  return panel
}

/** What interceptors see of a call that is made with a session, in the order in which they see it. */
async function seenBy(Client, panel) {
  const client = new Client(panel.url, 'admin', 'admin')
  await client.login()
  const seen = []
  const note = (name) => (config) => {
    const { method, url, data, headers } = config
    seen.push([name, method, url, method === 'get' ? undefined : data, Boolean(headers.Cookie ?? headers.get('cookie'))])
    return config
  }
  const { request, response } = client.api.interceptors
  request.use(note('first'))
  request.use(note('second'))
  request.use(note('never'), undefined, { runWhen: () => false })
  response.use((answer) => {
    seen.push(['one', answer.status, answer.data.success])
    return answer
  })
  response.use((answer) => ({ ...answer, data: { ...answer.data, read: seen.push(['two', answer.statusText]) > 0 } }))
  const answer = await client.addInbound({ port: 1002, protocol: 'trojan', settings: { clients: [] } })
  seen.push(['answer', answer.success, answer.read])
  // The original keeps the process alive for as long as it keeps a session.
  await client.clearAllSessions()
  return seen
}

const pass = (client) => void client.api.interceptors.request.use((config) => config)

/** The requests of a client that renews its session and asks for the version, and which of them carry a cookie. */
async function renewedOn(t, version, prepare) {
  const panel = await panelFor(t, version)
  const client = new ThreeXUI(panel.url, 'admin', 'admin', { loginRetryBackoff: 0 })
  await client.login()
  prepare(client)
  panel.expireSessions()
  await client.resetAllTraffics()
  await client.login(true)
  assert.equal((await client.getPanelInfo()).version, version === 'HEAD' ? '3.6.0' : version)
  return panel.requests.map(({ method, path, headers }) => `${method} ${path} ${headers.cookie ? 'with' : 'without'} a cookie`)
}

for (const version of VERSIONS) {
  test(`they see and change what the original's see and change (${version})`, async (t) => {
    const ours = await seenBy(ThreeXUI, await panelFor(t, version))
    assert.deepEqual(ours, await seenBy(Original, await panelFor(t, version)))
    assert.equal(ours.length, 5)
  })

  test(`a header set by one goes out (${version})`, async (t) => {
    const panel = await panelFor(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    client.api.interceptors.request.use((config) => {
      config.headers['X-Trace'] = '1'
      config.headers.set('X-Trace-Too', '2')
      return config
    })
    assert.equal((await client.getInbounds()).success, true)
    assert.ok(panel.requests.every(({ headers }) => headers['x-trace'] === '1' && headers['x-trace-too'] === '2'))
  })

  test(`sessions are still looked after: lost ones are renewed, tokens go with what changes something (${version})`, async (t) => {
    const panel = await panelFor(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'admin', { loginRetryBackoff: 0 })
    client.api.interceptors.response.use((answer) => answer)
    await client.getInbounds()
    panel.expireSessions()
    const [list, added] = await Promise.all([
      client.getInbounds(),
      client.addInbound({ port: 1003, protocol: 'vmess', settings: { clients: [] } }),
    ])
    assert.deepEqual([list.success, added.success, panel.logins], [true, true, 2])
  })

  test(`what carries no session carries none through one either: logins, tokens, the page that names the version (${version})`, async (t) => {
    const [plain, through] = [await renewedOn(t, version, () => {}), await renewedOn(t, version, pass)]
    assert.deepEqual(through, plain)
    assert.ok(through.includes('GET /csrf-token without a cookie'), through.join())
  })

  test(`what one throws is what the caller catches, the very same (${version})`, async (t) => {
    const panel = await panelFor(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    await client.getInbounds()
    const own = Object.assign(new TypeError('of the program'), { detail: 1 })
    const id = client.api.interceptors.request.use(() => {
      throw own
    })
    await assert.rejects(client.getInbounds(), (error) => error === own)
    client.api.interceptors.request.eject(id)
    client.api.interceptors.response.use(undefined, (error) => {
      throw Object.assign(new Error('translated'), { status: error.response.status, cause: error })
    })
    await assert.rejects(client._request('get', '/nowhere'), { message: 'translated', status: 404 })
  })

  test(`one that heals an answer has healed it for the caller (${version})`, async (t) => {
    const panel = await panelFor(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    await client.getInbounds()
    panel.failNext({ path: /inbounds/, status: 500, body: 'no' })
    client.api.interceptors.response.use(undefined, (error) => {
      if (error.response?.status !== 500) throw error
      return { ...error.response, status: 200, data: { success: true, obj: 'healed' } }
    })
    assert.deepEqual(await client.getInbounds(), { success: true, obj: 'healed' })
  })

  test(`one that sends the request again by the config of its error gets an answer (${version})`, async (t) => {
    const panel = await panelFor(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    await client.getInbounds()
    panel.failNext({ path: /inbounds/, status: 502, body: '<html>' })
    client.api.interceptors.response.use(undefined, (error) => {
      if (error.config.again) throw error
      return client.api.request({ ...error.config, again: true })
    })
    assert.equal((await client.getInbounds()).success, true)
  })
}

test('an error does not show the session that its request carried', async (t) => {
  const { inspect } = await import('node:util')
  const panel = await panelFor(t, 'HEAD')
  const client = new ThreeXUI(panel.url, 'admin', 'the-password')
  client.api.interceptors.request.use((config) => config)
  const refused = await client.login().catch((error) => error)
  client.password = 'admin'
  await client.login()
  const missing = await client._request('post', '/nowhere', { a: 1 }).catch((error) => error)
  for (const error of [refused, missing]) {
    assert.ok(error instanceof Error)
    for (const secret of ['the-password', client.cookie, client.csrfToken]) {
      assert.ok(!inspect(error, { depth: 9 }).includes(secret), `${secret} in ${inspect(error, { depth: 9 })}`)
      assert.ok(!JSON.stringify(error).includes(secret))
    }
  }
})

/** An agent that does something of its own: it is not replaced by our connections. */
class OwnAgent extends http.Agent {
  addRequest(...args) {
    return super.addRequest(...args)
  }
}

const through = (agent) => (client, t) => {
  t.after(() => agent.destroy())
  client.api.defaults.httpAgent = agent
}

for (const [by, prepare] of Object.entries({ 'our own connections': pass, 'an agent': through(new OwnAgent()) })) {
  test(`an error does not show the session that its answer sets: ${by}`, async (t) => {
    const server = await serverFor(t, oldPanel((_, outgoing) => {
      outgoing.writeHead(500, { 'set-cookie': ['3x-ui=a-new-session; Path=/', 'other=its-value'] }).end('no')
    }))
    const client = new ThreeXUI(server.url, 'admin', 'admin')
    prepare(client, t)
    for (const call of [() => client.getInbounds(), () => client.api.get('/panel/api/inbounds/list')]) {
      const error = await call().then(() => assert.fail('it was taken'), (thrown) => thrown)
      assert.equal(error.response.status, 500)
      const shown = inspect(error, { depth: Infinity }) + JSON.stringify(error.response.headers) + JSON.stringify(error)
      for (const secret of ['a-new-session', 'its-value', 'value-of-the-session']) {
        assert.ok(!shown.includes(secret), `${secret} in ${shown}`)
      }
    }
  })
}

test('the core sends by itself again when the last one is gone', async (t) => {
  const panel = await panelFor(t, 'HEAD')
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  await client.getInbounds()
  const through = t.mock.method(client, '_exchange')
  const id = client.api.interceptors.request.use((config) => config)
  await client.getInbounds()
  assert.equal(through.mock.callCount(), 1)
  client.api.interceptors.request.eject(id)
  await client.getInbounds()
  assert.equal(through.mock.callCount(), 1, 'a call went through JavaScript that nobody wanted to see')
})
