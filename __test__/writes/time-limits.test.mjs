/*
 * How long calls wait: for a queue that stands still no longer than `timeout`, and for anything no longer than `deadline`.
 * The rules themselves are tested in the core, with a clock that stands still.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const NEVER = 3_600_000

async function started(t, version = '2.8.11') {
  const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  /** A client that has its session and knows the panel. */
  const ready = async (options) => {
    const client = new ThreeXUI(panel.url, 'admin', 'admin', options)
    await client.getPanelInfo()
    return client
  }
  return { panel, ready }
}

const writes = (panel) => panel.requests.filter(({ method, path }) => method === 'POST' && path.includes('/api/inbounds/'))
const failureOf = (call) => call.then(() => assert.fail('it succeeded'), (error) => error)
const add = (client, email) => client.addClientWithCredentials(1, 'vless', { email })

for (const version of ['2.8.11', '3.0.2', 'HEAD']) {
  test(`behind another’s write that hangs, calls give up and leave nothing behind (${version})`, async (t) => {
    const { panel, ready } = await started(t, version)
    const [patient, hasty] = [await ready({ timeout: NEVER }), await ready({ timeout: 200 })]
    panel.delay(NEVER)
    const hanging = patient.deleteInbound(1)
    const before = panel.requests.length
    const calls = Array.from({ length: 30 }, (_, n) => (n % 2 ? add(hasty, `c${n}`) : hasty.resetClientTraffic(1, `r${n}`)))
    for (const error of await Promise.all(calls.map(failureOf))) {
      assert.ok(error instanceof ThreeXUI.TimeoutError, String(error))
      assert.equal(error.code, 'ECONNABORTED')
      assert.equal(error.outcome, 'not-applied')
      assert.match(error.message, /^Request timeout - POST http.* was not sent, as none of the writes before it has ended for 200 ms/)
    }
    assert.deepEqual({ ...hasty._queue() }, { waiting: 0, running: 1 })
    panel.delay(0)
    await hanging
    await add(hasty, 'later').catch(() => {})
    const sent = panel.requests.slice(before).map(({ body }) => String(body))
    assert.equal(sent.filter((body) => /c\d|r\d/.test(body)).length, 0, 'nothing of theirs was sent')
  })
}

test('a deadline ends a read, a write and a login, and says what was sent', async (t) => {
  const { panel, ready } = await started(t)
  const client = await ready({ deadline: 150 })
  panel.delay(NEVER)
  const read = await failureOf(client.getInbounds())
  assert.equal(read.name, 'TimeoutError')
  assert.equal(read.code, 'ECONNABORTED')
  assert.equal(read.outcome, undefined, 'a read changes nothing')
  assert.match(read.message, /^Request timeout - GET http.* was given up at its deadline \(150 ms\) while it waited for the panel's answer/)
  const write = failureOf(client.deleteInbound(1))
  const behind = failureOf(client.deleteInbound(1))
  assert.equal((await write).outcome, 'unknown')
  assert.match((await write).message, /may have been carried out/)
  assert.equal((await behind).outcome, 'not-applied')
  assert.match((await behind).message, /while it waited for its turn/)
  const stranger = new ThreeXUI(panel.url, 'admin', 'admin', { deadline: 150 })
  assert.match((await failureOf(stranger.login())).message, /given up at its deadline \(150 ms\) while it waited for a session/)
  assert.match((await failureOf(stranger.getInbounds())).message, /deadline/)
  assert.equal(writes(panel).filter(({ path }) => path.endsWith('/del/1')).length, 1)
})

test('a deadline that is none is refused before anything is sent', async (t) => {
  const { panel } = await started(t)
  for (const deadline of [-1, 'soon', Number.NaN, {}, true]) {
    assert.throws(
      () => new ThreeXUI(panel.url, 'admin', 'admin', { deadline }),
      (error) => error.name === 'ValidationError' && error.field === 'deadline' && error.message.startsWith('Invalid option deadline'),
      String(deadline),
    )
  }
  for (const deadline of [undefined, null, 0, Infinity, '2000']) {
    const client = new ThreeXUI(panel.url, 'admin', 'admin', { deadline })
    assert.equal((await client.getInbounds()).success, true)
  }
})

test('in a batch that has left, a caller whose deadline has come is told that its client may have been made', async (t) => {
  const { panel, ready } = await started(t, '2.8.11')
  const [client, hasty] = [await ready({}), await ready({ deadline: 300 })]
  panel.delay(NEVER)
  const first = add(client, 'first')
  const gone = await failureOf(add(hasty, 'gone'))
  assert.equal(gone.outcome, 'not-applied')
  const left = add(client, 'left')
  panel.delay(0)
  await Promise.all([first, left])
  assert.deepEqual(panel.inbounds[0].settings.clients.map(({ email }) => email), ['first', 'left'])
})
