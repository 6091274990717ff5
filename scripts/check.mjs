/*
 * `npm run check`: everything that can be said about the sources without running them.
 *
 * All checks run, also after one has failed; what they found is shown where it was found and named again in the end.
 */

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { ensure, root } from './ensure.mjs'
import { GENERATED, buildAddon } from './lib/addon.mjs'
import { outputOf, runQuietly } from './lib/commands.mjs'
import { PAGE as DIFFERENCES, differencesPage } from './lib/differences.mjs'
import { cargoAddresses, npmAddresses } from './lib/lockfiles.mjs'
import { packProblems } from './lib/pack.mjs'

const read = (file) => readFileSync(join(root, file), 'utf8')

// As they are before the set-up: that builds where something has changed, and writes these anew.
const before = Object.fromEntries(
  [...GENERATED, 'Cargo.lock'].map((file) => [file, existsSync(join(root, file)) ? read(file) : null]),
)
await ensure()

// It needs what the set-up installs.
const { PAGE: API, apiPage } = await import('./lib/docs/page.mjs')

const cargo = (...args) => command('cargo', args)
const node = (tool, ...args) => command(process.execPath, [join(root, 'node_modules', tool), ...args])
const clippy = (...features) => cargo('clippy', '--all-targets', ...features, '--', '-D', 'warnings')

const checks = [
  ['The lock files name no download addresses', lockFiles],
  ['The package holds what it needs and nothing else', packageFiles],
  ['Rust is formatted', () => cargo('fmt', '--check')],
  ['JavaScript passes the linter', () => node('oxlint/bin/oxlint', '--deny-warnings')],
  ...consumers().map(({ file, name, tsc }) => [`Programs compile, ${name}: ${file}`, () => node(tsc, '-p', file)]),
  ['Clippy, the core alone', () => clippy('--no-default-features')],
  ['Clippy, with the Node binding', () => clippy()],
  ['Generated files are those of the sources', generatedFiles],
]

const failed = []
for (const [title, check] of checks) {
  console.log(title)
  const problems = await check().catch((error) => [error.output ?? error.stack])
  if (problems.length === 0) continue
  failed.push(title)
  console.error(`${problems.join('\n').replace(/^(?=.)/gm, '  ')}\n`)
}
for (const title of failed) console.error(`Failed: ${title}`)
console.log(`\n${checks.length - failed.length} checks passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0

async function command(program, args) {
  await runQuietly(program, args, { cwd: root })
  return []
}

async function lockFiles() {
  const folders = ['__test__/apps', '__test__/runners'].flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
  const npm = ['.', ...folders].map((folder) => join(folder, 'package-lock.json')).filter((file) => existsSync(join(root, file)))
  return [...npm.flatMap((file) => npmAddresses(read(file), file)), ...cargoAddresses(read('Cargo.lock'))]
}

async function packageFiles() {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error']
  const answer = outputOf('npm', args, { cwd: root })
  const files = JSON.parse(answer)[0].files.map(({ path }) => path)
  return packProblems(JSON.parse(read('package.json')), files, read)
}

/** One project for each way that programs resolve types, with each compiler that they may have. */
function consumers() {
  const folder = '__test__/types'
  const files = readdirSync(join(root, folder)).filter((name) => /^tsconfig\..+\.json$/.test(name))
  return Object.entries({ 'TypeScript 5': 'typescript-5', 'TypeScript, newest': 'typescript' }).flatMap(([name, compiler]) =>
    files.map((file) => ({ file: `${folder}/${file}`, name, tsc: `${compiler}/bin/tsc` })),
  )
}

async function generatedFiles() {
  const folder = mkdtempSync(join(root, 'target', 'check-'))
  try {
    await buildAddon(root, { outputDir: folder })
    const made = Object.fromEntries(GENERATED.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
    const fresh = { ...made, 'Cargo.lock': read('Cargo.lock') }
    const stale = Object.keys(before)
      .filter((file) => before[file] !== fresh[file])
      .map((file) => `${file} was out of date: run npm run build and commit it`)
    return [...stale, ...stalePages()]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Pages that are made of what stands elsewhere. */
function stalePages() {
  const pages = [
    [DIFFERENCES, differencesPage(), 'node scripts/differences.mjs'],
    [API, apiPage(root), 'npm run docs'],
  ]
  return pages
    .filter(([file, page]) => !existsSync(join(root, file)) || read(file) !== page)
    .map(([file, , command]) => `${file} is out of date: run ${command} and commit it`)
}
