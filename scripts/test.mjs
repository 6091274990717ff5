/*
 * `npm test`: sees to the set-up, then runs every test: the core's by cargo, the package's by Node.
 *
 * Arguments name test files to run alone: `npm test -- __test__/login.test.mjs`.
 */

import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

import { ensure } from './ensure.mjs'
import { run } from './lib/commands.mjs'
import { tally } from './lib/tally.mjs'

const root = join(import.meta.dirname, '..')
const named = process.argv.slice(2)

await ensure()
const counts = tally()
const failures = []
const step = async (title, command, args) => {
  console.log(`\n${title}`)
  const onOutput = (text) => {
    process.stdout.write(text)
    counts.read(text)
  }
  await run(command, args, { cwd: root, onOutput }).catch((error) => failures.push(error.message))
}

if (named.length === 0) await step('The core, without Node', 'cargo', ['test', '--no-default-features', '--quiet'])
const files = named.length > 0 ? named : testFiles(join(root, '__test__')).map((file) => relative(root, file))
await step('The package, in Node', process.execPath, ['--test', '--test-reporter=spec', ...files])

const { passed, failed } = counts.sum()
for (const failure of failures) console.error(failure)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failures.length > 0 || failed > 0 || passed === 0 ? 1 : 0

function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return testFiles(path)
    return entry.name.endsWith('.test.mjs') ? [path] : []
  })
}
