/*
 * The tests of one kind of calls: one for each method, and one that nothing is listed in vain.
 */

import { test } from 'node:test'

import { ACCEPTED, Accepted, grouped } from './accepted.mjs'
import { EVERYTHING } from './everything.mjs'
import { assertNone, inWords } from './report.mjs'

/** Makes all calls of a kind, then declares their tests. */
export async function compare(kind, nameOf) {
  const pairs = await EVERYTHING[kind]()
  const listed = new Accepted(ACCEPTED[kind], pairs.map(({ call }) => call))
  const tests = grouped(pairs, (pair) => pair.test)
  const found = new Map([...tests].map(([name, its]) => [name, its.flatMap((pair) => inWords(pair.call, listed.unlisted(pair)))]))
  for (const [name, differing] of found) test(nameOf(name), () => assertNone(differing))
  test('no exception is out of date', () => assertNone(listed.unneeded()))
}
