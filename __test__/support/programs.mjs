/*
 * Programs as processes of their own: what they say, when they are ready, and how they end.
 *
 * Must not know: which programs.
 */

import { spawn } from 'node:child_process'

/** Runs a program to its end: `{ code, signal, stdout, stderr }`. */
export async function runProgram(args, options) {
  const { said, ended } = startProgram(args, options)
  return { ...(await ended), ...said }
}

/**
 * Starts a program with Node. `said` is what it has said so far, `ended` how it ends.
 *
 * `ready(pattern)` resolves with the match of its standard output, and rejects where it ends before.
 */
export function startProgram(args, { cwd, env = {} } = {}) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => (said[name] += text))
  }
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal }))
  })
  return { child, said, ended, ready: (pattern) => ready(child, said, pattern) }
}

function ready(child, said, pattern) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const match = pattern.exec(said.stdout)
      if (match) resolve(match)
    }
    child.stdout.on('data', look)
    child.once('close', () => reject(new Error(`it ended before it was ready:\n${said.stdout}${said.stderr}`)))
    look()
  })
}
