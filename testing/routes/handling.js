'use strict'

/*
 * What the handlers of `/panel/api` share: reading numbers and bodies, and turning errors into answers.
 */

const { GoError } = require('../go/error')
const { envelope } = require('../wire/answer')

/** A number in a path, read as the panel reads it. */
function pathNumber(text) {
  if (/^[+-]?\d+$/.test(text)) return Number(text)
  throw new GoError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
}

/** Form fields as the types of a shape. */
function typed(form, shape) {
  const read = { int: Number, int64: Number, bool: (text) => text === 'true' || text === '1' }
  return Object.fromEntries([...form].map(([name, text]) => [name, (read[shape[name]] ?? String)(text)]))
}

/**
 * Runs a part of a handler; what goes wrong in it is answered with this toast and the error behind it.
 *
 * Which toast that is looks arbitrary and is: a body that cannot be read is mostly reported with the toast of success.
 */
function failingWith(toast, part) {
  try {
    return part()
  } catch (error) {
    if (!(error instanceof GoError)) throw error
    throw new Answered(envelope(false, `${toast} (${error.message})`))
  }
}

/** Ends a handler early with an answer. */
class Answered extends Error {
  constructor(answer) {
    super('answered')
    this.answer = answer
  }
}

module.exports = { pathNumber, typed, failingWith, Answered }
