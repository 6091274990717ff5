/*
 * Every method on every panel version: it works by the panel's own routes, by a recipe, or says that this panel cannot,
 * with as many requests as `cells.json` says and no more.
 *
 * After a change that is meant, `node __test__/matrix/write.mjs` writes the cells and docs/COMPATIBILITY.md anew.
 */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { VERSIONS } from '3xui-native/testing'
import Original from '3xui-api-client'

import { compatibilityPage } from '../../scripts/lib/compatibility.mjs'
import { inWords, playAll } from './board.mjs'
import { CALLS, LOCAL } from './calls.mjs'

const at = (path) => new URL(path, import.meta.url)
const expected = JSON.parse(readFileSync(at('./cells.json'), 'utf8'))

const REMEDY = 'If that is meant: node __test__/matrix/write.mjs'

test('the matrix has every public method of the original', () => {
  const prototype = (Original.default ?? Original).prototype
  const names = Object.getOwnPropertyNames(prototype).filter((name) => !/^(_|constructor$)/.test(name))
  const played = [...Object.keys(LOCAL), ...CALLS.map(({ method }) => method)]
  assert.deepEqual(names.filter((name) => !played.includes(name)), [])
  assert.equal(new Set(played).size, names.length)
})

for (const version of VERSIONS) {
  test(`every method works on this panel or says why it cannot: ${version}`, async () => {
    const cells = await playAll(version)
    const found = Object.entries(cells).map(([method, cell]) => [method, inWords(cell)])
    const wanted = CALLS.map(({ method }) => [method, expected[method]?.[version]])
    assert.deepEqual(Object.fromEntries(found), Object.fromEntries(wanted), REMEDY)

    for (const [method, { sent, logins, how, error }] of Object.entries(cells)) {
      assert.ok(logins <= 1, `${method} logged in ${logins} times`)
      assert.deepEqual(repeatedWrites(sent), [], `${method} sent a write twice`)
      if (how !== 'unsupported') continue
      assert.ok(sent.length <= 1, `${method} is unsupported after ${sent.length} requests`)
      assert.match(error.message, new RegExp(`^${method}\\b.* on this panel \\(${version === 'HEAD' ? '3.6.0' : version}\\)`))
      assert.match(error.message, /\b(from|after) \d+\.\d+\.\d+/)
    }
  })
}

test('what asks no panel sends nothing', async () => {
  const client = new ThreeXUI('http://127.0.0.1:1', 'admin', 'admin')
  for (const [method, call] of Object.entries(LOCAL)) {
    await assert.doesNotReject(async () => call(client), `${method} failed without a panel`)
  }
})

test('docs/COMPATIBILITY.md says what the matrix found', () => {
  const page = readFileSync(at('../../docs/COMPATIBILITY.md'), 'utf8')
  assert.equal(page, compatibilityPage(CALLS, Object.keys(LOCAL), expected), REMEDY)
})

function repeatedWrites(sent) {
  const writes = sent.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => `${method} ${path} ${body}`)
  return writes.filter((line, index) => writes.indexOf(line) !== index)
}
