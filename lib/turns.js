'use strict'

/*
 * One after the other: who reads something, changes it and writes it back must not meet another who does the same.
 *
 * Owns the waiting, by name, for all clients of this thread. The writes themselves wait in the core as well, for those that
 * do not read first. The rule of patience is that of the write queue: one that moves is waited for, however long it is; one
 * in which nothing ends for a call's `timeout` is left, and nothing is sent.
 */

const { TimeoutError } = require('./errors.js')
const { once } = require('./once.js')

/** Who waits, by name, and since when nothing has ended there. */
const lines = once('turns', () => new Map())

/** Does the work when all work of that name before it has ended, however it ended. */
async function inTurn(name, { patience, what }, work) {
  if (lines.has(name)) await turnIn(lines.get(name), patience, what)
  else lines.set(name, { waiting: new Set(), movedAt: performance.now() })
  try {
    return await work()
  } finally {
    next(name)
  }
}

/** A turn, when it comes; left when nothing has moved for as long as its patience. */
function turnIn(line, patience, what) {
  return new Promise((resolve, reject) => {
    const since = performance.now()
    const left = () => patience - (performance.now() - Math.max(since, line.movedAt))
    let timer
    const begin = () => {
      clearTimeout(timer)
      resolve()
    }
    const look = () => {
      if (left() > 0) return void (timer = setTimeout(look, Math.ceil(left())))
      line.waiting.delete(begin)
      reject(stuck(what, patience))
    }
    line.waiting.add(begin)
    look()
  })
}

function next(name) {
  const line = lines.get(name)
  const [begin] = line.waiting
  if (begin === undefined) return void lines.delete(name)
  line.movedAt = performance.now()
  line.waiting.delete(begin)
  begin()
}

function stuck(what, patience) {
  const error = new TimeoutError(
    `Not sent: ${what} has waited ${patience} ms for another change of it to end, whose function may never return`,
  )
  error.code = 'ECONNABORTED'
  error.outcome = 'not-applied'
  return error
}

module.exports = { inTurn }
