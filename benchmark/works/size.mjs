/*
 * What an installation takes: bytes and files, with everything that is needed.
 */

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { appFolder } from '../../__test__/support/release.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export const work = {
  title: 'Installed size',
  notes: ['Ours as a release installs it, with the addon of one platform; the original with its dependencies.'],
  run: ({ compare }) =>
    compare({
      subject: 'installed',
      contenders: ['ours', 'reference'],
      start: async (name) => ({ name, run: async () => sizeOf(await FOLDERS[name]()), end: async () => {} }),
      rounds: 1,
    }),
}

const FOLDERS = {
  ours: async () => [join(await appFolder(), 'node_modules')],
  reference: () => packagesOf('3xui-api-client', ROOT, new Set()),
}

/** The folders of a package and of all that it needs, as they are installed here. */
function packagesOf(name, from, found) {
  const folder = resolved(name, from)
  if (found.has(folder)) return found
  found.add(folder)
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  for (const dependency of Object.keys(dependencies)) packagesOf(dependency, folder, found)
  return found
}

function resolved(name, from) {
  const folder = join(from, 'node_modules', name)
  if (existsSync(folder)) return folder
  if (from === dirname(from)) throw new Error(`${name} is not installed`)
  return resolved(name, dirname(from))
}

function sizeOf(folders) {
  const files = [...folders].flatMap((folder) => filesOf(folder))
  return { bytes: files.reduce((sum, file) => sum + statSync(file).size, 0), files: files.length }
}

/** Without packages inside of packages, which count for themselves, and npm's own notes. */
function filesOf(folder, isPackage = !folder.endsWith('node_modules')) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return isPackage && entry.name === 'node_modules' ? [] : filesOf(path, isPackage)
    return entry.name === '.package-lock.json' ? [] : [path]
  })
}
