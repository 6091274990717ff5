/*
 * The package as a release makes it: one tarball with the JavaScript, which names a package of each platform as an
 * optional dependency, and one with the addon that is built here. And an empty app that installs both.
 *
 * Nothing comes from a registry: npm is told to stay offline, and to run no scripts, since none are needed. Must not
 * know: what the app does.
 */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { outputOf, runQuietly } from '../../scripts/lib/commands.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const NAPI = join(root, 'node_modules/@napi-rs/cli/dist/cli.js')

let packed

/** The tarballs: `[{ name, file, size, files, manifest }]`, the package itself first. */
export function release() {
  packed ??= pack(temporaryFolder('release-'))
  return packed
}

/** A folder in which nothing but the release is installed, as `3xui-api-client`. */
export async function appFolder(folder = temporaryFolder('app-')) {
  const [main, ...platforms] = await release()
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }))
  const specs = [`3xui-api-client@file:${main.file}`, ...platforms.map(({ name, file }) => `${name}@file:${file}`)]
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', ...specs)
  return folder
}

/** A folder that is gone when the process has ended. */
export function temporaryFolder(prefix, parent = tmpdir()) {
  const folder = mkdtempSync(join(parent, prefix))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function pack(folder) {
  const main = join(folder, 'package')
  for (const file of packedFiles(root)) cpSync(join(root, file), join(main, file))
  const addons = join(folder, 'addons')
  mkdirSync(addons)
  const names = readdirSync(root).filter((name) => name.endsWith('.node'))
  for (const name of names) cpSync(join(root, name), join(addons, name))

  await napi(main, 'create-npm-dirs')
  await napi(main, 'artifacts', '--output-dir', '../addons')
  await napi(main, 'pre-publish', '--skip-optional-publish', '--no-gh-release', '--tag-style', 'npm')

  const platforms = join(main, 'npm')
  const built = readdirSync(platforms).filter((name) => readdirSync(join(platforms, name)).some(isAddon))
  return [main, ...built.map((name) => join(platforms, name))].map((each) => tarball(each, folder))
}

const isAddon = (name) => name.endsWith('.node')

function packedFiles(folder) {
  return JSON.parse(npm(folder, 'pack', '--dry-run', '--json'))[0].files.map(({ path }) => path)
}

function tarball(folder, into) {
  const [{ filename, name, size, files }] = JSON.parse(npm(folder, 'pack', '--json', '--pack-destination', into))
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return { name, file: join(into, filename), size, files: files.map(({ path }) => path), manifest }
}

function npm(folder, ...args) {
  return outputOf('npm', [...args, '--ignore-scripts', '--loglevel=error'], { cwd: folder })
}

function napi(folder, ...args) {
  return runQuietly(process.execPath, [NAPI, ...args], { cwd: folder })
}
