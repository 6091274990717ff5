/*
 * JSON on its way between JavaScript, the core and the panel: what `JSON.stringify` writes arrives, what the panel
 * writes is what `JSON.parse` makes of it, and whole numbers up to 2^53-1 stay what they are.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  apiRequests,
  clientOf,
  inbound,
  oldPanel,
  onPanels,
  requestsTo,
  sendJson,
  serverFor,
} from './support/wire.mjs'

const MAX = Number.MAX_SAFE_INTEGER
const DIGITS = '9007199254740991'
const UUID = '11111111-2222-4333-8444-555555555555'

onPanels('the largest whole number survives in an inbound, both ways', async (panel) => {
  const client = clientOf(panel)
  const { obj } = await client.addInbound(inbound({ total: MAX, expiryTime: MAX }))
  const { body } = requestsTo(panel, '/inbounds/add')[0]
  assert.ok(body.includes(`"total":${DIGITS}`) && body.includes(`"expiryTime":${DIGITS}`), body)
  assert.equal(panel.inbounds[0].total, MAX)
  for (const found of [obj, (await client.getInbounds()).obj[0], (await client.getInbound(1)).obj]) {
    assert.deepEqual([found.total, found.expiryTime], [MAX, MAX])
  }
})

onPanels('the largest whole number survives in the raw fields of a client', async (panel) => {
  const client = clientOf(panel)
  const { obj } = await client.addInbound(inbound())
  const limits = { totalGB: MAX, expiryTime: MAX, tgId: MAX }
  const config = (more) => ({
    id: obj.id,
    settings: { clients: [{ id: UUID, email: 'a', enable: true, ...limits, ...more }] },
  })
  assert.equal((await client.addClient(config())).success, true)
  const stored = () => panel.inbounds[0].settings.clients[0]
  assert.deepEqual([stored().totalGB, stored().expiryTime, stored().tgId], [MAX, MAX, MAX])
  assert.equal((await client.updateClient(UUID, config({ comment: 'again' }))).success, true)
  assert.deepEqual([stored().totalGB, stored().expiryTime, stored().tgId], [MAX, MAX, MAX])

  const { obj: traffic } = await client.getClientTrafficsByEmail('a')
  assert.deepEqual([traffic.total, traffic.expiryTime], [MAX, MAX])
})

onPanels('counters of a client come back exactly, by whichever way they are asked for', async (panel) => {
  const client = clientOf(panel)
  const { obj } = await client.addInbound(inbound())
  await client.addClientWithCredentials(obj.id, 'vless', { email: 'a', id: UUID })
  panel.setTraffic('a', { up: MAX, down: MAX - 1 })
  const { id } = panel.inbounds[0].settings.clients[0]
  const answers = [
    (await client.getClientTrafficsByEmail('a')).obj,
    (await client.getClientTrafficsById(id)).obj[0],
    (await client.getInbounds()).obj[0].clientStats[0],
  ]
  for (const { up, down } of answers) assert.deepEqual([up, down], [MAX, MAX - 1])
})

onPanels('a quota in gigabytes leaves as whole bytes without a point or an exponent', async (panel) => {
  const client = clientOf(panel)
  const { obj } = await client.addInbound(inbound())
  for (const [at, totalGB] of [5, 0.1, 0.3, 1e-9, 8_388_607].entries()) {
    const { credentials } = await client.addClientWithCredentials(obj.id, 'vless', {
      email: `a${at}`,
      totalGB,
    })
    assert.equal(credentials.totalGB, Math.round(totalGB * 1024 ** 3))
    assert.equal(panel.inbounds[0].settings.clients[at].totalGB, credentials.totalGB)
  }
  for (const { path, body } of apiRequests(panel))
    assert.doesNotMatch(body, /[:[,]-?\d+[.e]/i, `${path} ${body}`)
})

onPanels('a negative time passes as it is in a raw body', async (panel) => {
  const client = clientOf(panel)
  const { obj } = await client.addInbound(inbound())
  await client.addClient({
    id: obj.id,
    settings: { clients: [{ id: UUID, email: 'a', expiryTime: -2_592_000_000 }] },
  })
  assert.equal(panel.inbounds[0].settings.clients[0].expiryTime, -2_592_000_000)
})

onPanels('options that are undefined are options that are missing', async (panel) => {
  const client = clientOf(panel, {
    timeout: undefined,
    userAgent: undefined,
    sessionManager: undefined,
    token: undefined,
  })
  const { obj } = await client.addInbound(inbound({ listen: undefined, total: undefined, tag: undefined }))
  const names = ['email', 'totalGB', 'limitIp', 'expiryTime', 'flow', 'subId', 'enable', 'comment']
  const nothing = Object.fromEntries(names.map((name) => [name, undefined]))
  const { success, credentials } = await client.addClientWithCredentials(obj.id, 'vless', nothing)
  assert.equal(success, true)
  assert.equal(credentials.totalGB, 0)
  assert.equal(credentials.enable, true)
  assert.match(credentials.email, /./)
  const { updatedOptions } = await client.updateClientWithCredentials(credentials.id, obj.id, {
    ...nothing,
    totalGB: 1,
  })
  assert.equal(updatedOptions.totalGB, 1024 ** 3)
  for (const { path, body } of apiRequests(panel)) assert.doesNotMatch(body, /undefined|NaN/, path)
})

/** Bodies that are easily torn on the way: what leaves has to be what `JSON.stringify` writes. */
const bodies = {
  'numbers at the edges': [
    0,
    -0,
    1,
    -1,
    2 ** 31,
    2 ** 32,
    2 ** 32 + 1,
    2 ** 53 - 1,
    -(2 ** 53 - 1),
    5_368_709_120,
  ],
  'numbers beyond': [2 ** 53, 1e21, 1e-7, 1.5, Number.MAX_VALUE, Number.MIN_VALUE, NaN, Infinity],
  dates: { at: new Date(1_700_000_000_123), never: new Date(NaN) },
  'a date alone': new Date(0),
  'things with toJSON': { a: { toJSON: () => ({ b: 1 }) }, c: { toJSON: (key) => `of ${key}` } },
  'undefined members': { a: undefined, b: [undefined], c: () => {}, d: null, [Symbol('e')]: 1 },
  text: 'ж 🦀 " \\ \n \u2028 \u0000 </script>',
  'a lone surrogate': { text: '\ud800' },
  keys: JSON.parse('{"__proto__":{"x":1},"constructor":2,"a":{"__proto__":3},"2":1,"1":2}'),
  'inherited members': Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } }),
  'class instances': new (class Config {
    port = 1
    #hidden = 2
    get port2() {
      return this.#hidden
    }
  })(),
  'maps and sets': { map: new Map([[1, 2]]), set: new Set([1]), regexp: /x/ },
  'boxed values': { number: Object(1), text: Object('a'), truth: Object(true) },
  depth: Array.from({ length: 200 }).reduce((inner) => ({ inner }), null),
  false: false,
  'a list': [],
}

test('a body leaves as JSON.stringify writes it, and comes back as JSON.parse reads it', async (t) => {
  const server = await serverFor(
    t,
    oldPanel(({ body }, outgoing) => sendJson(outgoing, `{"success":true,"obj":${body}}`)),
  )
  const client = clientOf(server)
  for (const [name, value] of Object.entries(bodies)) {
    if (typeof value === 'string') continue
    const answer = await client._request('post', '/panel/echo', value)
    const { body, headers } = server.requests.at(-1)
    assert.equal(body, JSON.stringify(value), name)
    assert.equal(headers['content-type'], 'application/json', name)
    assert.deepEqual(answer, { success: true, obj: JSON.parse(JSON.stringify(value)) }, name)
  }
})

test('text leaves as it is', async (t) => {
  const server = await serverFor(
    t,
    oldPanel(({ body }, outgoing) => sendJson(outgoing, { obj: body })),
  )
  const answer = await clientOf(server)._request('post', '/panel/echo', bodies.text)
  assert.deepEqual(answer, { obj: bodies.text })
})

test('a call without data sends an empty object, and a reading one nothing', async (t) => {
  const server = await serverFor(
    t,
    oldPanel((_, outgoing) => sendJson(outgoing, { obj: null })),
  )
  const client = clientOf(server)
  await client._request('post', '/panel/echo')
  assert.equal(server.requests.at(-1).body, '{}')
  await client._request('get', '/panel/echo')
  assert.equal(server.requests.at(-1).body, '')
})

test('what JSON cannot say is refused as JSON.stringify refuses it, and nothing is sent', async (t) => {
  const server = await serverFor(
    t,
    oldPanel((_, outgoing) => sendJson(outgoing, { obj: null })),
  )
  const client = clientOf(server)
  const circle = {}
  circle.self = circle
  await assert.rejects(client._request('post', '/panel/echo', circle), TypeError)
  await assert.rejects(client._request('post', '/panel/echo', { big: 1n }), TypeError)
  const thrown = new RangeError('of the program')
  const broken = {
    toJSON: () => {
      throw thrown
    },
  }
  await assert.rejects(client._request('post', '/panel/echo', broken), (error) => error === thrown)
  assert.deepEqual(server.requests, [])
})

test('an answer with a member named __proto__ harms nobody', async (t) => {
  const text = '{"success":true,"obj":{"__proto__":{"polluted":true},"list":[{"__proto__":null}]}}'
  const server = await serverFor(
    t,
    oldPanel((_, outgoing) => sendJson(outgoing, text)),
  )
  const { obj } = await clientOf(server).getInbounds()
  assert.deepEqual(Object.keys(obj), ['__proto__', 'list'])
  assert.equal({}.polluted, undefined)
  assert.equal(Object.getPrototypeOf(obj), Object.prototype)
})

onPanels('objects with toJSON are taken for what they say', async (panel) => {
  const client = clientOf(panel)
  class Model {
    constructor(values) {
      Object.defineProperty(this, 'values', { value: values, enumerable: true })
    }
    toJSON() {
      return this.values
    }
  }
  const { obj } = await client.addInbound(
    new Model(inbound({ settings: new Model({ clients: [], decryption: 'none' }) })),
  )
  assert.equal(obj.port, 4443)
  assert.equal(panel.inbounds[0].settings.decryption, 'none')
  const added = await client.addClient(
    new Model({ id: obj.id, settings: new Model({ clients: [new Model({ id: UUID, email: 'a' })] }) }),
  )
  assert.equal(added.success, true)
  const { credentials } = await client.addClientWithCredentials(
    obj.id,
    'vless',
    new Model({ email: 'b', limitIp: 2 }),
  )
  assert.deepEqual([credentials.email, credentials.limitIp], ['b', 2])
})

onPanels('settings may be text, and are not written anew', async (panel) => {
  const client = clientOf(panel)
  const settings = `{ "clients": [], "decryption": "none", "limit": ${DIGITS}, "note": "ж🦀" }`
  await client.addInbound(inbound({ settings }))
  assert.deepEqual(panel.inbounds[0].settings, { clients: [], decryption: 'none', limit: MAX, note: 'ж🦀' })
})

onPanels('ids may be numbers or text', async (panel) => {
  const client = clientOf(panel)
  await client.addInbound(inbound())
  const [byNumber, byText] = [await client.getInbound(1), await client.getInbound('1')]
  assert.deepEqual(byText, byNumber)
  const paths = apiRequests(panel)
    .slice(-2)
    .map(({ path }) => path)
  assert.deepEqual(paths, ['/panel/api/inbounds/get/1', '/panel/api/inbounds/get/1'])
  const { success } = await client.addClient({ id: '1', settings: { clients: [{ id: UUID, email: 'a' }] } })
  assert.equal(success, true)
  assert.equal((await client.addClientWithCredentials('1', 'vless')).success, true)
  assert.equal((await client.deleteInbound('1')).success, true)
})
