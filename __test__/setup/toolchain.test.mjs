/*
 * What is said when a tool is missing or too old.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { problemsWith } from '../../scripts/lib/toolchain.mjs'

const rust = (version) => ({ node: '20.0.0', cargo: version, rustc: version })

test('tools that are new enough are no problem', () => {
  for (const version of ['1.88.0', '1.88.1', '1.100.0', '2.0.0']) {
    assert.deepEqual(problemsWith(rust(version), '1.88'), [], version)
  }
  assert.deepEqual(problemsWith({ ...rust('1.88.0'), node: '100.0.0' }, '1.88'), [])
})

test('an old Node.js is one sentence that says which to install', () => {
  const sentence = 'Node.js 18.20.4 is too old: install Node.js 20 or newer from https://nodejs.org.'
  assert.deepEqual(problemsWith({ ...rust('1.90.0'), node: '18.20.4' }, '1.88'), [sentence])
  assert.deepEqual(problemsWith({ node: '18.20.4' }), [sentence], 'Node.js is asked for even where Rust is not')
})

test('missing Rust is one sentence, whichever half of it is missing', () => {
  const sentence = 'The Rust toolchain (cargo, rustc) is missing: install Rust 1.88 or newer from https://rustup.rs.'
  for (const [cargo, rustc] of [[null, null], [null, '1.90.0'], ['1.90.0', null]]) {
    assert.deepEqual(problemsWith({ node: '22.1.0', cargo, rustc }, '1.88'), [sentence], `${cargo}, ${rustc}`)
  }
})

test('old Rust is one sentence that says which to install', () => {
  const sentence = (version) => `Rust ${version} is too old: install Rust 1.88 or newer (rustup update stable).`
  for (const version of ['1.87.9', '1.9.0', '0.99.0']) {
    assert.deepEqual(problemsWith(rust(version), '1.88'), [sentence(version)])
  }
})

test('each tool has its own sentence', () => {
  assert.equal(problemsWith({ node: '16.0.0', cargo: null, rustc: null }, '1.88').length, 2)
})
