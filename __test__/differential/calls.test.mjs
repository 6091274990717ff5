/*
 * The same calls to both libraries, each on a panel of its own, are the same requests and come to the same, on an old
 * and on the newest generation of panels, but for what `exceptions` lists.
 */

import { test } from 'node:test'

import { Exceptions } from './compare.mjs'
import { exceptions, missingRoutes } from './exceptions/index.mjs'
import { MissingRoutes } from './missing-routes.mjs'
import { assertNone, inWords } from './report.mjs'
import { record } from './run.mjs'
import { calls } from './script/index.mjs'

/** How many calls are under way at once: while one waits for a panel, another can be made. */
const AT_ONCE = 4

// The reference tells the console of every error.
console.warn = () => {}

const listed = new Exceptions(exceptions)
const missing = new MissingRoutes(missingRoutes)
const found = Object.fromEntries(
  calls.flatMap(({ name, versions }) => versions.map((version) => [`${name} (${version})`, []])),
)

const waiting = [...calls]
await Promise.all(Array.from({ length: AT_ONCE }, compareWaiting))

async function compareWaiting() {
  for (let call = waiting.shift(); call; call = waiting.shift()) await compare(call)
}

/** Makes a call with both libraries on all versions, and notes how what came of it differs. */
async function compare(call) {
  const { name, label, versions } = call
  const made = Object.fromEntries(
    await Promise.all(versions.map(async (version) => [version, await onPanel(version, call)])),
  )
  for (const version of versions) {
    const what = { name, label, version }
    found[`${name} (${version})`].push(
      ...inWords(what, listed.unexcused(what, ...missing.pair(name, version, made))),
    )
  }
}

async function onPanel(version, call) {
  const [reference, ours] = await Promise.all([
    record('reference', version, call),
    record('ours', version, call),
  ])
  return { reference, ours }
}

for (const [method, differing] of Object.entries(found)) {
  test(`the same is sent and comes of it as with the reference: ${method}`, () => assertNone(differing))
}

test('no exception is out of date', () => assertNone(listed.unneeded()))

test('no route that is listed as missing is there', () => assertNone(missing.unneeded()))
