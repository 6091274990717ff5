/*
 * Every method on every panel version that has been compared with recordings, and on those at which a route comes or
 * goes: it works by the panel's own routes, by a recipe, or says that this panel cannot, with as many requests as
 * `cells.json` says and no more; and which way a program takes to the panel makes no difference.
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
import { SEEN_ON } from '../support/ways.mjs'
import { inWords, playAll } from './board.mjs'
import { CALLS, LOCAL } from './calls.mjs'
import { PLAYED, cellOf, columnsOf } from './cells.mjs'

const at = (path) => new URL(path, import.meta.url)

const REMEDY = 'If that is meant: node __test__/matrix/write.mjs'

test('the matrix has every public method of the original', () => {
  const prototype = (Original.default ?? Original).prototype
  const names = Object.getOwnPropertyNames(prototype).filter((name) => !/^(_|constructor$)/.test(name))
  const played = [...Object.keys(LOCAL), ...CALLS.map(({ method }) => method)]
  assert.deepEqual(names.filter((name) => !played.includes(name)), [])
  assert.equal(new Set(played).size, names.length)
})

/** While one panel is waited for, another can be asked. */
const AT_ONCE = 3
const playing = {}
for (const [at, version] of PLAYED.entries()) {
  // What the ways differ in does not change with a single route.
  const ways = VERSIONS.includes(version) ? undefined : ['direct']
  const turn = Promise.resolve(playing[PLAYED[at - AT_ONCE]]).catch(() => {})
  playing[version] = turn.then(() => playAll(version, ways))
}
// What goes wrong is said by the version's own test.
for (const played of Object.values(playing)) played.catch(() => {})

for (const version of PLAYED) {
  test(`every method works on this panel or says why it cannot, on every way to it: ${version}`, async () => {
    const ways = await playing[version]
    for (const [way, cells] of Object.entries(ways)) {
      const others = CALLS.filter(({ method }) => inWords(cells[method]) !== cellOf(method, version))
      const found = others.map(({ method }) => `${method}: ${inWords(cells[method])}, not ${cellOf(method, version)}`)
      assert.deepEqual(found, [], `${way}: ${REMEDY}`)
      for (const [method, cell] of Object.entries(cells)) sparingly(`${method} (${way})`, method, version, cell)
    }
    for (const { method } of CALLS) {
      for (const way of Object.keys(ways)) {
        const [seen, here] = [ways[SEEN_ON][method].record, ways[way][method].record]
        assert.deepEqual(here, seen, `${method}: ${way} is not what ${SEEN_ON} is`)
      }
    }
  })
}

/** No more logins and requests than needed, and words that help. */
function sparingly(what, method, version, { sent, logins, how, error }) {
  assert.ok(logins <= 1, `${what} logged in ${logins} times`)
  assert.deepEqual(repeatedWrites(sent), [], `${what} sent a write twice`)
  if (how !== 'unsupported') return
  assert.ok(sent.length <= 1, `${what} is unsupported after ${sent.length} requests`)
  assert.match(error.message, new RegExp(`^${method}\\b.* on this panel \\(${version === 'HEAD' ? '3.6.0' : version}\\)`))
  assert.match(error.message, /\b(from|after) \d+\.\d+\.\d+/)
}

test('what asks no panel sends nothing', async () => {
  const client = new ThreeXUI('http://127.0.0.1:1', 'admin', 'admin')
  for (const [method, call] of Object.entries(LOCAL)) {
    await assert.doesNotReject(async () => call(client), `${method} failed without a panel`)
  }
})

test('docs/COMPATIBILITY.md says what the matrix found', () => {
  const page = readFileSync(at('../../docs/COMPATIBILITY.md'), 'utf8')
  assert.equal(page, compatibilityPage(CALLS, Object.keys(LOCAL), columnsOf(CALLS.map(({ method }) => method), VERSIONS)), REMEDY)
})

function repeatedWrites(sent) {
  const writes = sent.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => `${method} ${path} ${body}`)
  return writes.filter((line, index) => writes.indexOf(line) !== index)
}
