/*
 * `npm run bench:instructions`: how many instructions the core's hot paths take, and whether any takes more than it did.
 *
 *     npm run bench:instructions               compares with instructions.json; fails where a path grew by more than 5 %
 *     npm run bench:instructions -- --update   writes it anew
 *
 * Counts do not depend on how busy a machine is, so that they can be compared across runs, which times cannot. They do
 * depend on the compiler: the file says which one it was.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { outputOf, toolVersion } from '../scripts/lib/commands.mjs'
import { changes } from './lib/changes.mjs'
import { builtCounter, countOf, pathsOf } from './lib/callgrind.mjs'
import { problemsWith } from './lib/needs.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILE = fileURLToPath(new URL('instructions.json', import.meta.url))

const problems = problemsWith([{ program: 'valgrind', flag: '--version', packaged: 'valgrind' }])
if (problems.length > 0) {
  console.error(problems[0])
  process.exit(1)
}

const counter = builtCounter(ROOT)
const paths = {}
for (const name of pathsOf(counter)) {
  paths[name] = countOf(counter, name)
  console.log(`${String(paths[name]).padStart(12)}  ${name}`)
}
const compiler = { rustc: toolVersion('rustc'), target: /^host: (.*)$/m.exec(outputOf('rustc', ['-vV']))[1] }

if (process.argv.includes('--update')) {
  writeFileSync(FILE, `${JSON.stringify({ ...compiler, paths }, null, 2)}\n`)
  console.log('\nWritten to benchmark/instructions.json.')
} else {
  const { worse, notes } = changes(JSON.parse(readFileSync(FILE, 'utf8')), { ...compiler, paths })
  for (const line of ['', ...notes, ...worse]) console.log(line)
  if (worse.length === 0) console.log('No path takes more than it did.')
  else console.log('Where that is meant to be so: npm run bench:instructions -- --update, and commit the file.')
  process.exitCode = worse.length > 0 ? 1 : 0
}
