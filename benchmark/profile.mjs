/*
 * Where the time of a small reply goes: `node benchmark/profile.mjs [contender] [seconds]`.
 *
 * Needs perf (Debian: linux-perf). With NAPI_RS_NATIVE_LIBRARY_PATH naming an addon that was built with symbols the
 * addon's own functions have names; docs/PERFORMANCE.md says how to build one.
 */

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startContender } from './lib/contender.mjs'
import { MAIN, WORKER, functionShares, partShares, samplesOf } from './lib/stacks.mjs'
import { startNginx } from './servers/nginx.mjs'

const [name = 'ours', seconds = '4'] = process.argv.slice(2)
const IN_FLIGHT = 64
/** How many functions are told. */
const LINES = 30
/** A few hundred thousand samples as text. */
const LARGEST_OUTPUT = 2 ** 30
/** JavaScript keeps frame pointers, the C library does not. */
const WAYS = { main: ['fp', MAIN], worker: ['dwarf,16384', WORKER] }

const folder = mkdtempSync(join(tmpdir(), '3xui-profile-'))
const server = await startNginx()
const native = process.env.NAPI_RS_NATIVE_LIBRARY_PATH
const contender = await startContender(name, server.setup(), {
  execArgv: ['--perf-basic-prof'],
  env: native ? { NAPI_RS_NATIVE_LIBRARY_PATH: native } : {},
})
try {
  const load = (ms) => contender.run('load', { call: 'node', inFlight: IN_FLIGHT, ms })
  const { requests, main, cpu } = await load(2_000)
  console.log(`${name}: ${Math.round(requests)} requests/s; a call takes ${main.toFixed(1)} µs of the main thread, ${cpu.toFixed(1)} µs in all`)
  for (const [thread, tid] of threads(contender.pid)) {
    const [graph, rules] = WAYS[thread]
    const file = join(folder, thread)
    await recorded(tid, graph, file, () => load(Number(seconds) * 1_000))
    tell(thread, samplesOf(text(file)), rules)
  }
} finally {
  await contender.end()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
  // Node writes the names of compiled functions there, where perf looks for them.
  rmSync(`/tmp/perf-${contender.pid}.map`, { force: true })
}

/** The threads that matter: JavaScript's, and the addon's own where there is one. */
function threads(pid) {
  const folder = `/proc/${pid}/task`
  const worker = readdirSync(folder).find((tid) => readFileSync(join(folder, tid, 'comm'), 'utf8').startsWith('3xui-native'))
  return [['main', pid], ...(worker ? [['worker', worker]] : [])]
}

async function recorded(tid, graph, file, work) {
  const args = ['record', '-q', '-e', 'cpu-clock', '-F', '2999', '--call-graph', graph, '-t', tid, '-o', file]
  const perf = spawn('perf', args, { stdio: 'inherit' })
  await work()
  perf.kill('SIGINT')
  await once(perf, 'exit')
}

function text(file) {
  const args = ['script', '-i', file, '-F', 'tid,ip,sym', '--no-inline']
  return execFileSync('perf', args, { encoding: 'utf8', maxBuffer: LARGEST_OUTPUT, stdio: ['ignore', 'pipe', 'ignore'] })
}

function tell(thread, samples, rules) {
  list(`${thread} thread, ${samples.length} samples`, partShares(samples, rules))
  list('its functions, alone', functionShares(samples, { alone: true }).slice(0, LINES))
  list('its functions, with what they call', functionShares(samples, { alone: false }).slice(0, LINES))
}

function list(title, shares) {
  console.log(`\n${title}`)
  for (const { part, share } of shares) console.log(`  ${(share * 100).toFixed(1).padStart(5)}%  ${part}`)
}
