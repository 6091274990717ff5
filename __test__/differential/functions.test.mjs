/*
 * Making and judging credentials, and making clients: the same arguments to both libraries come to the same, but for
 * what is listed.
 */

import { test } from 'node:test'

import { Exceptions } from './compare.mjs'
import { ofFunctions } from './exceptions/functions.mjs'
import { assertNone, inWords } from './report.mjs'
import { CONSTRUCTOR, NO_PANEL, recordFunction } from './run-function.mjs'
import { constructions, functions } from './script/functions.mjs'

const exceptions = new Exceptions(ofFunctions)
const tables = { ...functions, [CONSTRUCTOR]: constructions }

// The reference warns of a URL that ends with /panel.
console.warn = () => {}

const found = Object.entries(tables).map(([name, calls]) => ({
  name,
  differing: Object.entries(calls).flatMap(([label, args]) => {
    const call = { name, label, version: NO_PANEL }
    const records = ['reference', 'ours'].map((library) => recordFunction(library, name, args))
    return inWords(call, exceptions.unexcused(call, ...records))
  }),
}))

for (const { name, differing } of found) {
  test(`${name} comes to the same as with the reference`, () => assertNone(differing))
}

test('no exception for these is out of date', () => assertNone(exceptions.unneeded()))
