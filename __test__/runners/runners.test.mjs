/*
 * The package in the test suites of programs: Jest 29 and 30, Vitest, Mocha and Node's own runner, each in every way that it
 * keeps test files apart. One suite for all (`suite.cjs`), which the original package passes, too.
 */

import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { startPanel } from '3xui-native/testing'

import { runProgram } from '../support/programs.mjs'
import { appFolder, temporaryFolder } from '../support/release.mjs'

const here = import.meta.dirname ?? dirname(fileURLToPath(import.meta.url))

const jest = (folder) => ({
  folder,
  program: 'node_modules/jest/bin/jest.js',
  count: /^Tests: +(\d+) passed, \1 total$/m,
  forced: '--forceExit',
  ways: {
    'all files in one process': ['--ci', '--runInBand'],
    'a process for each worker': ['--ci', '--maxWorkers=2'],
    'a thread for each worker': ['--ci', '--maxWorkers=2', '--workerThreads'],
  },
})

const pool = (name) => ['run', `--pool=${name}`]

const RUNNERS = {
  'Jest 29': jest('jest-29'),
  'Jest 30': jest('jest-30'),
  Vitest: {
    folder: 'vitest',
    program: 'node_modules/vitest/vitest.mjs',
    count: /^ +Tests +(\d+) passed \(\1\)$/m,
    ways: { threads: pool('threads'), forks: pool('forks'), vmThreads: pool('vmThreads'), vmForks: pool('vmForks') },
  },
  Mocha: {
    folder: 'mocha',
    program: 'node_modules/mocha/bin/mocha.js',
    count: /^ +(\d+) passing/m,
    forced: '--exit',
    ways: {
      'one process': ['client.spec.cjs', 'second.spec.cjs'],
      parallel: ['--parallel', '--jobs', '2', 'client.spec.cjs', 'second.spec.cjs'],
    },
  },
  'node --test': {
    folder: 'node-test',
    count: /^# pass (\d+)$/m,
    forced: '--test-force-exit',
    ways: { 'a process for each file': ['--test', '--test-reporter=tap', 'client.spec.cjs', 'second.spec.cjs'] },
  },
}

/** Every file runs the suite, once or twice. */
const FEWEST_TESTS = 50

const ORIGINAL = dirname(createRequire(import.meta.url).resolve('3xui-api-client'))

for (const [name, runner] of Object.entries(RUNNERS)) {
  describe(name, () => {
    const { program, count, forced, ways } = runner
    const source = join(here, runner.folder)
    let panel, folders

    before(async () => {
      if (program) assert.ok(existsSync(join(source, program)), `${name} is not installed: \`npm test\` sees to that`)
      panel = await startPanel({ version: '3.6.0', inbounds: [{ port: 1001, protocol: 'vless', remark: 'main' }] })
      folders = { 'the package': await appFolder(suiteFolder(source)), 'the original': withOriginal(suiteFolder(source)) }
    })
    after(() => panel?.close())

    for (const [number, [way, args]] of Object.entries(ways).entries()) {
      // What the suite asks for does not depend on the way: that the original has it, too, is seen once.
      for (const whose of number === 0 ? ['the package', 'the original'] : ['the package']) {
        test(`${way}, with ${whose}`, async () => {
          // Node's runner leaves out what is run below it, and says less.
          const env = { PANEL_URL: panel.url, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_TEST_CONTEXT: undefined }
          const all = [...(program ? [join(source, program)] : []), ...args]
          // The original keeps a process alive for as long as it remembers a session.
          if (whose === 'the original' && forced) all.splice(1, 0, forced)
          const { code, signal, stdout, stderr } = await runProgram(all, { cwd: folders[whose], env })
          assert.deepEqual({ code, signal }, { code: 0, signal: null }, stdout + stderr)
          const [, passed] = count.exec(stdout) ?? count.exec(stderr) ?? [null, 0]
          assert.ok(passed >= FEWEST_TESTS, `${passed} tests passed:\n${stdout}${stderr}`)
        })
      }
    }
  })
}

/** The runner's app in a folder of its own, below the runner. */
function suiteFolder(source) {
  const folder = temporaryFolder('.run-', source)
  const own = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.startsWith('package'))
  for (const { name } of own) cpSync(join(source, name), join(folder, name))
  for (const shared of ['suite.cjs', 'expect.cjs']) cpSync(join(here, shared), join(folder, shared))
  return folder
}

function withOriginal(folder) {
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(ORIGINAL, join(folder, 'node_modules', '3xui-api-client'), 'junction')
  return folder
}
