/*
 * Keeping results: the numbers as JSON; the page and the charts are made of them.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FILE = fileURLToPath(new URL('../results.json', import.meta.url))

export async function save(done) {
  const before = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : { works: {} }
  const results = { ...before, works: { ...before.works, ...done } }
  writeFileSync(FILE, `${JSON.stringify(results, null, 1)}\n`)
}
