/*
 * `npm test`: sees to the set-up, then runs every test: the core's by cargo, the package's by Node.
 *
 * Arguments name test files to run alone: `npm test -- __test__/login.test.mjs`.
 */

import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

import { ensure, root } from './ensure.mjs'
import { run, runQuietly } from './lib/commands.mjs'
import { tally } from './lib/tally.mjs'

const CORE = ['test', '--no-default-features']

const named = process.argv.slice(2)
const total = { passed: 0, failed: 0 }

const files = named.length > 0 ? named : testFiles(join(root, '__test__')).map((file) => relative(root, file))
const concern = (folder) => files.some((file) => file.split(/[\\/]/).includes(folder))
await ensure({ apps: concern('apps'), runners: concern('runners') })
if (named.length === 0) {
  await step('Building the tests of the core', () => runQuietly('cargo', [...CORE, '--no-run'], { cwd: root }))
  await tests('The core, without Node', 'cargo', [...CORE, '--quiet'])
}
await tests('The package, in Node', process.execPath, ['--test', '--test-reporter=spec', ...files])

console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0

/** Runs tests in the open and counts them. */
async function tests(title, command, args) {
  const counts = tally()
  const onOutput = (text) => {
    process.stdout.write(text)
    counts.read(text)
  }
  await step(title, () => run(command, args, { cwd: root, onOutput }), counts)
}

/** A step that goes wrong without a test that failed counts as one: a crash, or code that does not compile. */
async function step(title, job, counts = tally()) {
  console.log(`\n${title}`)
  const error = await job().then(() => null, (reason) => reason)
  const { passed, failed } = counts.sum()
  total.passed += passed
  total.failed += error ? Math.max(failed, 1) : failed
  if (error) console.error(error.output ?? error.message)
}

function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.name === 'node_modules') return []
    if (entry.isDirectory()) return testFiles(path)
    return entry.name.endsWith('.test.mjs') ? [path] : []
  })
}
