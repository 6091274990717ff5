/*
 * Nothing that the addon exports ends the process, whatever it is called with and on.
 */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('support/hostile-calls.cjs', import.meta.url))

test('every export survives hostile arguments and receivers', async () => {
  const child = spawn(process.execPath, ['--expose-gc', PROGRAM])
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => (out += text))
  child.stderr.on('data', (text) => (err += text))
  const [code, signal] = await once(child, 'close')
  assert.deepEqual([code, signal], [0, null], `the process ended: ${out}${err.slice(-4_000)}`)
  assert.match(out, /^survived \d{5,}$/m)
})
