/*
 * What has to be there before anything else can run: tools, packages, the addon.
 *
 * Does what is missing and nothing more, so that every command of the project works as the first one typed after
 * `git clone`. Uses Node alone, and no more of it than old versions have: no package may be imported before the
 * packages are there, and a version that is too old has to come as far as being told so.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { buildAddon } from './lib/addon.mjs'
import { run, toolVersion } from './lib/commands.mjs'
import { fingerprint } from './lib/fingerprint.mjs'
import { withLock } from './lib/lock.mjs'
import { isDone, makeMissing } from './lib/parts.mjs'
import { problemsWith } from './lib/toolchain.mjs'

/** The folder of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** What the addon is made from. */
const SOURCES = ['src', 'types/header.d.ts', 'build.rs', 'Cargo.toml', 'Cargo.lock', '.cargo/config.toml', 'package.json']

const packages = packagesOf(root, {
  what: 'Installing the packages of the lock file …',
  failure: 'The packages could not be installed: npm says why above. The same command tries again.',
})

/** For the tests alone: it is larger than all the rest. */
const nextApp = packagesOf(join(root, '__test__', 'apps', 'next'), {
  what: 'Installing Next.js for the tests of apps (330 MB) …',
  failure: 'Next.js could not be installed: npm says why above. The same command tries again.',
})

/** Test runners, each in a folder of its own: two versions of one would take each other's parts for theirs. */
const testRunners = ['jest-29', 'jest-30', 'vitest', 'mocha'].map((name) =>
  packagesOf(join(root, '__test__', 'runners', name), {
    what: `Installing ${name} for the tests of runners (15 to 55 MB) …`,
    failure: `${name} could not be installed: npm says why above. The same command tries again.`,
  }),
)

const addon = {
  what: 'Building the native addon (a minute or two the first time) …',
  failure: 'The native addon could not be built: the compiler says why above. The same command tries again.',
  stamp: join(root, 'target', '.3xui-native-addon'),
  state: () => fingerprint(root, SOURCES),
  isThere: () => addonNames().some((name) => existsSync(join(root, name))),
  make: () => buildAddon(root),
}

/**
 * Sees to tools, packages and addon. Ends the process with one sentence where that is impossible.
 *
 * @param {{ rebuild?: boolean, apps?: boolean, runners?: boolean }} [options] - `rebuild` builds the addon in any case, `apps`
 *   and `runners` also see to what the tests of these need.
 */
export async function ensure({ rebuild = false, apps = false, runners = false } = {}) {
  const { node } = process.versions
  complainAbout(problemsWith({ node }))
  const parts = [packages, addon, ...(apps ? [nextApp] : []), ...(runners ? testRunners : [])]
  if (!rebuild && parts.every(isDone)) return
  complainAbout(problemsWith({ node, cargo: toolVersion('cargo'), rustc: toolVersion('rustc') }, minimumRust()))
  // Looks again at what is missing once it has the lock: whoever held it before may have done it.
  const job = () => makeMissing(parts, { anew: (part) => rebuild && part === addon })
  complainAbout(await withLock(join(root, '.ensure.lock'), job, tellWait))
}

/** The packages that a folder's lock file names. */
function packagesOf(folder, { what, failure }) {
  const files = () => fingerprint(folder, ['package.json', 'package-lock.json'])
  return {
    what,
    failure,
    stamp: join(folder, 'node_modules', '.3xui-native-packages'),
    // Some packages are programs, each made for one platform.
    state: () => `${files()} ${process.platform} ${process.arch}`,
    make: () => run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder }),
  }
}

function tellWait(holder) {
  console.log(`Waiting for another command that sets the project up${holder ? ` (process ${holder.pid})` : ''} …`)
}

function complainAbout(problems) {
  if (problems.length === 0) return
  for (const problem of problems) console.error(problem)
  process.exit(1)
}

/** The version of Rust that the crate asks for. */
function minimumRust() {
  return /^rust-version\s*=\s*"([^"]+)"/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1]
}

/** What the addon's file may be called here. Linux has one a C library; the stamp says that the right one was built. */
function addonNames() {
  const { napi } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { platform, arch } = process
  const names = { linux: [`linux-${arch}-gnu`, `linux-${arch}-musl`], win32: [`win32-${arch}-msvc`] }[platform]
  return (names ?? [`${platform}-${arch}`]).map((name) => `${napi.binaryName}.${name}.node`)
}
