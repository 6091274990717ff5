/*
 * Differences in words, for who has to find out where they come from.
 */

import assert from 'node:assert/strict'
import { inspect } from 'node:util'

const LONGEST = 600

/** @returns {string[]} nothing, or one text about the call */
export function inWords(call, differences) {
  if (differences.length === 0) return []
  const told = differences.map(
    ({ field, reference, ours, listed }) =>
      `  ${field}\n    reference: ${short(reference)}\n    ours:      ${short(ours)}\n    listed:    ${short(listed)}`,
  )
  return [`${call}\n${told.join('\n')}`]
}

function short(value) {
  const text = inspect(value, { depth: 9, breakLength: Infinity })
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** Fails with everything that was found. */
export function assertNone(found) {
  if (found.length > 0) assert.fail(`\n${found.join('\n')}`)
}
