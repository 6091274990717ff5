/*
 * The parts of a set-up: what is done once and not again until what it depends on has changed.
 *
 * A stamp says for which state of its sources a part was made. It is written last, so that whatever was cut off in the
 * middle is made again.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * @typedef {object} Part
 * @property {string} what - Said before it is made.
 * @property {string} failure - Said when it could not be made.
 * @property {string} stamp - The file that remembers for which state it was made.
 * @property {() => string} state - The state of what it is made from.
 * @property {() => boolean} [isThere] - Whether what was made is still there.
 * @property {() => Promise<void>} make
 */

/** @param {Part} part */
export function isDone({ stamp, state, isThere = () => true }) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === state() && isThere()
}

/**
 * Makes what is missing, in order, up to the first that fails.
 *
 * @param {Part[]} parts
 * @param {{ say?: (line: string) => void, anew?: (part: Part) => boolean }} [options] - `anew` tells what is to be made
 *   in any case.
 * @returns {Promise<string[]>} what stands in the way
 */
export async function makeMissing(parts, { say = console.log, anew = () => false } = {}) {
  for (const part of parts) {
    if (isDone(part) && !anew(part)) continue
    // As it is now: what changes while it is made asks for making it again.
    const state = part.state()
    say(part.what)
    try {
      await part.make()
    } catch (error) {
      return [error.output ?? error.message, part.failure]
    }
    mkdirSync(dirname(part.stamp), { recursive: true })
    writeFileSync(part.stamp, state)
  }
  return []
}
