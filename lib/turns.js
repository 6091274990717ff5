'use strict'

/*
 * One after the other: who reads something, changes it and writes it back must not meet another who does the same.
 *
 * Owns the waiting, by name, for all clients of this thread. The writes themselves wait in the core as well, for those that
 * do not read first.
 */

const { once } = require('./once.js')

const last = once('turns', () => new Map())

/** Does the work when all work of that name before it has ended, however it ended. */
async function inTurn(name, work) {
  const before = last.get(name)
  const done = (async () => {
    await before?.catch(() => {})
    return work()
  })()
  last.set(name, done)
  try {
    return await done
  } finally {
    if (last.get(name) === done) last.delete(name)
  }
}

module.exports = { inTurn }
