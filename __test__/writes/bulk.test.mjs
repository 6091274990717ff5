/*
 * Many clients out of a generator: in constant memory, and again after the program was killed in the middle.
 *
 * The numbers are those that a test can wait for; how 100,000 do is in docs/PERFORMANCE.md.
 */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const PROGRAM = fileURLToPath(new URL('../support/bulk-program.mjs', import.meta.url))
const COUNTS = { '2.8.11': 12_000, HEAD: 8_000 }
/** What memory may grow by from the first third to the last: less than the clients themselves would take. */
const MOST_MEGABYTES = 30

async function started(t, version) {
  const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  return panel
}

/** Runs the program until it ends, or until `isEnough` says so of a line; gives all lines. */
async function run(panel, count, isEnough = () => false) {
  const program = spawn(process.execPath, ['--expose-gc', PROGRAM, panel.url, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(program, 'exit')
  const lines = []
  for await (const line of createInterface({ input: program.stdout })) {
    lines.push(JSON.parse(line))
    if (isEnough(lines.at(-1))) program.kill('SIGKILL')
  }
  await ended
  return lines
}

const emailsOf = (panel) => panel.inbounds[0].settings.clients.map(({ email }) => email)

for (const [version, count] of Object.entries(COUNTS)) {
  test(`${count} clients, the program killed in the middle and started again (${version})`, async (t) => {
    const panel = await started(t, version)
    await run(panel, count, ({ progress }) => progress?.done >= count / 2)
    const there = emailsOf(panel).length
    assert.ok(there >= count / 2 && there < count, `${there} were there when it was killed`)

    const lines = await run(panel, count)
    assert.deepEqual(lines.at(-1).told, { created: count - there, exists: there, failed: 0 })
    assert.equal(emailsOf(panel).length, count)
    assert.equal(new Set(emailsOf(panel)).size, count)
    const { progress } = lines.at(-2)
    assert.deepEqual([progress.done, progress.total, progress.failed], [count, undefined, 0])
    assert.ok(progress.perSecond > 0)
  })

  test(`memory does not grow with the number of clients (${version})`, async (t) => {
    const lines = (await run(await started(t, version), count)).filter(({ megabytes }) => megabytes)
    const third = Math.floor(lines.length / 3)
    const least = (part) => Math.min(...part.map(({ megabytes }) => megabytes))
    const [first, last] = [least(lines.slice(0, third)), least(lines.slice(-third))]
    assert.ok(last - first <= MOST_MEGABYTES, `${first} MB in the beginning, ${last} MB in the end`)
  })

  test(`a signal stops at a clean point: what was told is stored, and the generator is let go (${version})`, async (t) => {
    const panel = await started(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    const stop = new AbortController()
    let isLetGo = false
    async function* wanted() {
      try {
        for (let n = 0; ; n++) yield { email: `c${n}` }
      } finally {
        isLetGo = true
      }
    }
    const told = []
    for await (const { status, email } of client.bulk.createClients(1, wanted(), { chunk: 50, signal: stop.signal })) {
      assert.equal(status, 'created')
      told.push(email)
      if (told.length === 120) stop.abort()
    }
    assert.ok(isLetGo)
    assert.deepEqual(emailsOf(panel).toSorted(), told.toSorted())
    assert.ok(told.length < 400, `${told.length} after the signal at 120`)
  })

  test(`who leaves the loop lets the generator go, and a generator that fails says so (${version})`, async (t) => {
    const panel = await started(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    let isLetGo = false
    function* wanted() {
      try {
        for (let n = 0; ; n++) yield { email: `c${n}` }
      } finally {
        isLetGo = true
      }
    }
    for await (const { email } of client.bulk.createClients(1, wanted(), { chunk: 10 })) if (email === 'c5') break
    assert.ok(isLetGo)
    const own = new Error('no more')
    function* failing() {
      for (let n = 0; n < 25; n++) yield { email: `d${n}` }
      throw own
    }
    const told = []
    const all = async () => {
      for await (const { email } of client.bulk.createClients(1, failing(), { chunk: 10 })) told.push(email)
    }
    await assert.rejects(all(), (error) => error === own)
    assert.ok(told.every((email) => emailsOf(panel).includes(email)))
    const made = emailsOf(panel).filter((email) => email.startsWith('d'))
    assert.deepEqual(made.toSorted(), told.toSorted(), 'what was made is told before the error')
  })

  test(`results come in the order of the items, and one that fails stops the rest where it is to (${version})`, async (t) => {
    const panel = await started(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    const items = Array.from({ length: 40 }, (_, n) => ({ email: n === 12 ? 'a b/c<' : `c${n}` }))
    const told = []
    for await (const result of client.bulk.createClients(1, items, { chunk: 10, stopOnError: true })) told.push(result)
    assert.deepEqual(told.map(({ email }) => email), items.slice(0, told.length).map(({ email }) => email))
    assert.equal(told[12].status, 'failed')
    assert.match(told[12].error.message, /email/)
    assert.ok(told.length < 40, 'those behind the chunks under way are left')
    assert.equal(emailsOf(panel).length, told.length - 1)
  })
}
