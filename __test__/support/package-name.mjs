/*
 * The package under the names that programs know: a folder away from the repository in which `3xui-api-client` and
 * `3xui-native` are this package and `express` the development dependency, as npm would have put them there.
 *
 * Must not know: what is done with them.
 */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

const INSTALLED = { '3xui-api-client': root, '3xui-native': root, express: join(root, 'node_modules/express') }

let required

/** The `require` of a program that has the package installed as `3xui-api-client`. */
export function programRequire() {
  required ??= createRequire(join(installedFolder(), 'program.js'))
  return required
}

function installedFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'program-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'node_modules'))
  for (const [name, target] of Object.entries(INSTALLED)) {
    // Windows allows junctions to everybody, and links not; others have no such difference.
    symlinkSync(target, join(folder, 'node_modules', name), 'junction')
  }
  return folder
}
