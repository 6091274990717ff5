/*
 * Writes `cells.json` and docs/COMPATIBILITY.md from what the matrix finds now. Look at the difference before committing
 * it: a method that has become worse is in there as well.
 */

import { writeFileSync } from 'node:fs'

import { VERSIONS } from '3xui-native/testing'

import { compatibilityPage } from '../../scripts/lib/compatibility.mjs'
import { SEEN_ON } from '../support/ways.mjs'
import { inWords, playAll } from './board.mjs'
import { CALLS, LOCAL } from './calls.mjs'
import { PLAYED, textOf } from './cells.mjs'

const cells = Object.fromEntries(CALLS.map(({ method }) => [method, {}]))
for (const version of PLAYED) {
  for (const [method, cell] of Object.entries((await playAll(version, [SEEN_ON]))[SEEN_ON])) {
    cells[method][version] = inWords(cell)
    if (cell.how === 'wrong') console.error(`${version} ${method}: ${cell.wrong}`)
  }
}

const at = (path) => new URL(path, import.meta.url)
const columns = ([method, byVersion]) => [method, Object.fromEntries(VERSIONS.map((version) => [version, byVersion[version]]))]
writeFileSync(at('./cells.json'), textOf(cells))
writeFileSync(
  at('../../docs/COMPATIBILITY.md'),
  compatibilityPage(CALLS, Object.keys(LOCAL), Object.fromEntries(Object.entries(cells).map(columns))),
)
