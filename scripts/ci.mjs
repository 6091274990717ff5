/*
 * What has to pass before a change is taken: the check, then the tests as the README says to run them.
 *
 * Shows everything that they print. The last line adds up what they counted; each of the two counts as one failure
 * where it fails without counting any.
 */

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const COMMANDS = [
  ['npm', 'run', 'check'],
  ['npm', 'test'],
]

await main()

async function main() {
  const total = { passed: 0, failed: 0 }
  for (const [command, ...args] of COMMANDS) {
    console.log(`\n$ ${[command, ...args].join(' ')}`)
    const { code, text } = await show(command, args)
    const { passed, failed } = lastCount(text)
    total.passed += passed
    total.failed += code === 0 ? failed : Math.max(failed, 1)
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
}

/** Runs a command in the open and keeps what it printed. */
function show(command, args) {
  const stdio = ['ignore', 'pipe', 'pipe']
  const child = spawn(command, args, { cwd: root, stdio, shell: process.platform === 'win32' })
  let text = ''
  for (const [stream, out] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
    stream.setEncoding('utf8').on('data', (piece) => {
      text += piece
      out.write(piece)
    })
  }
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message)
      resolve({ code: 1, text })
    })
    child.on('close', (code) => resolve({ code, text }))
  })
}

/** `12 passed, 0 failed`, or `12 checks passed, 0 failed`. */
function lastCount(text) {
  const [, passed, failed] = [...text.matchAll(/^(\d+) (?:checks )?passed, (\d+) failed$/gm)].at(-1) ?? [null, 0, 0]
  return { passed: Number(passed), failed: Number(failed) }
}
