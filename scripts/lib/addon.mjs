/*
 * Building the addon with the napi CLI, and what else that writes.
 */

import { join } from 'node:path'

import { runQuietly } from './commands.mjs'

/** The loader and the types: generated from the Rust sources, and kept in the repository. */
export const GENERATED = ['native.js', 'native.d.ts']

const [LOADER, TYPES] = GENERATED

/** Builds addon, loader and types into `root`, or elsewhere. An error has the compiler's messages as `output`. */
export function buildAddon(root, { outputDir = root } = {}) {
  const cli = join(root, 'node_modules', '@napi-rs', 'cli', 'dist', 'cli.js')
  const names = ['--js', LOADER, '--dts', TYPES, '--no-const-enum']
  const args = [cli, 'build', '--platform', '--release', ...names, '--output-dir', outputDir]
  return runQuietly(process.execPath, args, { cwd: root })
}
