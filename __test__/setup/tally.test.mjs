/*
 * Counting tests from what the runners print.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { tally } from '../../scripts/lib/tally.mjs'

const CARGO = `
running 120 tests
....................................................................................... 87/120
.................................
test result: ok. 120 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.05s

   Doc-tests threexui

running 3 tests
test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s
`
const NODE = `
✔ logs in once (12.1ms)
✖ logs out (1.0ms)
ℹ tests 7
ℹ suites 0
ℹ pass 5
ℹ fail 2
ℹ cancelled 0
ℹ duration_ms 72.5
`

function sumOf(...pieces) {
  const counts = tally()
  for (const piece of pieces) counts.read(piece)
  return counts.sum()
}

test('all groups of cargo and the one of Node are added up', () => {
  assert.deepEqual(sumOf(CARGO), { passed: 122, failed: 1 })
  assert.deepEqual(sumOf(NODE), { passed: 5, failed: 2 })
  assert.deepEqual(sumOf(CARGO, NODE), { passed: 127, failed: 3 })
})

test('output may come in pieces of any size', () => {
  assert.deepEqual(sumOf(...(CARGO + NODE)), { passed: 127, failed: 3 })
})

test('colours are no hindrance', () => {
  const cargo = 'test result: \x1b[31mFAILED\x1b[0m. 2 passed; 1 failed;\n'
  const node = '\x1b[34mℹ pass 5\x1b[39m\n\x1b[34mℹ fail 2\x1b[39m\n'
  assert.deepEqual(sumOf(cargo, node), { passed: 7, failed: 3 })
})

test('what tests print themselves does not count', () => {
  assert.deepEqual(sumOf('it will pass 3 times\nand 4 passed; 5 failed\n  ℹ pass 6 of 7\n'), { passed: 0, failed: 0 })
})

test('no output is no test', () => {
  assert.deepEqual(sumOf(), { passed: 0, failed: 0 })
})
