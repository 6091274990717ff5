/*
 * Building the addon with the napi CLI.
 */

import { join } from 'node:path'

import { run } from './commands.mjs'
import { cargoProgress } from './progress.mjs'

const NAMES = ['--js', 'native.js', '--dts', 'native.d.ts', '--no-const-enum']

/** Builds addon, loader and types into `root`, or elsewhere. Shows the compiler's messages only when it fails. */
export async function buildAddon(root, { outputDir = root } = {}) {
  const cli = join(root, 'node_modules', '@napi-rs', 'cli', 'dist', 'cli.js')
  const args = [cli, 'build', '--platform', '--release', ...NAMES, '--output-dir', outputDir]
  const progress = cargoProgress(process.stdout)
  const said = []
  const onLine = (line) => {
    said.push(line)
    progress.line(line)
  }
  try {
    await run(process.execPath, args, { cwd: root, onLine })
  } catch (error) {
    progress.end()
    console.error(said.join('\n'))
    throw error
  }
  progress.end()
}
