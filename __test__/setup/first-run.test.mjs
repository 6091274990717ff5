/*
 * What a fresh clone starts has to load before anything is installed.
 */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'

const root = fileURLToPath(new URL('../..', import.meta.url))
const IMPORTED = /^(?:import|export) (?:[^'"]+ from )?['"]([^'"]+)['"]/gm

for (const name of ['start', 'test', 'check', 'ci', 'build']) {
  test(`scripts/${name}.mjs loads on a clone where nothing is installed`, () => {
    assert.deepEqual(packagesOf(resolve(root, 'scripts', `${name}.mjs`)), [])
  })
}

/** The packages that a script and the files it imports name in import statements, each with the file that does. */
function packagesOf(file, seen = new Set()) {
  if (seen.has(file)) return []
  seen.add(file)
  const text = readFileSync(file, 'utf8').replace(/\{[^}]*\} from/g, (names) => names.replace(/\s+/g, ' '))
  return [...text.matchAll(IMPORTED)].flatMap(([, name]) => {
    if (name.startsWith('.')) return packagesOf(resolve(dirname(file), name), seen)
    return name.startsWith('node:') ? [] : [`${relative(root, file)} imports ${name}`]
  })
}
