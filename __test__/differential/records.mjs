/*
 * The records of all calls with both libraries: the reference's as it has to be of ours, and ours.
 */

import { LIBRARIES, record } from './run.mjs'
import { recordFunction } from './run-function.mjs'
import { translated } from './translate.mjs'

/** How many calls are under way at once: while one waits for a panel, another can be made. */
const AT_ONCE = 4

/**
 * @typedef {object} Pair
 * @property {string} call - `method: label (version)`
 * @property {string} test - What the test of it is called by.
 * @property {object} expected - The record of the reference.
 * @property {object} ours
 */

/**
 * @param {import('./script/index.mjs').Call[]} calls
 * @param {import('./missing-routes.mjs').MissingRoutes} missing
 * @returns {Promise<Pair[]>}
 */
export async function recordsOf(calls, missing) {
  const waiting = [...calls]
  const found = new Map()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let call = waiting.shift(); call; call = waiting.shift()) found.set(call, await recordsOfOne(call, missing))
    }),
  )
  return calls.flatMap((call) => found.get(call))
}

async function recordsOfOne(call, missing) {
  const { name, label, versions } = call
  const made = Object.fromEntries(
    await Promise.all(versions.map(async (version) => [version, await onPanel(version, call)])),
  )
  return versions.map((version) => {
    const [expected, ours] = missing.pair(name, version, made)
    return { call: `${name}: ${label} (${version})`, test: `${name} (${version})`, expected: translated(expected), ours }
  })
}

async function onPanel(version, call) {
  const [reference, ours] = await Promise.all([
    record('reference', version, call),
    record('ours', version, call),
  ])
  return { reference, ours }
}

/** The same of functions that need no panel: by name, the arguments of each call. */
export function recordsOfFunctions(tables) {
  return Object.entries(tables).flatMap(([name, calls]) =>
    Object.entries(calls).map(([label, args]) => {
      const [expected, ours] = ['reference', 'ours'].map((library) => recordFunction(library, name, args))
      return { call: `${name}: ${label}`, test: name, expected, ours }
    }),
  )
}

/** The same of what hangs on the export: by name, functions of a library. */
export async function recordsOfStatics(tables) {
  const all = Object.entries(tables).flatMap(([name, calls]) => Object.entries(calls).map(([label, call]) => ({ name, label, call })))
  return Promise.all(
    all.map(async ({ name, label, call }) => {
      const [expected, ours] = await Promise.all([recordStatic(call, LIBRARIES.reference), recordStatic(call, LIBRARIES.ours)])
      return { call: `${name}: ${label}`, test: name, expected, ours }
    }),
  )
}

async function recordStatic(call, library) {
  try {
    return { outcome: { returns: await call(library) } }
  } catch ({ name, message, code }) {
    return { outcome: { throws: { name, message, ...(code && { code }) } } }
  }
}
