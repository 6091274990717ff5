/*
 * `npm run soak`: ten minutes of what a program may do in a month, and whether the process is as large after it as before.
 *
 *     npm run soak                    ten minutes
 *     npm run soak -- --minutes 2     fewer, to see that all works
 *
 * One process makes the calls (`program.mjs`), another is the panels and the trouble (`panels.mjs`). This one looks from
 * outside at what the first one holds: resident memory, descriptors, threads. Linux only, as it reads `/proc`.
 */

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { ensure } from '../../scripts/ensure.mjs'
import { startChild } from '../lib/child.mjs'
import { heldBy } from './held.mjs'
import { judged, table } from './verdict.mjs'

const LOOK_MS = 2_000
const TELL_MS = 30_000
/** The last calls may take their time. */
const PATIENCE_MS = 70_000

const { minutes } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } }).values
const ms = Number(minutes) * 60_000
if (!(ms > 0)) fail('--minutes takes a number of minutes.')
if (!existsSync('/proc/self/status')) fail('The soak reads /proc, which this system does not have.')

await ensure()
const path = (name) => fileURLToPath(new URL(name, import.meta.url))
const panels = await startChild('The panels', path('panels.mjs'))
const program = await startChild('The program', path('program.mjs'))
const seen = []
try {
  const places = await panels.ask({ order: 'places' })
  const done = program.ask({ order: 'run', options: { ms: ms + PATIENCE_MS, soak: ms, places } })
  const began = Date.now()
  let told = 0
  const looking = setInterval(() => {
    const now = { at: Date.now() - began, ...heldBy(program.pid) }
    seen.push(now)
    if (now.at - told < TELL_MS) return
    told = now.at
    console.log(line(now))
  }, LOOK_MS)
  const outcome = await done.finally(() => clearInterval(looking))
  console.log(`\n${table(seen, outcome)}`)
  const problems = judged(seen, outcome)
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
} finally {
  await program.end()
  await panels.end()
}

function line({ at, rss, descriptors, threads }) {
  return `${String(Math.round(at / 1e3)).padStart(4)} s   ${(rss / 2 ** 20).toFixed(0).padStart(4)} MB   ${descriptors} descriptors   ${threads} threads`
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
