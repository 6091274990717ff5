/*
 * The helpers for web frameworks in a small web application: Express middleware, Next.js handlers, the browser's
 * side. What they answer is compared with the original's, which is given a panel of its own.
 */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import express from 'express'

import ThreeXUI from '3xui-native'

import { atOnce, inbound, onPanels, panelFor, valuesOf } from './support/wire.mjs'

const Original = createRequire(import.meta.url)('3xui-api-client')
const { createExpressMiddleware, createNextjsRoutes, createReactHook, withThreeXUI, SessionConfig } = ThreeXUI

const EMAIL = 'ann@example.com'
const accountOf = ({ url }, more) => ({ baseURL: url, username: 'admin', password: 'admin', ...more })

onPanels('200 requests to an Express app, one after another and at once, are one login', async (panel, t) => {
  const app = await expressApp(t, createExpressMiddleware(accountOf(panel)))
  for (let left = 50; left > 0; left--) assert.equal((await app.get('/inbounds')).status, 200)
  const answers = valuesOf(await atOnce(150, () => app.get('/inbounds')))
  assert.ok(answers.every(({ status, json }) => status === 200 && json.success))
  assert.equal(panel.logins, 1)
})

onPanels('150 first requests at once are one login, too', async (panel, t) => {
  const app = await expressApp(t, createExpressMiddleware(accountOf(panel)))
  const answers = valuesOf(await atOnce(150, () => app.get('/inbounds')))
  assert.ok(answers.every(({ status, json }) => status === 200 && json.success))
  assert.equal(panel.logins, 1)
})

onPanels('a session that the panel forgot is renewed behind the app', async (panel, t) => {
  const app = await expressApp(t, createExpressMiddleware(accountOf(panel)))
  await app.get('/inbounds')
  panel.expireSessions()
  assert.equal((await app.get('/inbounds')).json.success, true)
  assert.equal(panel.logins, 2)
})

onPanels('a response makes credentials and adds clients', async (panel, t) => {
  const id = panel.addInbound(inbound())
  const app = await expressApp(t, createExpressMiddleware(accountOf(panel)))
  assert.equal((await app.get('/credentials')).json.password.length, 16)

  const { status, json } = await app.get(`/add/${id}`)
  assert.equal(status, 200)
  assert.equal(json.success, true)
  const [stored] = panel.inbounds[0].settings.clients
  assert.deepEqual([stored.email, stored.id], [EMAIL, json.credentials.id])
})

onPanels('a wrong password is a 500 that says why, and the panel is asked once', async (panel, t) => {
  const app = await expressApp(t, createExpressMiddleware(accountOf(panel, { password: 'not-the-one' })))
  const answers = valuesOf(await atOnce(20, () => app.get('/inbounds')))
  for (const { status, json } of [...answers, await app.get('/inbounds')]) {
    assert.equal(status, 500)
    assert.deepEqual(Object.keys(json), ['error', 'message'])
    assert.equal(json.error, '3x-ui authentication failed')
    assert.match(json.message, /^Login failed/)
    assert.doesNotMatch(json.message, /not-the-one/)
  }
  assert.equal(panel.logins, 1, 'the same credentials are not tried again and again')

  const right = await expressApp(t, createExpressMiddleware(accountOf(panel)))
  assert.equal((await right.get('/inbounds')).status, 200, 'nobody is locked out')
})

onPanels('the client can be put under another name, and one that is there already stays', async (panel, t) => {
  const app = await expressApp(t, createExpressMiddleware(accountOf(panel, { sessionKey: 'panel' })))
  assert.deepEqual((await app.get('/names')).json, { '3xui_client': false, panel: true })

  const given = new ThreeXUI(panel.url, { token: 'of the program' })
  const before = panel.requests.length
  const middleware = createExpressMiddleware(accountOf(panel))
  const request = { '3xui_client': given }
  await new Promise((resolve) => middleware(request, {}, resolve))
  assert.equal(request['3xui_client'], given)
  assert.equal(panel.requests.length, before, 'nothing was asked')
})

onPanels('a Next.js handler has a logged-in client and its helpers', async (panel) => {
  const id = panel.addInbound(inbound())
  const handler = withThreeXUI(accountOf(panel), async (req, res) => {
    const { obj } = await req.threeXUI.getInbounds()
    const { password } = req.generateCredentials('trojan')
    const { success } = await req.addClientWithCredentials(id, 'vless', { email: EMAIL })
    res.status(201).json([obj.length, password.length, success])
    return 'what the handler returns'
  })
  const response = nextResponse()
  assert.equal(await handler({ method: 'GET', query: {} }, response), 'what the handler returns')
  assert.deepEqual(response.sent, { status: 201, json: [1, 16, true] })
  assert.equal(panel.inbounds[0].settings.clients[0].email, EMAIL)

  const named = withThreeXUI(accountOf(panel), async ({ threeXUI }, res) => res.status(200).json(threeXUI.username))
  const before = panel.logins
  const answers = valuesOf(await atOnce(50, () => answerOf(named, {})))
  assert.ok(answers.every(({ json }) => json === 'admin'))
  assert.equal(panel.logins, before + 1, 'one login for all requests to a handler')
})

test('a Next.js handler that fails is a 500 with its message', async (t) => {
  const panel = await panelFor(t)
  const handler = withThreeXUI(accountOf(panel), async () => {
    throw new Error('of the program')
  })
  assert.deepEqual(await answerOf(handler, {}), {
    status: 500,
    json: { error: '3x-ui authentication failed', message: 'of the program' },
  })
})

onPanels('the handlers for Next.js answer what the panel says', async (panel) => {
  const id = panel.addInbound(inbound())
  const routes = createNextjsRoutes(accountOf(panel))
  const made = await answerOf(routes.generateCredentials, { body: { protocol: 'trojan', options: { email: EMAIL } } })
  assert.deepEqual([made.status, made.json.email], [200, EMAIL])

  const body = { inboundId: id, protocol: 'vless', options: { email: EMAIL } }
  const added = await answerOf(routes.addClient, { body })
  assert.deepEqual([added.status, added.json.success, added.json.credentials.email], [200, true, EMAIL])

  panel.setTraffic(EMAIL, { up: 1, down: 2 })
  const traffic = await answerOf(routes.clientTraffic, { query: { email: EMAIL } })
  assert.deepEqual([traffic.status, traffic.json.obj.up, traffic.json.obj.down], [200, 1, 2])
  const listed = await answerOf(routes.inbounds, {})
  assert.deepEqual([listed.status, listed.json.obj.length], [200, 1])

  const refused = await answerOf(routes.generateCredentials, { body: { protocol: 'gopher' } })
  assert.equal(refused.status, 500)
  assert.match(refused.json.error, /Unsupported protocol: gopher/)
})

onPanels("the browser's side talks to an app that answers with the handlers", async (panel, t) => {
  const id = panel.addInbound(inbound())
  const origin = await listening(t, nextApp(createNextjsRoutes(accountOf(panel))))
  const hook = createReactHook(`${origin}/api/3xui`)

  assert.equal((await hook.generateCredentials('vless')).encryption, 'none')
  assert.equal((await hook.addClientWithCredentials(id, 'vless', { email: EMAIL })).success, true)
  panel.setTraffic(EMAIL, { up: 3, down: 4 })
  assert.equal((await hook.getClientTraffic(EMAIL)).obj.down, 4)
  assert.equal((await hook.getInbounds()).obj.length, 1)
  await assert.rejects(hook.generateCredentials('gopher'), { message: 'HTTP error! status: 500' })
})

test("the browser's side asks what the original's asks, with the fetch of the moment", async (t) => {
  const calls = []
  t.mock.method(globalThis, 'fetch', async (...args) => {
    calls.push(args)
    return { ok: true, json: async () => 'answered' }
  })
  const asked = async (hook) => {
    calls.length = 0
    const answers = [
      await hook.generateCredentials('vless'),
      await hook.generateCredentials('vless', { email: EMAIL }),
      await hook.addClientWithCredentials(1, 'vless', { limitIp: 2 }),
      await hook.getInbounds(),
      await hook.getClientTraffic('a b/ü'),
    ]
    assert.deepEqual(new Set(answers), new Set(['answered']))
    return JSON.stringify(calls)
  }
  assert.equal(await asked(createReactHook()), await asked(Original.createReactHook()))
  assert.equal(await asked(createReactHook('/x')), await asked(Original.createReactHook('/x')))
})

test('sessions are kept where SessionConfig says, by the name that other clients find them under', async (t) => {
  const kept = new Map()
  const configs = {
    memory: SessionConfig.memory(),
    redis: SessionConfig.redis(redisOver(kept), { keyPrefix: 'test:' }),
    custom: SessionConfig.custom({
      getSession: async (key) => kept.get(key) ?? null,
      setSession: async (key, session) => void kept.set(key, session),
      deleteSession: async (key) => void kept.delete(key),
    }),
  }
  for (const [name, config] of Object.entries(configs)) {
    kept.clear()
    const panel = await panelFor(t)
    for (let apps = 2; apps > 0; apps--) {
      const app = await expressApp(t, createExpressMiddleware(accountOf(panel, config)))
      assert.equal((await app.get('/inbounds')).status, 200, name)
    }
    assert.equal(panel.logins, 1, `${name}: the second app finds the first one's session`)
    assert.equal(kept.size, name === 'memory' ? 0 : 1, name)
  }
})

test('SessionConfig makes managers of the kind that is asked for', () => {
  const database = { query: async () => [[]] }
  const storeOf = ({ sessionManager }) => sessionManager.store
  assert.ok(storeOf(SessionConfig.memory()) instanceof ThreeXUI.MemorySessionStore)
  assert.ok(storeOf(SessionConfig.redis(redisOver(new Map()))) instanceof ThreeXUI.RedisSessionStore)
  assert.ok(storeOf(SessionConfig.database(database)) instanceof ThreeXUI.DatabaseSessionStore)
  const functions = { getSession: async () => null, setSession: async () => {} }
  assert.ok(SessionConfig.custom(functions).sessionManager instanceof ThreeXUI.SessionManager)
})

test('without an account there is nothing to make, in the original words', () => {
  const makers = ({ createExpressMiddleware: express, withThreeXUI: next, createNextjsRoutes: routes }) => [
    express,
    (config) => next(config, () => {}),
    routes,
  ]
  const account = { baseURL: 'http://127.0.0.1:1', username: 'admin', password: 'admin' }
  for (const missing of Object.keys(account)) {
    const config = { ...account, [missing]: undefined }
    for (const [at, make] of makers(ThreeXUI).entries()) {
      let words
      assert.throws(() => makers(Original)[at](config), (error) => Boolean((words = error.message)))
      assert.throws(() => make(config), { message: words })
    }
  }
})

/** An inbound whose clients can have a flow: elsewhere the original reports one that was not stored. */
const TLS = { network: 'tcp', security: 'tls', tcpSettings: { header: { type: 'none' } } }

test("an Express app answers what the original's answers", async (t) => {
  silence(t)
  const answers = async (library, account) => {
    const panel = await panelFor(t, { version: 'HEAD' })
    const id = panel.addInbound(inbound({ streamSettings: TLS }))
    const app = await expressApp(t, library.createExpressMiddleware(accountOf(panel, keptIn(t, library, account))))
    return shapes([await app.get('/inbounds'), await app.get('/credentials'), await app.get(`/add/${id}`)])
  }
  assert.deepEqual(await answers(ThreeXUI), await answers(Original))
  assert.deepEqual(await answers(ThreeXUI, { password: 'no' }), await answers(Original, { password: 'no' }))
})

test("the handlers for Next.js answer what the original's answer", async (t) => {
  silence(t)
  const answers = async (library, account) => {
    const panel = await panelFor(t, { version: 'HEAD' })
    const id = panel.addInbound(inbound({ streamSettings: TLS }))
    const routes = library.createNextjsRoutes(accountOf(panel, keptIn(t, library, account)))
    return shapes([
      await answerOf(routes.generateCredentials, { body: { protocol: 'vless', options: { email: EMAIL } } }),
      await answerOf(routes.generateCredentials, { body: { protocol: 'shadowsocks' } }),
      await answerOf(routes.addClient, { body: { inboundId: id, protocol: 'vless', options: { email: EMAIL } } }),
      await answerOf(routes.clientTraffic, { query: { email: EMAIL } }),
      await answerOf(routes.inbounds, {}),
    ])
  }
  assert.deepEqual(await answers(ThreeXUI), await answers(Original))
  assert.deepEqual(await answers(ThreeXUI, { password: 'no' }), await answers(Original, { password: 'no' }))
})

/** An Express app behind the middleware, and `get` to ask it. */
async function expressApp(t, middleware) {
  const app = express().use(middleware)
  const answering = (work) => (req, res, next) => void work(req, res).then((answer) => res.json(answer), next)
  app.get('/inbounds', answering((req) => req['3xui_client'].getInbounds()))
  app.get('/credentials', (_, res) => res.json(res.generate3xuiCredentials('trojan')))
  app.get('/add/:id', answering(({ params }, res) => res.add3xuiClient(Number(params.id), 'vless', { email: EMAIL })))
  app.get('/names', (req, res) =>
    res.json(Object.fromEntries(['3xui_client', 'panel'].map((name) => [name, req[name] instanceof ThreeXUI]))),
  )
  const origin = await listening(t, app)
  return {
    get: async (path) => {
      const response = await fetch(origin + path)
      return { status: response.status, json: await response.json() }
    },
  }
}

/** The handlers at the paths where the browser's side looks for them; a part of the path is in the query, as in Next. */
function nextApp({ inbounds, generateCredentials, addClient, clientTraffic }) {
  const app = express().use(express.json())
  app.get('/api/3xui/inbounds', inbounds)
  app.post('/api/3xui/generate-credentials', generateCredentials)
  app.post('/api/3xui/add-client', addClient)
  app.get('/api/3xui/client-traffic/:email', (req, res) => {
    Object.assign(req.query, req.params)
    return clientTraffic(req, res)
  })
  return app
}

async function listening(t, app) {
  const server = await new Promise((resolve) => {
    const started = app.listen(0, '127.0.0.1', () => resolve(started))
  })
  t.after(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${server.address().port}`
}

/** A response as Next.js has it; what was answered is in `sent`. */
function nextResponse() {
  const sent = { status: 200, json: undefined }
  return {
    sent,
    status(code) {
      sent.status = code
      return this
    },
    json(value) {
      sent.json = JSON.parse(JSON.stringify(value))
      return this
    },
  }
}

async function answerOf(handler, request) {
  const response = nextResponse()
  await handler(request, response)
  return response.sent
}

/** The original writes what goes wrong to the console. */
const silence = (t) => ['error', 'warn'].forEach((level) => t.mock.method(console, level, () => {}))

/** An account whose sessions end with the test: the original keeps each with a timer that holds the process. */
function keptIn(t, library, account) {
  const { sessionManager } = library.SessionConfig.memory()
  t.after(() => sessionManager.clearAllSessions())
  return { ...account, sessionManager }
}

/** As much of a Redis client as keeping sessions takes. */
function redisOver(kept) {
  const set = async (key, value) => void kept.set(key, value)
  return {
    get: async (key) => kept.get(key) ?? null,
    set,
    setex: async (key, _, value) => set(key, value),
    setEx: async (key, _, value) => set(key, value),
    del: async (key) => void kept.delete(key),
    keys: async () => [...kept.keys()],
  }
}

/**
 * Status and members of answers, with names for what is random, and for the words of an error. Of the credentials
 * of a client that was added only what the original tells: ours tell the limits, too.
 */
function shapes(answers) {
  return answers.map((answer) =>
    JSON.stringify(answer, (name, value) => {
      if (name === 'credentials') return (({ id, email, flow, encryption }) => ({ id, email, flow, encryption }))(value)
      if (typeof value === 'number' && value > 1e12) return 'a time'
      if (typeof value !== 'string') return value
      if (name === 'message') return 'words'
      if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)) return 'a UUID'
      if (/^client_\w{6,10}$/.test(value)) return 'an identifier'
      if (name === 'password') return `a password of ${value.length}`
      return value
    }),
  )
}

onPanels('a wrong password is sent once by all handlers and clients of the process together', async (panel) => {
  const config = accountOf(panel, { password: 'not-the-one' })
  const routes = Object.values(createNextjsRoutes(config))
  const clients = atOnce(3, () => new ThreeXUI(panel.url, 'admin', 'not-the-one').getInbounds())
  const asked = () => new Request('http://app.test/api/3xui')
  const answers = await Promise.all([...routes, withThreeXUI(config, () => {})].map((handler) => handler(asked(), {})))
  for (const answer of answers) assert.equal(answer.status, 500)
  assert.ok((await clients).every(({ status }) => status === 'rejected'))
  for (const handler of routes) await handler(asked(), {})
  assert.equal(panel.logins, 1)
})

onPanels('route handlers of the app router answer by what they return', async (panel) => {
  const id = panel.addInbound(inbound())
  const { inbounds, addClient, clientTraffic } = createNextjsRoutes(accountOf(panel))
  const url = 'http://app.test/api/3xui'
  assert.equal((await (await inbounds(new Request(url), {})).json()).obj.length, 1)
  const body = JSON.stringify({ inboundId: id, protocol: 'vless', options: { email: EMAIL } })
  const added = await addClient(new Request(url, { method: 'POST', body }), {})
  assert.deepEqual([added.status, (await added.json()).success], [200, true])
  const traffic = await clientTraffic(new Request(`${url}?email=${encodeURIComponent(EMAIL)}`), {})
  assert.equal((await traffic.json()).obj.email, EMAIL)
})

test('what SessionConfig gives may be handed over whole', () => {
  const config = SessionConfig.custom({ getSession: () => null, setSession() {} })
  const client = new ThreeXUI('http://127.0.0.1:1', 'admin', 'admin', { sessionManager: config })
  assert.equal(client.sessionManager, config.sessionManager)
})

test('names of keys and tables may stand beside the type of a store', () => {
  const redis = ThreeXUI.createSessionManager({ type: 'redis', redis: {}, keyPrefix: 'mine:' })
  assert.equal(redis.store.keyPrefix, 'mine:')
})

onPanels('cold clients that share a store share one login', async (panel) => {
  const config = accountOf(panel, SessionConfig.memory())
  const { baseURL, username, password, sessionManager } = config
  const clients = Array.from({ length: 5 }, () => new ThreeXUI(baseURL, username, password, { sessionManager }))
  valuesOf(await Promise.allSettled(clients.map((client) => client.getInbounds())))
  assert.equal(panel.logins, 1)
})
