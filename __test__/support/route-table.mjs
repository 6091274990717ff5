/*
 * The route table, as its source says it: for tests that are to miss no row.
 */

import { readFileSync } from 'node:fs'

const ROW = /^ {4}(\w+) +(Get|Post) +"([^"]+)", +([a-z][a-z0-9 ]*), +(reads|acts|writes (\w+) (repeatable|once), reconcile (\w+))(?:, batch (\w+))?(?:, logs "(\w+)")?;$/

/** `{ name, method, template, touches, repeatable, reconcile, batch }` of every route; `touches` is null where nothing is written. */
export function routeTable() {
  const source = readFileSync(new URL('../../src/core/routes.rs', import.meta.url), 'utf8')
  const table = source.slice(source.indexOf('\nroutes! {\n'), source.indexOf('\n}\n', source.indexOf('\nroutes! {\n')))
  const lines = table.split('\n').slice(2).filter((line) => line.trim() !== '' && !line.trim().startsWith('//'))
  return lines.map((line) => {
    const [, name, method, template, , does, touches = null, often, reconcile = does === 'acts' ? 'Never' : 'Again', batch] = ROW.exec(line) ?? []
    if (name === undefined) throw new Error(`This line of the route table cannot be read: ${line}`)
    return { name, method, template, does: does.split(' ')[0], touches, repeatable: often ? often === 'repeatable' : does === 'reads', reconcile, batch }
  })
}
