/*
 * How each method is to fare on each version, from `cells.json`: by method, the first version of each way in which it
 * works, `unsupported 0` or `recipe 2`.
 */

import { readFileSync } from 'node:fs'

import { VERSIONS } from '3xui-native/testing'

import { RELEASES } from '../versions/facts.mjs'
import { BOUNDARIES } from '../versions/played.mjs'

const written = JSON.parse(readFileSync(new URL('./cells.json', import.meta.url), 'utf8'))

/** Those that are compared with recordings, and those between them at which a route comes or goes. */
export const PLAYED = RELEASES.filter((version) => VERSIONS.includes(version) || BOUNDARIES.includes(version))

export function cellOf(method, version) {
  const since = Object.keys(written[method] ?? {}).findLast((each) => RELEASES.indexOf(each) <= RELEASES.indexOf(version))
  return written[method]?.[since]
}

/** The cells of a page with a column for each version. */
export function columnsOf(methods, versions) {
  const row = (method) => Object.fromEntries(versions.map((version) => [version, cellOf(method, version)]))
  return Object.fromEntries(methods.map((method) => [method, row(method)]))
}

/** The text of `cells.json`: only where a method fares in another way than on the version before. */
export function textOf(cells) {
  const isNew = (byVersion, version, at) => at === 0 || byVersion[version] !== byVersion[PLAYED[at - 1]]
  const row = ([method, byVersion]) => {
    const changes = PLAYED.filter((version, at) => isNew(byVersion, version, at))
    return `  "${method}": { ${changes.map((version) => `"${version}": "${byVersion[version]}"`).join(', ')} }`
  }
  return `{\n${Object.entries(cells).map(row).join(',\n')}\n}\n`
}
