'use strict'

/*
 * What goes wrong inside a panel, in the three ways its callers can see it.
 */

/** An error whose text ends up in parentheses behind a toast. */
class GoError extends Error {}

/** An error made by the panel's own helper, which ends every text with a line break. */
class PanelError extends GoError {
  constructor(...words) {
    super(`${words.join(' ')}\n`)
  }
}

/** A crash of the handler: the caller gets a bare 500. */
class Panic extends Error {}

const recordNotFound = () => new GoError('record not found')

module.exports = { GoError, PanelError, Panic, recordNotFound }
