/*
 * The set-up as a command: the project's own scripts in a small project, with stand-ins for npm, cargo and the builder.
 */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const skip = process.platform === 'win32' ? 'the stand-ins are shell scripts' : false

const SCRIPTS = fileURLToPath(new URL('../../scripts', import.meta.url))
const INSTALLING = 'Installing the packages of the lock file …\n'
const BUILDING = 'Building the native addon (a minute or two the first time) …\n'

/** Puts down the addon, and the sources' state in it. */
const BUILDER = `
const { readFileSync, writeFileSync } = require('node:fs')
const { platform, arch } = process
const abi = { linux: '-gnu', win32: '-msvc' }[platform] ?? ''
const source = readFileSync('src/lib.rs', 'utf8')
if (source.includes('mistake')) throw new Error('error: expected item, found mistake')
writeFileSync('threexui.' + platform + '-' + arch + abi + '.node', source)
`

const NPM = `
echo run >> npm.log
rm -rf node_modules
mkdir -p node_modules/@napi-rs/cli/dist
[ -e slow ] && { trap 'sleep 0.1; echo done > tidied; exit 1' TERM; echo > begun; while :; do sleep 0.05; done; }
[ -e offline ] && { echo 'npm error network' >&2; exit 1; }
cp builder.js node_modules/@napi-rs/cli/dist/cli.js
`

/** The folder of a fresh clone. `run` runs a command of it, with nothing on the PATH but the stand-ins. */
function clone(t, { cargo = '1.95.0', rustc = '1.95.0' } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'clone-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  const write = (path, text, mode) => writeFileSync(join(root, path), text, { mode })
  const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '')

  cpSync(SCRIPTS, join(root, 'scripts'), { recursive: true })
  mkdirSync(join(root, 'src'))
  mkdirSync(join(root, 'bin'))
  write('src/lib.rs', '')
  write('Cargo.toml', 'rust-version = "1.88"\n')
  write('package.json', JSON.stringify({ napi: { binaryName: 'threexui' } }))
  write('builder.js', BUILDER)
  const tool = (name, text) => write(`bin/${name}`, `#!/bin/sh\nPATH=/usr/bin:/bin\n${text}`, 0o755)
  tool('npm', NPM)
  if (cargo) tool('cargo', `echo 'cargo ${cargo} (f2d3ce0bd 2026-03-21)'`)
  if (rustc) tool('rustc', `echo 'rustc ${rustc} (59807616e 2026-04-14)'`)

  write('scripts/set-up.mjs', `import { ensure } from './ensure.mjs'\nawait ensure()\nconsole.log('The job.')\n`)
  const start = (command = 'set-up', ...flags) => {
    const args = [...flags, join('scripts', `${command}.mjs`)]
    return spawn(process.execPath, args, { cwd: root, env: { PATH: join(root, 'bin') } })
  }
  const run = (...args) => endOf(start(...args))
  return { root, start, run, write, read, installs: () => read('npm.log').split('\n').length - 1 }
}

/** How a command ended and what it said. */
function endOf(child) {
  return new Promise((resolve, reject) => {
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => (said[name] += text))
    }
    child.on('error', reject).on('close', (code) => resolve({ code, ...said }))
  })
}

test('the first command sets everything up, the second goes straight to the job', { skip }, async (t) => {
  const { run } = clone(t)
  assert.deepEqual(await run(), { code: 0, stdout: `${INSTALLING}${BUILDING}The job.\n`, stderr: '' })
  assert.deepEqual(await run(), { code: 0, stdout: 'The job.\n', stderr: '' })
})

test('a changed source is built again, and only that', { skip }, async (t) => {
  const { run, write, installs } = clone(t)
  await run()
  write('src/lib.rs', '// more')
  assert.equal((await run()).stdout, `${BUILDING}The job.\n`)
  assert.equal(installs(), 1)
})

test('a changed lock file is installed again, and only that', { skip }, async (t) => {
  const { run, write } = clone(t)
  await run()
  write('package-lock.json', '{}')
  assert.equal((await run()).stdout, `${INSTALLING}The job.\n`)
})

test('what only the tests of apps need is installed when these are to run', { skip }, async (t) => {
  const { root, run, write, read } = clone(t)
  const folder = '__test__/apps/next'
  mkdirSync(join(root, folder), { recursive: true })
  for (const file of ['package.json', 'package-lock.json', 'builder.js']) write(`${folder}/${file}`, '')
  write('scripts/test-apps.mjs', `import { ensure } from './ensure.mjs'\nawait ensure({ apps: true })\n`)
  const installing = 'Installing Next.js for the tests of apps (330 MB) …\n'

  await run()
  assert.equal(read(`${folder}/npm.log`), '')
  assert.equal((await run('test-apps')).stdout, installing)
  assert.equal((await run('test-apps')).stdout, '')
  write(`${folder}/package-lock.json`, '{}')
  assert.equal((await run('test-apps')).stdout, installing)
  assert.equal((await run()).stdout, 'The job.\n')
})

test('npm run build builds what is up to date, too', { skip }, async (t) => {
  const { run } = clone(t)
  assert.equal((await run('build')).stdout, `${INSTALLING}${BUILDING}`)
  assert.equal((await run('build')).stdout, BUILDING)
  assert.equal((await run()).stdout, 'The job.\n')
})

test('without Rust there is one sentence, and nothing is begun', { skip }, async (t) => {
  const { run, installs } = clone(t, { cargo: null })
  const sentence = 'The Rust toolchain (cargo, rustc) is missing: install Rust 1.88 or newer from https://rustup.rs.\n'
  assert.deepEqual(await run(), { code: 1, stdout: '', stderr: sentence })
  assert.equal(installs(), 0)
})

test('with old Rust there is one sentence, and nothing is begun', { skip }, async (t) => {
  const { run, installs } = clone(t, { cargo: '1.70.0', rustc: '1.70.0' })
  const sentence = 'Rust 1.70.0 is too old: install Rust 1.88 or newer (rustup update stable).\n'
  assert.deepEqual(await run(), { code: 1, stdout: '', stderr: sentence })
  assert.equal(installs(), 0)
})

test('in old Node.js there is one sentence, whether or not there is something to do', { skip }, async (t) => {
  const { root, run } = clone(t)
  // What an old version lacks, as far as it would be met on the way to the sentence.
  const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } })`
  const flag = `--import=data:text/javascript,${encodeURIComponent(older)}`
  const sentence = 'Node.js 18.20.4 is too old: install Node.js 20 or newer from https://nodejs.org.\n'
  assert.deepEqual(await run('set-up', flag), { code: 1, stdout: '', stderr: sentence })
  await run()
  assert.deepEqual(await run('set-up', flag), { code: 1, stdout: '', stderr: sentence })
  for (const file of ['ensure.mjs', 'start.mjs', 'test.mjs', 'build.mjs', 'check.mjs']) {
    const text = readFileSync(join(root, 'scripts', file), 'utf8')
    assert.doesNotMatch(text, /import\.meta\.(dirname|filename)/, `${file} would fail before the sentence`)
  }
})

test('packages that could not be installed are tried again, after one sentence', { skip }, async (t) => {
  const { root, run, write, installs } = clone(t)
  write('offline', '')
  const sentence = 'The packages could not be installed: npm says why above. The same command tries again.\n'
  const { code, stdout, stderr } = await run()
  assert.equal(code, 1)
  assert.equal(stdout, INSTALLING)
  assert.ok(stderr.startsWith('npm error network\n') && stderr.endsWith(sentence), stderr)
  assert.equal(existsSync(join(root, '.ensure.lock')), false, 'the lock is left behind')

  rmSync(join(root, 'offline'))
  assert.equal((await run()).stdout, `${INSTALLING}${BUILDING}The job.\n`)
  assert.equal(installs(), 2)
})

test('sources that do not compile are told with the words of the compiler, and tried again', { skip }, async (t) => {
  const { run, write, installs } = clone(t)
  write('src/lib.rs', 'mistake')
  const sentence = 'The native addon could not be built: the compiler says why above. The same command tries again.\n'
  const { code, stderr } = await run()
  assert.equal(code, 1)
  assert.match(stderr, /error: expected item, found mistake/)
  assert.ok(stderr.endsWith(sentence), stderr)

  write('src/lib.rs', '')
  assert.equal((await run()).stdout, `${BUILDING}The job.\n`)
  assert.equal(installs(), 1)
})

test('a command that is told to end lets npm tidy up first, so that the next one can begin', { skip }, async (t) => {
  const { root, start, run, write, read } = clone(t)
  write('slow', '')
  const child = start()
  const end = endOf(child)
  while (child.exitCode === null && !existsSync(join(root, 'begun'))) await sleep(10)
  child.kill('SIGTERM')
  assert.equal((await end).code, 143)
  assert.equal(read('tidied'), 'done\n', 'npm was not told, or not waited for')
  assert.equal(existsSync(join(root, '.ensure.lock')), false, 'the lock is left behind')

  rmSync(join(root, 'slow'))
  assert.equal((await run()).stdout, `${INSTALLING}${BUILDING}The job.\n`)
})

test('of two commands started together one does the work, and the other finds it done', { skip }, async (t) => {
  const { run, installs } = clone(t)
  const [one, other] = await Promise.all([run(), run()])
  assert.deepEqual([one.code, other.code], [0, 0], one.stderr + other.stderr)
  assert.equal(installs(), 1)
  assert.equal((one.stdout + other.stdout).split(BUILDING).length - 1, 1, 'built twice')
})

test('the lock of a command that was killed does not stand in the way', { skip }, async (t) => {
  const { root, run } = clone(t)
  const killed = spawn(process.execPath, ['--version'])
  await new Promise((resolve) => killed.on('close', resolve))
  mkdirSync(join(root, '.ensure.lock'))
  writeFileSync(join(root, '.ensure.lock', 'holder.json'), JSON.stringify({ pid: killed.pid, host: hostname() }))
  assert.equal((await run()).stdout, `${INSTALLING}${BUILDING}The job.\n`)
})
