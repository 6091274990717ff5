/*
 * What hangs on the export comes to the same in both libraries, but for what is listed.
 */

import { test } from 'node:test'

import { Exceptions } from './compare.mjs'
import { ofStatics } from './exceptions/statics.mjs'
import { assertNone, inWords } from './report.mjs'
import { LIBRARIES } from './run.mjs'
import { NO_PANEL } from './run-function.mjs'
import { statics } from './script/statics.mjs'

const exceptions = new Exceptions(ofStatics)

for (const [name, calls] of Object.entries(statics)) {
  test(`${name} comes to the same as the reference's`, async () => {
    const differing = []
    for (const [label, call] of Object.entries(calls)) {
      const what = { name, label, version: NO_PANEL }
      const records = await Promise.all(
        [LIBRARIES.reference, LIBRARIES.ours].map((library) => recordOf(call, library)),
      )
      differing.push(...inWords(what, exceptions.unexcused(what, ...records)))
    }
    assertNone(differing)
  })
}

test('no exception for these is out of date', () => assertNone(exceptions.unneeded()))

async function recordOf(call, library) {
  try {
    return { outcome: { returns: await call(library) } }
  } catch ({ name, message, code }) {
    return { outcome: { throws: { name, message, ...(code && { code }) } } }
  }
}
