'use strict'

/*
 * The options of a client, as `client.options` has them: the program's own, to be read and assigned by name.
 *
 * Owns that credentials among them, and connections, which know theirs, are not found by who looks through all of them. What an
 * option means is known elsewhere.
 */

const { conceal, faceOf, masked, shown } = require('./concealed.js')

const CREDENTIALS = ['password', 'token', 'apiToken']
const HIDDEN = [...CREDENTIALS, 'sessionManager']

const FACE = faceOf((options) => {
  const view = shown({ ...options })
  for (const name of HIDDEN) if (name in options) view[name] = name === 'sessionManager' ? shown(options[name]) : masked(options[name])
  return view
})

/** A copy of what a program gave, with what its class has. */
function ownOptions(given) {
  if (typeof given !== 'object' || given === null) return conceal({}, FACE)
  const members = Object.getOwnPropertyDescriptors(given)
  for (const name of HIDDEN) if (members[name]) members[name] = { ...members[name], enumerable: false }
  return conceal(Object.create(Object.getPrototypeOf(given), members), FACE)
}

module.exports = { ownOptions }
