/*
 * A contender, as the one who measures sees it: a process of its own that does jobs when told to.
 */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { plainEnvironment } from './environment.mjs'
import { wrk } from './wrk.mjs'

const PROGRAM = fileURLToPath(new URL('../contenders/program.mjs', import.meta.url))

/**
 * @param {string} name - A file of `contenders`, or `wrk`, which is a program already.
 * @param {object} setup - Given to it at its start.
 * @returns {Promise<{ name: string, run: (job: string, options?: object) => Promise<object>, end: () => Promise<void> }>}
 */
export async function startContender(name, setup, { execArgv = [], env = {} } = {}) {
  if (name === 'wrk') return wrk(setup)
  const child = fork(PROGRAM, [name, JSON.stringify(setup)], { execArgv, env: { ...plainEnvironment(), ...env }, serialization: 'advanced' })
  await answerOf(child, name)
  return {
    name,
    pid: child.pid,
    run(job, options = {}) {
      child.send({ job, options })
      return answerOf(child, name)
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.disconnect()
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await gone
      clearTimeout(late)
    },
  }
}

function answerOf(child, name) {
  return new Promise((resolve, reject) => {
    const settle = (action) => (value) => {
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
