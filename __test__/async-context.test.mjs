/*
 * Every function of a program that a call leads to runs in the async context of that call, however many are under way at
 * once: interceptors, adapters, session stores, `debug`, a login of its own, and whatever else the library calls.
 */

import assert from 'node:assert/strict'
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import http from 'node:http'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { ownFunctions, STORES } from './support/stores.mjs'

const TENANTS = ['amber', 'basil', 'coral', 'dusky', 'ebony', 'fawny', 'green', 'hazel']

const tenant = new AsyncLocalStorage()

async function panelFor(t, options = {}) {
  const panel = await startPanel({ version: '3.6.0', inbounds: [{ port: 1001, protocol: 'vless' }], ...options })
  t.after(() => panel.close())
  return panel
}

const clientFor = (panel, options) => new ThreeXUI(panel.url, 'admin', 'admin', options)

/** The same work of all tenants at once. */
const byAll = (work) => Promise.all(TENANTS.map((name, at) => tenant.run(name, () => work(name, at))))

/** What was called, by its kind, in whose context. */
function calls() {
  const seen = []
  return {
    seen,
    note: (kind, of) => void seen.push({ kind, of, as: tenant.getStore() }),
    /** All of these were called, each in the context of whose call led to it; of whose that cannot be told, in somebody's. */
    assertOwn(kinds) {
      for (const kind of kinds) assert.ok(seen.some((call) => call.kind === kind), `${kind} was not called`)
      const strayed = seen.filter(({ of, as }) => (of === undefined ? !TENANTS.includes(as) : of !== as))
      assert.deepEqual(strayed, [], 'called in the context of somebody else')
    },
  }
}

/** The tenant that a request is for, by its path; a login may be anybody's. */
const named = (config) => /traffic\/(\w+)/.exec(config.url)?.[1]

test('an interceptor runs in the context of the call that it is for', async (t) => {
  const panel = await panelFor(t)
  const client = clientFor(panel)
  const { note, assertOwn } = calls()
  client.api.interceptors.request.use(async (config) => {
    note('request', named(config))
    await pause(Math.random() * 5)
    note('request, later', named(config))
    config.headers['X-Tenant'] = tenant.getStore()
    return config
  })
  client.api.interceptors.response.use((answer) => {
    note('response', named(answer.config))
    return answer
  })
  await byAll((name) => client.getClientTrafficsByEmail(name))
  assertOwn(['request', 'request, later', 'response'])
  const sent = panel.requests.filter(({ path }) => path.includes('/traffic/'))
  assert.equal(sent.length, TENANTS.length)
  for (const { path, headers } of sent) assert.equal(headers['x-tenant'], path.split('/').at(-1))
})

test('so do functions of the defaults, and those of one call', async (t) => {
  const panel = await panelFor(t)
  const client = clientFor(panel)
  const { note, assertOwn } = calls()
  client.api.defaults.transformRequest = [
    function (data) {
      note('transformRequest', named(this))
      return data
    },
  ]
  client.api.defaults.validateStatus = (status) => {
    note('validateStatus')
    return status === 200
  }
  await byAll(async (name) => {
    const paramsSerializer = (params) => {
      note('paramsSerializer', name)
      return `of=${params.of}`
    }
    await client._request('get', `/panel/api/clients/traffic/${name}`, undefined, undefined, { params: { of: name }, paramsSerializer })
    note('reaction', name)
  })
  assertOwn(['transformRequest', 'validateStatus', 'paramsSerializer', 'reaction'])
  for (const { url } of panel.requests.filter(({ url }) => url?.includes('?of='))) {
    assert.match(url, /traffic\/(\w+)\?of=\1$/)
  }
})

test('so does an adapter', async () => {
  const client = new ThreeXUI('http://127.0.0.1:1', 'admin', 'admin', { token: 'token' })
  const { note, assertOwn } = calls()
  client.api.defaults.adapter = async (config) => {
    note('adapter', named(config))
    await pause(Math.random() * 5)
    note('adapter, later', named(config))
    return { status: 200, statusText: 'OK', headers: {}, config, data: { success: true, msg: '', obj: tenant.getStore() } }
  }
  const answers = await byAll((name) => client.getClientTrafficsByEmail(name))
  assertOwn(['adapter', 'adapter, later'])
  assert.deepEqual(answers.map(({ obj }) => obj), TENANTS)
})

test('so does an agent', async (t) => {
  const panel = await panelFor(t)
  const { note, assertOwn, seen } = calls()
  class Agent extends http.Agent {
    createConnection(options, ...rest) {
      note('createConnection', options.headers?.['X-Of'])
      return super.createConnection(options, ...rest)
    }
  }
  const client = clientFor(panel)
  await client.login()
  client.api.defaults.httpAgent = new Agent()
  await byAll((name) => client._request('get', '/panel/api/inbounds/list', undefined, { 'X-Of': name }))
  assert.ok(seen.some(({ of }) => of), 'the agent is not told for whom it connects')
  assertOwn(['createConnection'])
  assert.ok(seen.length >= TENANTS.length, 'the agent was not asked')
})

/** The same setting with objects that write down in whose context they are called. */
const noting = (setting, note) =>
  Object.fromEntries(Object.entries(setting).map(([name, value]) => [name, typeof value === 'object' ? watched(value, note) : value]))

const watched = (object, note) =>
  new Proxy(object, {
    get(target, name) {
      const value = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return async (...args) => {
        note(name)
        await pause(1)
        note(`${name}, later`)
        return value.apply(target, args)
      }
    },
  })

for (const [kind, store] of Object.entries(STORES)) {
  test(`so does a session store: ${kind}`, async (t) => {
    const panel = await panelFor(t)
    const { note, assertOwn, seen } = calls()
    // Each tenant by a client of their own: who shares a client shares its login, which is that of one of them.
    const clients = TENANTS.map((name) => clientFor(panel, { sessionManager: noting(store().setting, (method) => note(method, name)) }))
    await byAll(async (name, at) => {
      const client = clients[at]
      await client.getInbounds()
      assert.equal(tenant.getStore(), name)
      client._dropSession()
      assert.equal(await client.isSessionValid(), true)
      await client.logout()
      await client.login()
      await client.getPanelInfo()
    })
    assertOwn([])
    assert.ok(seen.length > TENANTS.length, 'the store was not asked')
  })
}

test('so does a store of a class of its own', async (t) => {
  const panel = await panelFor(t)
  const { note, assertOwn } = calls()
  class Store extends ThreeXUI.SessionStore {
    #kept = new Map()

    constructor(of) {
      super()
      this.of = of
    }

    async get(key) {
      note('get', this.of)
      return this.#kept.get(key) ?? null
    }

    async set(key, value) {
      note('set', this.of)
      this.#kept.set(key, value)
    }

    async delete(key) {
      note('delete', this.of)
      this.#kept.delete(key)
    }
  }
  const clients = TENANTS.map((name) => clientFor(panel, { sessionManager: { store: new Store(name) } }))
  await byAll(async (_, at) => {
    const client = clients[at]
    await client.getInbounds()
    await client.logout()
  })
  assertOwn(['get', 'set', 'delete'])
})

test('a store that many calls of one client wait for is asked as one of them', async (t) => {
  const panel = await panelFor(t)
  const { note, assertOwn } = calls()
  const client = clientFor(panel, { sessionManager: noting({ customHandler: ownFunctions() }, (method) => note(method)) })
  await byAll(() => client.getInbounds())
  assertOwn(['getSession', 'setSession'])
})

test('`debug` is told of a request in the context of the call that it is sent for', async (t) => {
  const panel = await panelFor(t)
  const { note, assertOwn, seen } = calls()
  const debug = (line) => note('debug', /traffic\/(\w+)/.exec(line)?.[1])
  const client = clientFor(panel, { debug })
  await byAll((name) => client.getClientTrafficsByEmail(name))
  while (seen.length < panel.requests.length) await pause(1)
  assertOwn(['debug'])
})

test('a `debug` function that fails is warned of, and neither a call nor the process fails with it', async (t) => {
  const panel = await panelFor(t)
  const warned = []
  const listen = (warning) => warned.push(warning)
  process.on('warning', listen)
  t.after(() => process.off('warning', listen))
  const failing = [
    () => {
      throw new Error('no room for a log')
    },
    async () => {
      throw new Error('no room for a log')
    },
  ]
  for (const debug of failing) {
    warned.length = 0
    assert.equal((await clientFor(panel, { debug }).getInbounds()).success, true)
    while (warned.length === 0) await pause(1)
    assert.equal(warned.length, 1)
    assert.match(warned[0].message, /debug failed: no room for a log/)
    assert.equal(warned[0].code, 'THREEXUI_DEBUG')
  }
})

test('a login of the program\'s own runs in the context of the call that needs it', async (t) => {
  const panel = await panelFor(t)
  const { note, assertOwn, seen } = calls()
  class Own extends ThreeXUI {
    constructor(name) {
      super(panel.url, 'admin', 'admin')
      this.of = name
    }

    async login(force) {
      note('login', this.of)
      const outcome = await super.login(force)
      note('login, later', this.of)
      return outcome
    }
  }
  const clients = TENANTS.map((name) => new Own(name))
  // The function that is called was made for the first call.
  await Promise.all(clients.map((client) => client.getInbounds()))
  await Promise.all(clients.map((client) => client.clearAllSessions()))
  seen.length = 0
  await byAll((_, at) => clients[at].getInbounds())
  assertOwn(['login', 'login, later'])
})

test('methods that a program has put in the place of ours run in the context of the call that they are a step of', async (t) => {
  const panel = await panelFor(t)
  const { note, assertOwn } = calls()
  class Own extends ThreeXUI {
    async _request(...args) {
      note('_request', this.of)
      const answer = await super._request(...args)
      note('_request, later', this.of)
      return answer
    }
  }
  await byAll(async (name) => {
    const client = new Own(panel.url, 'admin', 'admin', { sessionManager: noting({ customHandler: ownFunctions() }, (method) => note(method, name)) })
    client.of = name
    await client.addClientWithCredentials(1, 'vless', { email: name })
    await client.updateClientWithCredentials(name, 1, { totalGB: 2 })
    await client.upsertClient(1, { email: name, limitIp: 3 })
  })
  assertOwn(['_request', '_request, later', 'getSession', 'setSession'])
})

test('clients that are made together are still made as their callers where functions of theirs are asked', async (t) => {
  const panel = await panelFor(t)
  const { note, assertOwn } = calls()
  const client = clientFor(panel)
  await client.login()
  client.api.interceptors.request.use((config) => {
    const email = /"email":"(\w+)"/.exec(JSON.stringify(config.data) ?? '')?.[1]
    note(email ? 'write' : 'other', email)
    return config
  })
  const answers = await byAll((name) => client.addClientWithCredentials(1, 'vless', { email: name }))
  assert.deepEqual(answers.map(({ credentials }) => credentials.email), TENANTS)
  assertOwn(['write'])
})

test('the function of `modifyClient` runs in the context of its call', async (t) => {
  const panel = await panelFor(t)
  const client = clientFor(panel)
  const { note, assertOwn } = calls()
  await byAll((name) => client.addClientWithCredentials(1, 'vless', { email: name }))
  await byAll((name) => client.modifyClient(name, () => note('change', name)))
  // All of the same client: each waits for the others.
  await byAll((name) =>
    client.modifyClient(TENANTS[0], async ({ limitIp }) => {
      note('change of one', name)
      await pause(1)
      note('change of one, later', name)
      return { limitIp: limitIp + 1 }
    }),
  )
  assertOwn(['change', 'change of one', 'change of one, later'])
  assert.equal((await client.getClient(TENANTS[0])).obj.client.limitIp, TENANTS.length)
})

test('what `client.bulk` reads and tells is read and told in the context of the call, whoever reads its results', async (t) => {
  const panel = await panelFor(t)
  const client = clientFor(panel)
  const { note, assertOwn } = calls()
  const itemsOf = async function* (name) {
    for (let number = 0; number < 3; number++) {
      note('items', name)
      await pause(1)
      note('items, later', name)
      yield { email: `${name}_${number}` }
    }
    note('items, end', name)
  }
  const options = (name) => ({ chunk: 2, onProgress: () => note('onProgress', name) })
  const begun = TENANTS.map((name) => tenant.run(name, () => client.bulk.createClients(1, itemsOf(name), options(name))))
  const made = await Promise.all(begun.map((results) => Array.fromAsync?.(results) ?? listOf(results)))
  assert.ok(made.flat().every(({ status }) => status === 'created'), JSON.stringify(made.flat()))
  const emails = async function* (name) {
    for await (const { email } of itemsOf(name)) yield email
  }
  const deleted = TENANTS.map((name) => tenant.run(name, () => client.bulk.deleteClients(emails(name), options(name))))
  await Promise.all(deleted.map(listOf))
  assertOwn(['items', 'items, later', 'items, end', 'onProgress'])
})

async function listOf(results) {
  const list = []
  for await (const result of results) list.push(result)
  return list
}

test('a call that was under way before there was anything to call is not taken for the one that is made then', async (t) => {
  const panel = await panelFor(t)
  const client = clientFor(panel)
  const seen = []
  const first = tenant.run('amber', () => client.getClientTrafficsByEmail('amber'))
  const second = tenant.run('basil', () => {
    client.api.interceptors.request.use((config) => {
      seen.push({ url: config.url, as: tenant.getStore() })
      return config
    })
    return client.getClientTrafficsByEmail('basil')
  })
  await Promise.all([first, second])
  assert.ok(seen.some(({ url, as }) => url.endsWith('/basil') && as === 'basil'), 'the second was not seen')
  assert.deepEqual(seen.filter(({ url, as }) => url.endsWith('/amber') && as === 'basil'), [])
})

test('an iterator of items is told when nobody wants the rest, in the context of the call', async (t) => {
  const panel = await panelFor(t)
  const client = clientFor(panel)
  const { note, assertOwn } = calls()
  const items = async function* () {
    try {
      for (let number = 0; ; number++) yield `nobody_${number}`
    } finally {
      note('return', 'amber')
    }
  }
  const results = tenant.run('amber', () => client.bulk.deleteClients(items(), { chunk: 2 }))
  for await (const { status } of results) {
    assert.equal(status, 'missing')
    break
  }
  assertOwn(['return'])
})

test('promises, streams and blobs of a call are gone on with in its context', async (t) => {
  const panel = await panelFor(t)
  const client = clientFor(panel)
  const { note, assertOwn } = calls()
  await byAll(async (name) => {
    await client.getInbounds().then(() => note('then', name))
    await client._request('get', '/nothing/here').catch(() => note('catch', name))
    await client.getInbounds().finally(() => note('finally', name))
    const stream = await client._request('get', '/panel/api/inbounds/list', undefined, undefined, { responseType: 'stream' })
    for await (const _ of stream) note('stream', name)
  })
  assertOwn(['then', 'catch', 'finally', 'stream'])
})

test('a call made in the scope of an AsyncResource is that resource\'s', async (t) => {
  const panel = await panelFor(t)
  const client = clientFor(panel)
  const { note, assertOwn } = calls()
  client.api.interceptors.request.use((config) => {
    note('request', named(config))
    return config
  })
  const resources = TENANTS.map((name) => tenant.run(name, () => new AsyncResource('tenant')))
  await Promise.all(resources.map((resource, at) => resource.runInAsyncScope(() => client.getClientTrafficsByEmail(TENANTS[at]))))
  assertOwn(['request'])
})
