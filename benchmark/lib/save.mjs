/*
 * Keeping results: the numbers as JSON; the page and the charts are made of them alone.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { charts } from './charts.mjs'
import { page } from './page.mjs'

const fileOf = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url))
const NUMBERS = fileOf('results.json')

/** Adds what was done to what is kept: works that were not done keep what they have, and `remarks` are written by hand. */
export function save(done, where) {
  const before = existsSync(NUMBERS) ? JSON.parse(readFileSync(NUMBERS, 'utf8')) : { works: {} }
  const fresh = Object.entries(done).map(([name, work]) => [name, { ...work, machine: where }])
  const works = { ...before.works, ...Object.fromEntries(fresh) }
  writeFileSync(NUMBERS, `${text({ ...before, works })}\n`)
  publish()
}

/** The page and the charts, from the numbers. */
export function publish() {
  const results = JSON.parse(readFileSync(NUMBERS, 'utf8'))
  const drawn = charts(results)
  mkdirSync(fileOf('charts'), { recursive: true })
  for (const { name, svg } of drawn) writeFileSync(fileOf(`charts/${name}.svg`), svg)
  writeFileSync(fileOf('RESULTS.md'), page(results, drawn))
}

/** JSON with a line for each series, so that a comparison of two versions can be read. */
function text(results) {
  const rounds = (_key, value) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value)
  const flat = JSON.stringify(results, rounds, 1)
  return flat.replace(/\{\s+"subject"[^}]*\}/g, (series) => JSON.stringify(JSON.parse(series)))
}
