/*
 * Records `golden.json` from the original library: `node __test__/endpoints/record.mjs`. To be run when `calls.mjs` changes.
 */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import Original from '3xui-api-client'

import { SEEN_ON } from '../support/ways.mjs'
import { CALLS } from './calls.mjs'
import { record } from './recorder.mjs'

const rows = []
for (const [method, lists] of Object.entries(CALLS)) {
  for (const args of lists) rows.push({ method, args, ...(await record(Original, method, args, { way: SEEN_ON })) })
}
const lines = rows.map((row) => JSON.stringify(row)).join(',\n')
writeFileSync(join(import.meta.dirname, 'golden.json'), `[\n${lines}\n]\n`)
