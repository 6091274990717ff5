/*
 * Test runners put timers and queues of their own, which stand still until they are told, in the place of Node's. Calls do not
 * wait for them.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const FAKED = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'clearTimeout', 'clearInterval', 'clearImmediate']

/** Does work while timers and queues stand still. */
async function standingStill(work) {
  const real = Object.fromEntries(FAKED.map((name) => [name, globalThis[name]]))
  const { now } = Date
  try {
    for (const name of FAKED) globalThis[name] = () => 0
    Date.now = () => 0
    return await work()
  } finally {
    Object.assign(globalThis, real)
    Date.now = now
  }
}

test('calls end, alone and together, while all timers stand still', async (t) => {
  const panel = await startPanel({ version: '3.6.0', inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  // The panel lives in this process, and waits for none of them.
  await client.login()
  const answers = await standingStill(() => {
    const made = Array.from({ length: 20 }, (_, number) => client.addClientWithCredentials(1, 'vless', { email: `fake_${number}` }))
    return Promise.all([...made, client.getInbounds(), client.addModernClient({ client: { email: 'one_more' }, inboundIds: [1] })])
  })
  assert.deepEqual(answers.map(({ success }) => success), answers.map(() => true))
})

test('what the environment says is noticed, whatever stands still', async (t) => {
  const client = new ThreeXUI('http://panel.test', 'admin', 'admin', { token: 'token' })
  t.after(() => delete process.env.HTTP_PROXY)
  await standingStill(async () => {
    process.env.HTTP_PROXY = 'http://127.0.0.1:1'
    const make = (number) => client.addClientWithCredentials(1, 'vless', { email: `noticed_${number}` })
    const calls = () => Promise.allSettled([make(1), make(2)])
    for (const { reason } of await calls()) assert.equal(reason.code, 'ECONNREFUSED')
    delete process.env.HTTP_PROXY
    // Without a proxy there is no such name.
    for (const { reason } of await calls()) assert.match(reason.code, /ENOTFOUND|EAI_AGAIN/)
  })
})
