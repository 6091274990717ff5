/*
 * What has to be there before anything else can run: tools, packages, the addon.
 *
 * Does what is missing and nothing more, so that every command of the project works as the first one typed after
 * `git clone`. Uses Node alone: no package may be imported before the packages are there.
 */

import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { run, toolVersion } from './lib/commands.mjs'
import { buildAddon } from './lib/addon.mjs'
import { fingerprint } from './lib/fingerprint.mjs'
import { problemsWith } from './lib/toolchain.mjs'

const root = join(import.meta.dirname, '..')
const packagesStamp = join(root, 'node_modules', '.3xui-native-packages')
const addonStamp = join(root, 'target', '.3xui-native-addon')

/** What the addon is made from. */
const SOURCES = ['src', 'types/header.d.ts', 'build.rs', 'Cargo.toml', 'Cargo.lock', '.cargo/config.toml', 'package.json']

/** Sees to tools, packages and addon. Ends the process with one sentence where that is impossible. */
export async function ensure() {
  const packages = fingerprint(root, ['package.json', 'package-lock.json'])
  const addon = fingerprint(root, SOURCES)
  const needsPackages = stampOf(packagesStamp) !== packages
  const needsAddon = stampOf(addonStamp) !== addon || !addonFile()
  if (!needsPackages && !needsAddon) return

  complainAbout(problemsWith({ node: process.versions.node, cargo: toolVersion('cargo'), rustc: toolVersion('rustc') }, minimumRust()))
  const unlock = lock()
  try {
    if (needsPackages) {
      console.log('Installing the packages of the lock file …')
      await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root })
      writeFileSync(packagesStamp, packages)
    }
    if (needsAddon) {
      console.log('Building the native addon (a minute or two the first time) …')
      await buildAddon(root)
      mkdirSync(join(root, 'target'), { recursive: true })
      writeFileSync(addonStamp, addon)
    }
  } finally {
    unlock()
  }
}

/** The version of Rust that the crate asks for. */
export function minimumRust() {
  return /^rust-version\s*=\s*"([^"]+)"/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1]
}

function complainAbout(problems) {
  if (problems.length === 0) return
  for (const problem of problems) console.error(problem)
  process.exit(1)
}

function stampOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

function addonFile() {
  const native = readFileSync(join(root, 'package.json'), 'utf8')
  const { napi } = JSON.parse(native)
  const { platform, arch } = process
  // Linux has one addon a C library; the stamp says that the right one was built here.
  const names = { linux: [`linux-${arch}-gnu`, `linux-${arch}-musl`], win32: [`win32-${arch}-msvc`] }[platform]
  return (names ?? [`${platform}-${arch}`]).some((name) => existsSync(join(root, `${napi.binaryName}.${name}.node`)))
}

/** One at a time: two commands started together must not build over each other. */
function lock() {
  const path = join(root, '.ensure.lock')
  const since = Date.now()
  for (;;) {
    try {
      mkdirSync(path)
      return () => rmSync(path, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (Date.now() - since > 20 * 60_000 || isAbandoned(path)) rmSync(path, { recursive: true, force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    }
  }
}

/** A lock that nobody has touched for longer than any build takes. */
function isAbandoned(path) {
  try {
    return Date.now() - statSync(path).mtimeMs > 20 * 60_000
  } catch {
    return false
  }
}

if (process.argv[1] === import.meta.filename) await ensure()
