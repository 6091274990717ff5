/*
 * What it was measured on.
 */

import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

import { toolVersion } from '../../scripts/lib/commands.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export function machine() {
  const [{ model }] = cpus()
  return {
    cpu: model.trim(),
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1_073_741_824),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    npm: toolVersion('npm'),
    rustc: toolVersion('rustc'),
    commit: commit(),
  }
}

/** The commit, and whether what was measured was still as it has it. */
function commit() {
  const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const changed = git('status', '--porcelain', '--', 'src', 'lib', 'index.js', 'Cargo.toml', 'Cargo.lock')
    return `${git('rev-parse', '--short=10', 'HEAD')}${changed ? ', with changes' : ''}`
  } catch {
    return 'unknown'
  }
}
