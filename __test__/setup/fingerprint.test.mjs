/*
 * When files count as changed.
 */

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import { fingerprint } from '../../scripts/lib/fingerprint.mjs'

const PATHS = ['src', 'Cargo.toml', 'missing.toml']

/** A small project; `write` puts a file into it, `now` is its fingerprint. */
function project(t) {
  const root = mkdtempSync(join(tmpdir(), 'fingerprint-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  const write = (path, text) => writeFileSync(join(root, path), text)
  mkdirSync(join(root, 'src/core'), { recursive: true })
  write('src/lib.rs', 'mod core;')
  write('src/core/mod.rs', '')
  write('Cargo.toml', '[package]')
  return { root, write, now: () => fingerprint(root, PATHS) }
}

test('the same contents have the same fingerprint, whenever they were written', (t) => {
  const { root, write, now } = project(t)
  const before = now()
  utimesSync(join(root, 'src/lib.rs'), 1, 1)
  write('Cargo.toml', '[package]')
  assert.equal(now(), before)
})

test('a change is noticed, however deep the file lies', (t) => {
  const { write, now } = project(t)
  const before = now()
  write('src/core/mod.rs', ' ')
  assert.notEqual(now(), before)
})

test('a file that comes, goes or is renamed is noticed', (t) => {
  const { root, write, now } = project(t)
  const seen = [now()]
  write('missing.toml', '')
  seen.push(now())
  write('src/core/new.rs', '')
  seen.push(now())
  renameSync(join(root, 'src/core/new.rs'), join(root, 'src/core/newer.rs'))
  seen.push(now())
  rmSync(join(root, 'Cargo.toml'))
  seen.push(now())
  assert.equal(new Set(seen).size, seen.length, 'an empty file that came, or two states, count as the same')
})

test('text that moves from one file to the next is noticed', (t) => {
  const { root, write } = project(t)
  write('a', 'one\0b\0two')
  const together = fingerprint(root, ['a'])
  write('a', 'one')
  write('b', 'two')
  assert.notEqual(fingerprint(root, ['a', 'b']), together)
})

test('files beside the named ones do not count', (t) => {
  const { write, now } = project(t)
  const before = now()
  write('README.md', 'other')
  assert.equal(now(), before)
})
