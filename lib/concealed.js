'use strict'

/*
 * What is shown of objects that hold secrets: by `console.log`, by loggers, as JSON. Their members stay what they are to
 * whoever asks for one by its name.
 *
 * Owns which members are shown, and how. Which names are those of secrets, and what is a secret within a text, is the core's.
 */

const { inspect } = require('node:util')

const native = require('../native.js')

const MASK = '[redacted]'
/** So many objects within one another are shown. */
const DEEPEST = 4

/** What gives an object another face, or those of a class: `viewOf` makes what is shown in the place of one. */
function faceOf(viewOf, nameOf = () => '') {
  return {
    toJSON() {
      return viewOf(this)
    },
    [inspect.custom](depth, options) {
      const name = nameOf(this)
      if (depth < 0) return `[${name || 'Object'}]`
      return `${name} ${inspect(viewOf(this), { ...options, depth, customInspect: true })}`.trimStart()
    },
  }
}

/** Puts a face on. */
function conceal(object, face) {
  for (const name of Reflect.ownKeys(face)) {
    Object.defineProperty(object, name, { value: face[name], writable: true, configurable: true, enumerable: false })
  }
  return object
}

/** The same for all objects of a class. */
const concealAll = (Class, viewOf) =>
  conceal(Class.prototype, faceOf(viewOf, (object) => object.constructor?.name || Class.name))

/**
 * A copy to be shown: members by whose names there are secrets are masked, texts redacted, and what is of a class that knows
 * nothing of it is named only.
 *
 * @param {unknown} value
 * @param {(text: string) => string} [redact] - For texts; of a client that is to lose its own secrets, too.
 */
function shown(value, redact = native.redacted, name = '', depth = DEEPEST) {
  if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'function') return value
  if (native.isSecretName(name)) return value === '' ? value : MASK
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object') return value
  if (value instanceof URLSearchParams) return redact(value.toString())
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (depth === 0) return `[${nameOf(value)}]`
  if (Array.isArray(value)) return value.map((item) => shown(item, redact, '', depth - 1))
  if (isPlain(value)) return membersOf(value, redact, depth)
  // One of ours shows itself.
  return typeof value[inspect.custom] === 'function' ? value : `[${nameOf(value)}]`
}

function membersOf(object, redact, depth) {
  const members = {}
  for (const name of Object.keys(object)) {
    Object.defineProperty(members, name, {
      value: shown(object[name], redact, name, depth - 1),
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
  return members
}

function isPlain(value) {
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const nameOf = (value) => value.constructor?.name ?? 'Object'

/** `[redacted]` for a secret that there is, and nothing for none. */
const masked = (secret) => (secret ? MASK : secret)

module.exports = { conceal, concealAll, faceOf, masked, shown }
