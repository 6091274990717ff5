/*
 * Counting the instructions of one path, by valgrind.
 *
 * A program is run with so many turns of a path and with twice as many: what is more is what the turns take, without
 * the start and the end of the program.
 */

import { spawnSync } from 'node:child_process'

import { outputOf } from '../../scripts/lib/commands.mjs'

const TURNS = 40

/** Builds the program that is counted; gives its file. */
export function builtCounter(root) {
  const args = ['build', '--release', '--no-default-features', '--bench', 'instructions', '--message-format=json-render-diagnostics']
  const messages = outputOf('cargo', args, { cwd: root }).split('\n').filter(Boolean).map((line) => JSON.parse(line))
  return messages.find(({ target, executable }) => executable && target.name === 'instructions').executable
}

export function pathsOf(counter) {
  return outputOf(counter, []).trim().split('\n')
}

/** Instructions of one turn. */
export function countOf(counter, path) {
  return Math.round((executed(counter, path, 2 * TURNS) - executed(counter, path, TURNS)) / TURNS)
}

function executed(counter, path, turns) {
  const args = ['--tool=callgrind', '--callgrind-out-file=/dev/null', counter, path, String(turns)]
  const { status, stderr } = spawnSync('valgrind', args, { encoding: 'utf8' })
  const count = /Collected\s*:\s*(\d+)/.exec(stderr)?.[1]
  if (status !== 0 || !count) throw new Error(`valgrind could not count ${path}: ${stderr}`)
  return Number(count)
}
