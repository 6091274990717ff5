/*
 * Our own panel against recordings of real ones: the same requests in the same order give the same answers.
 */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { VERSIONS, startPanel } from '3xui-native/testing'

import { differences } from './differences.mjs'
import { MadeUp } from './made-up.mjs'
import { Replayer } from './replayer.mjs'

const RECORDINGS = join(import.meta.dirname, 'recordings')
const SHOWN = 200

for (const version of VERSIONS) {
  test(`our panel answers as the real one of version ${version} did`, async (t) => {
    const panel = await startPanel({ version })
    t.after(() => panel.close())
    const madeUp = new MadeUp()
    const replayer = new Replayer(panel, madeUp)
    const presupposed = JSON.parse(readFileSync(join(RECORDINGS, `${version}.presupposed.json`), 'utf8'))
    const found = []
    for (const line of readFileSync(join(RECORDINGS, `${version}.jsonl`), 'utf8').trim().split('\n')) {
      const recorded = JSON.parse(line)
      for (const step of presupposed[recorded.n] ?? []) await arrange(panel, replayer, step)
      const live = await replayer.replay(recorded)
      const name = `${recorded.n} ${recorded.op}: ${recorded.method} ${recorded.path}`
      found.push(...differences(recorded, live, madeUp).map((difference) => `${name}\n    ${difference}`))
    }
    assert.equal(found.length, 0, `${found.length} differences:\n${found.slice(0, SHOWN).join('\n')}`)
  })
}

/** The recorder reached into the panel's database now and then; here that is a handle of the panel, or a request. */
async function arrange(panel, replayer, step) {
  if (step.post) await replayer.arrange({ path: step.post, body: step.body })
  if (step.traffic) panel.setTraffic(step.traffic, step.counters)
  if (step.inbound) panel.setInboundTraffic(step.inbound, step.counters)
  if (step.ips) panel.setIps(step.ips, step.addresses)
  if ('online' in step) panel.setOnline(step.online)
}
