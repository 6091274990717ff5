/*
 * A contender, as the one who measures sees it: a process of its own that does jobs when told to.
 */

import { fileURLToPath } from 'node:url'

import { startChild } from './child.mjs'
import { wrk } from './wrk.mjs'

const PROGRAM = fileURLToPath(new URL('../contenders/program.mjs', import.meta.url))

/**
 * @param {string} name - A file of `contenders`, or `wrk`, which is a program already.
 * @param {object} setup - Given to it at its start.
 * @param {{ execArgv?: string[], env?: object }} [options] - For the process.
 * @returns {Promise<{ name: string, run: (job: string, options?: object) => Promise<object>, end: () => Promise<void> }>}
 */
export async function startContender(name, setup, options) {
  if (name === 'wrk') return wrk(setup)
  const { pid, ask, end } = await startChild(name, PROGRAM, [name, JSON.stringify(setup)], options)
  return { name, pid, run: (job, options = {}) => ask({ job, options }), end }
}
