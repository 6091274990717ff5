/*
 * Writes `cells.json` and docs/COMPATIBILITY.md from what the matrix finds now. Look at the difference before committing
 * it: a method that has become worse is in there as well.
 */

import { readFileSync, writeFileSync } from 'node:fs'

import { VERSIONS } from '3xui-native/testing'

import { compatibilityPage } from '../../scripts/lib/compatibility.mjs'
import { SEEN_ON } from '../support/ways.mjs'
import { inWords, playAll } from './board.mjs'
import { CALLS, LOCAL } from './calls.mjs'

const cells = Object.fromEntries(CALLS.map(({ method }) => [method, {}]))
for (const version of VERSIONS) {
  for (const [method, cell] of Object.entries((await playAll(version))[SEEN_ON])) {
    cells[method][version] = inWords(cell)
    if (cell.how === 'wrong') console.error(`${version} ${method}: ${cell.wrong}`)
  }
}

const row = ([method, byVersion]) => `  ${JSON.stringify(method)}: ${JSON.stringify(byVersion).replaceAll(',"', ', "').replaceAll(':"', ': "')}`
const written = `{\n${Object.entries(cells).map(row).join(',\n')}\n}\n`
const at = (path) => new URL(path, import.meta.url)
writeFileSync(at('./cells.json'), written)
writeFileSync(at('../../docs/COMPATIBILITY.md'), compatibilityPage(CALLS, Object.keys(LOCAL), JSON.parse(readFileSync(at('./cells.json'), 'utf8'))))
