'use strict'

/*
 * What programs' own functions threw while the core was waiting for them, until the core says whether it got over it.
 *
 * The core knows a thrown value by its number. It never says that it got over one, so the oldest make room.
 */

const { once } = require('./once.js')

const MOST = 256
const kept = new Map()
let last = 0

/** The number under which the value can be taken back. */
function keep(value) {
  last += 1
  kept.set(last, value)
  if (kept.size > MOST) kept.delete(kept.keys().next().value)
  return last
}

/** The value kept under a number, once; `otherwise` where there is none. */
function take(number, otherwise) {
  if (!kept.has(number)) return otherwise
  const value = kept.get(number)
  kept.delete(number)
  return value
}

module.exports = once('thrown', () => ({ keep, take }))
