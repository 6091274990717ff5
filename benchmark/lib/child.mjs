/*
 * A process of our own that does what it is told, one thing after another.
 */

import { fork } from 'node:child_process'
import { once } from 'node:events'

import { plainEnvironment } from './environment.mjs'

const PATIENCE_MS = 5_000
/** No job takes so long; one that is to take a time is not long over it. */
const LONGEST_JOB_MS = 180_000
const LONGEST_OVER_MS = 10_000

/** Starts a program and waits until it says that it is ready. `ask` sends a message and gives what it is answered with. */
export async function startChild(name, program, args = [], { execArgv = [], env = {} } = {}) {
  const child = fork(program, args, { execArgv, env: { ...plainEnvironment(), ...env }, serialization: 'advanced' })
  await answerOf(child, name)
  return {
    pid: child.pid,
    ask(message) {
      child.send(message)
      const { ms } = message.options ?? {}
      return answerOf(child, name, ms ? ms + LONGEST_OVER_MS : LONGEST_JOB_MS)
    },
    end: () => end(child),
  }
}

function answerOf(child, name, longest = LONGEST_JOB_MS) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => settle(reject)(Object.assign(new Error(`${name} does not answer any more`), { isStuck: true })), longest)
    const settle = (action) => (value) => {
      clearTimeout(late)
      child.off('message', onMessage)
      child.off('exit', onExit)
      action(value)
    }
    const onMessage = settle(({ error, measured }) => (error ? reject(new Error(`${name}: ${error}`)) : resolve(measured)))
    const onExit = settle((code) => reject(new Error(`${name} ended with exit code ${code} in the middle of its work`)))
    child.on('message', onMessage)
    child.on('exit', onExit)
  })
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.disconnect()
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  await gone
  clearTimeout(late)
}
