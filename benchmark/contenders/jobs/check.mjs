/*
 * Whether a call brings what it has to: nobody is fast by failing.
 */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

export async function run(contender, { call, file }) {
  assert.deepEqual(await contender[call](), JSON.parse(readFileSync(file, 'utf8')))
  return {}
}
