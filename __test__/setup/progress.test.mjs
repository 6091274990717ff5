/*
 * What is to be seen of cargo's work.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { cargoProgress } from '../../scripts/lib/progress.mjs'

/** Something to write to, and the text written so far. */
function paper(isTTY) {
  const out = { isTTY, text: '', write: (piece) => void (out.text += piece) }
  return out
}

test('on a terminal one line is written anew for each crate and taken away in the end', () => {
  const out = paper(true)
  const progress = cargoProgress(out, () => 0)
  progress.line('   Compiling serde v1.0.0')
  progress.line('    Checking url v2.5.0')
  assert.equal(out.text, '\r\x1b[2K  1 crates, now serde\r\x1b[2K  2 crates, now url')
  progress.end()
  assert.ok(out.text.endsWith('now url\r\x1b[2K'))
})

test('elsewhere a line is written every ten seconds', () => {
  const out = paper(false)
  let time = 0
  const progress = cargoProgress(out, () => time)
  for (const [at, crate] of [[5_000, 'a'], [9_999, 'b'], [10_000, 'c'], [19_999, 'd'], [20_001, 'e']]) {
    time = at
    progress.line(`   Compiling ${crate} v1.0.0`)
  }
  progress.end()
  assert.equal(out.text, '  3 crates, now c\n  5 crates, now e\n')
})

test('nothing else that cargo says is shown', () => {
  for (const isTTY of [true, false]) {
    const out = paper(isTTY)
    let time = 0
    const progress = cargoProgress(out, () => (time += 60_000))
    const lines = ['    Updating crates.io index', 'warning: unused', '    Finished `dev` profile', '']
    for (const line of lines) progress.line(line)
    progress.end()
    assert.equal(out.text, '', `isTTY: ${isTTY}`)
  }
})
