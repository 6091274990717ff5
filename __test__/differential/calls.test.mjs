/*
 * The same calls to both libraries, each on a panel of its own, are the same requests and come to the same, on an old
 * and on the newest generation of panels, but for what `accepted.json` lists.
 */

import { test } from 'node:test'

import { compare } from './comparison.mjs'
import { missing } from './everything.mjs'
import { assertNone } from './report.mjs'

await compare('calls', (method) => `the same is sent and comes of it as with the reference: ${method}`)

test('no route that is listed as missing is there', () => assertNone(missing.unneeded()))
