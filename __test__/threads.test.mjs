/*
 * Threads and processes: whoever loads the package first, and whoever ends first, all others go on.
 */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { startPanel } from '3xui-native/testing'

const file = (name) => fileURLToPath(new URL(`support/${name}`, import.meta.url))

/** How a program ends: its code or signal, and what it wrote. */
async function ran(program, ...args) {
  const child = spawn(process.execPath, [file(program), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => (out += text))
  child.stderr.on('data', (text) => (err += text))
  const [code, signal] = await once(child, 'close')
  return { end: code ?? signal, out: out.trim(), err: err.slice(-2_000) }
}

/** Every order of three kinds of threads, some with threads at the same time, and long ones: 50 rounds. */
const KINDS = ['m', 'w', 't']
const ORDERS = [
  ...KINDS.flatMap((first) => KINDS.flatMap((second) => KINDS.map((third) => first + second + third))),
  ...KINDS.flatMap((first) => KINDS.map((second) => `p${first}p${second}`)),
  ...KINDS.flatMap((first) => KINDS.map((second) => `${first}${second}p`)),
  'wwwwwwww',
  'tttttttt',
  'wtwtwtwtm',
  'pppm',
  'mtttttt',
]

test(`threads that load the package end in every order (${ORDERS.length} programs)`, async (t) => {
  const panel = await startPanel()
  t.after(() => panel.close())
  const orders = [...ORDERS]
  const failed = []
  const next = async () => {
    for (let order = orders.pop(); order; order = orders.pop()) {
      const { end, out, err } = await ran('threads-program.cjs', panel.url, order)
      if (end !== 0 || out !== 'done') failed.push({ order, end, out, err })
    }
  }
  await Promise.all([next(), next(), next()])
  assert.deepEqual(failed, [])
})

for (const kind of ['fork', 'cluster']) {
  for (const loaded of ['loaded', 'bare']) {
    test(`processes of a ${kind} make their calls where the main one has it ${loaded}`, async (t) => {
      const panel = await startPanel()
      t.after(() => panel.close())
      assert.deepEqual(await ran('processes-program.cjs', panel.url, kind, loaded), { end: 0, out: '0,0', err: '' })
    })
  }
}
