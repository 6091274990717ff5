/*
 * The options of a client come as whatever programs have: they are read alike on the short way, where they go over as text,
 * and where a step of it is the program's own, where they are read member by member.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

class Record {
  comment = 'of a class'
  get limitIp() {
    return 4
  }
}

const CASES = {
  'plain': { totalGB: 50, limitIp: '2', comment: 'null "x"\n\u2028ü' },
  'no number': { totalGB: NaN },
  'no number in a list': { allowedIPs: [Infinity] },
  'nothing': { comment: null, reset: undefined, limitIp: undefined },
  'a bigint': { tgId: 123n },
  'a function and a symbol': { comment() {}, [Symbol('x')]: 1 },
  'a date': { comment: new Date(0) },
  'inherited members': Object.assign(Object.create({ limitIp: 3 }), { reset: 1 }),
  'an object of a class': new Record(),
  'no prototype': Object.assign(Object.create(null), { reset: 3 }),
  'a record with its own JSON': { toJSON: () => ({ email: 'own', limitIp: 7 }) },
  'a member named __proto__': JSON.parse('{"__proto__":{"limitIp":9}}'),
  'a rule broken': { totalGB: -1 },
  'text for numbers': { totalGB: '1.5', enable: 'false', tgId: ' 42 ', level: '3' },
}

/** What the caller is told, but for what is random. */
async function told(client, email, options) {
  if (typeof options.toJSON !== 'function') options.email = email
  try {
    const { credentials } = await client.addClientWithCredentials(1, 'vless', options)
    return { ...credentials, id: '', subId: '' }
  } catch (error) {
    return `${error.name}: ${error.message}`
  }
}

const copyOf = (options) =>
  Object.defineProperties(Object.create(Object.getPrototypeOf(options)), Object.getOwnPropertyDescriptors(options))

async function startedWith(t, prepare) {
  const panel = await startPanel({ version: '2.8.11', inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  prepare(client)
  return { panel, client }
}

const withoutChance = ({ inbounds }) =>
  inbounds[0].settings.clients.map((client) => ({ ...client, id: '', subId: '', created_at: 0, updated_at: 0 }))

test('options of a client are read alike on the short way and step by step', async (t) => {
  const short = await startedWith(t, () => {})
  const steps = await startedWith(t, (client) => {
    client.getInbound = (id) => ThreeXUI.prototype.getInbound.call(client, id)
  })
  for (const [name, options] of Object.entries(CASES)) {
    const email = name.replaceAll(' ', '-')
    const outcomes = [await told(short.client, email, copyOf(options)), await told(steps.client, email, copyOf(options))]
    assert.deepEqual(outcomes[0], outcomes[1], name)
  }
  assert.deepEqual(withoutChance(short.panel), withoutChance(steps.panel))
  assert.equal(withoutChance(short.panel).length, Object.keys(CASES).length - 2, 'all but the two that break a rule')
})

test('of clients that are made in one turn those that break a rule fail alone, and nothing of them is sent', async (t) => {
  const { panel, client } = await startedWith(t, () => {})
  const made = (email, options, protocol = 'vless') => client.addClientWithCredentials(1, protocol, { email, ...options })
  const results = await Promise.allSettled([
    made('a'), made('b'), made('c', { totalGB: -1 }), made('d', {}, 'nope'), made('e'), made('f', { limitIp: 1.5 }), made('g'),
  ])
  assert.deepEqual(results.map(({ reason }) => reason?.name), [undefined, undefined, ...Array(2).fill('ValidationError'), undefined, 'ValidationError', undefined])
  assert.deepEqual(panel.inbounds[0].settings.clients.map(({ email }) => email).sort(), ['a', 'b', 'e', 'g'])
  assert.equal(client.stats().queue.waiting + client.stats().queue.running, 0)
})
