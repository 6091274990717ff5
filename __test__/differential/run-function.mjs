/*
 * One call of one library that needs no panel, and the record of it: what it returned or threw, and in which order
 * the members of that stand.
 */

import { LIBRARIES } from './run.mjs'
import { withPlaceholders } from './placeholders.mjs'

/** What versions of panels are for other calls. */
export const NO_PANEL = 'no panel'

export const CONSTRUCTOR = 'new ThreeXUI'

/**
 * @param {'reference'|'ours'} library
 * @param {string} name - The method, or `new ThreeXUI`.
 * @param {unknown[]} args
 */
export function recordFunction(library, name, args) {
  const outcome = outcomeOf(library, name, structuredClone(args))
  return withPlaceholders(
    { outcome, order: names(outcome.returns) },
    { url: 'http://nowhere.example', start: Date.now(), given: args },
  )
}

function outcomeOf(library, name, args) {
  const Library = LIBRARIES[library]
  try {
    if (name === CONSTRUCTOR) return { returns: shown(new Library(...args)) }
    const client = new Library('http://127.0.0.1:1', 'admin', 'admin')
    const value = client[name](...args)
    return { returns: RANDOM[name]?.(value) ?? value }
  } catch (error) {
    return { throws: { name: error.name, message: error.message, code: error.code } }
  }
}

/** What of a random value can be compared. */
const RANDOM = {
  generatePassword: described,
  generateSecureToken: described,
  generatePort: (port) => (port >= 1024 && port <= 65_535 && port !== 5000 ? 'a port' : port),
}

const shown = ({ baseURL, username, password, token }) => ({ baseURL, username, password, token })

/** A password by its length; a very long one also by all the characters that it is made of. */
function described(password) {
  const characters = [...new Set(password)].sort().join('')
  return { length: password.length, ...(password.length >= 4000 && { characters }) }
}

/** The names of all members, as they follow each other. */
function names(value) {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [name, ...names(inner)])
}
