'use strict'

/*
 * What the handlers of `/panel/api` share: reading numbers and bodies, and turning errors into answers.
 */

const { GoError } = require('../go/error')

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
 *
 * @param {() => unknown} [shown] - Gives what is answered beside it.
 */
function failingWith(toast, part, shown = () => null) {
  try {
    return part()
  } catch (error) {
    if (!(error instanceof GoError)) throw error
    throw new Failed(toast, error.message, shown())
  }
}

/** Ends a handler early with an answer. */
class Answered extends Error {
  constructor(answer) {
    super('answered')
    this.answer = answer
  }
}

/** Ends a handler early with a failure, to be put into the words of the version. */
class Failed extends Error {
  constructor(toast, reason, shown) {
    super(reason)
    this.toast = toast
    this.shown = shown
  }
}

module.exports = { pathNumber, typed, failingWith, Answered, Failed }
