/*
 * What a program's own functions throw: it goes on to the caller as it is, however many are under way, and an adapter
 * that answers what no panel does never leaves a call without an end.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

async function started(t) {
  const panel = await startPanel()
  t.after(() => panel.close())
  return new ThreeXUI(panel.url, 'admin', 'admin')
}

class OwnError extends Error {
  constructor(number) {
    super(`number ${number}`)
    this.number = number
  }
}

test('a thousand calls at once whose interceptors throw each get their own error', async (t) => {
  const client = await started(t)
  await client.login()
  const sent = []
  // All have been thrown before the first comes to its caller.
  let all
  const thrown = new Promise((resolve) => (all = resolve))
  client.api.interceptors.request.use(async () => {
    const error = new OwnError(sent.length)
    sent.push(error)
    if (sent.length === 1_000) all()
    await thrown
    throw error
  })
  const results = await Promise.allSettled(Array.from({ length: 1_000 }, () => client.getInbounds()))
  const caught = results.map(({ reason }) => reason)
  assert.ok(caught.every((error) => error instanceof OwnError), 'copies came in the place of errors')
  assert.equal(new Set(caught).size, 1_000)
  assert.deepEqual(new Set(caught), new Set(sent))
})

test('who shares a login that the program makes shares what that throws', async (t) => {
  const panel = await startPanel()
  t.after(() => panel.close())
  const own = new OwnError(1)
  class Own extends ThreeXUI {
    async login() {
      await new Promise(setImmediate)
      throw own
    }
  }
  const client = new Own(panel.url, 'admin', 'admin')
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => client.getInbounds()))
  assert.ok(results.every(({ reason }) => reason === own), 'not all got the thrown error itself')
})

test('what is thrown need be no error', async (t) => {
  for (const value of [undefined, null, 'text', 7, Symbol('s')]) {
    const client = await started(t)
    client.api.interceptors.request.use(() => {
      throw value
    })
    const [{ status, reason }] = await Promise.allSettled([client.getInbounds()])
    assert.deepEqual([status, reason], ['rejected', value])
  }
})

test('an adapter that answers 30,000 headers, or what is no answer, leaves no call without an end', async (t) => {
  const client = await started(t)
  const ok = { success: true, msg: '', obj: [] }
  const answers = {
    'many headers': { status: 200, headers: Object.fromEntries(Array.from({ length: 30_000 }, (_, n) => [`x-${n}`, 'y'])), data: ok },
    'one header 30,000 times': { status: 200, headers: { 'x-many': Array.from({ length: 30_000 }, (_, n) => String(n)) }, data: ok },
    'headers that are none': { status: 200, headers: { 'ä b\n': 'x', x: 'a\nb', '': 1 }, data: ok },
    'a status that is none': { status: 70_000, headers: {}, data: ok },
    'a status of -1': { status: -1, headers: null, data: ok },
    nothing: undefined,
    'a body of bytes': { status: 200, data: new Uint8Array([1, 2, 3]) },
    'a body that refuses': { status: 200, data: { toJSON: () => { throw new OwnError(2) } } },
  }
  for (const [name, answer] of Object.entries(answers)) {
    client.api.defaults.adapter = async (config) => answer && { statusText: '', config, request: {}, ...answer }
    const ended = await Promise.race([
      client.getInbounds().then(() => 'ended', (error) => (error instanceof Error ? 'ended' : `threw ${error}`)),
      new Promise((resolve) => setTimeout(resolve, 10_000, 'is still under way')),
    ])
    assert.equal(ended, 'ended', `a call answered with ${name} ${ended}`)
  }
})
