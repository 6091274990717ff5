'use strict'

/*
 * What there is one of in a context, however often these files are loaded in it.
 *
 * Some are loaded when they are first needed. A test runner, or a program that empties `require.cache`, may have forgotten
 * all others by then, and would give the late one copies of its own: of the classes of errors, for one, so that
 * `instanceof` fails. Another copy of the package, in another folder, shares nothing.
 */

const KEY = Symbol.for(`3xui-native ${__dirname}`)

if (!Object.hasOwn(globalThis, KEY)) Object.defineProperty(globalThis, KEY, { value: new Map() })
const made = globalThis[KEY]

/** What `make` makes the first time. */
function once(name, make) {
  if (!made.has(name)) made.set(name, make())
  return made.get(name)
}

module.exports = { once }
