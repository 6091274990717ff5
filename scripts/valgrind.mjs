/*
 * `npm run valgrind`: the addon under memcheck, in a run with workers, stores, interceptors and large replies.
 *
 * Node's own compiler and garbage collector do what memcheck takes for errors; counted are those with the addon in their
 * stack. The addon is built without optimization, so that a stack names lines. Needs valgrind.
 */

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { ensure, root } from './ensure.mjs'
import { run as runs } from './lib/commands.mjs'
import { errorsOf } from './valgrind/report.mjs'

const FOLDER = join(root, 'target', 'valgrind')
const REPORT = join(FOLDER, 'report.xml')
const PROGRAM = join(root, 'scripts', 'valgrind', 'program.mjs')

const MEMCHECK = [
  ...['--tool=memcheck', '--smc-check=all-non-file', '--num-callers=60', '--error-limit=no'],
  ...['--leak-check=full', '--show-leak-kinds=definite', '--xml=yes', `--xml-file=${REPORT}`],
]
/** Fewer of Node's own peculiarities, and a heap whose pages memcheck follows. */
const NODE = ['--expose-gc', '--no-opt', '--single-threaded-gc']

if (spawnSync('valgrind', ['--version']).status !== 0) fail('valgrind is not there (Debian: apt-get install valgrind).')
await ensure()
mkdirSync(FOLDER, { recursive: true })
console.log('Building the addon without optimization …')
await runs('cargo', ['build', '--quiet'], { cwd: root })
const NAPI_RS_NATIVE_LIBRARY_PATH = join(FOLDER, 'threexui.node')
copyFileSync(join(root, 'target', 'debug', 'libthreexui.so'), NAPI_RS_NATIVE_LIBRARY_PATH)
console.log('Running it under valgrind, which takes some minutes …')
const run = spawnSync('valgrind', [...MEMCHECK, process.execPath, ...NODE, PROGRAM], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, NAPI_RS_NATIVE_LIBRARY_PATH },
})
if (run.status !== 0) fail(`The program ended with ${run.status ?? run.signal}.`)
const { ours, lost, others } = errorsOf(readFileSync(REPORT, 'utf8'))
for (const error of ours) console.error(`\n${error}`)
console.log(`\n${ours.length} errors with the addon in their stack, ${others} of Node.js itself; ${lost} bytes lost (${REPORT}).`)
process.exitCode = ours.length > 0 ? 1 : 0

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
