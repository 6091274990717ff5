'use strict'

/*
 * Go structs out of JSON values: what has the wrong type is refused (`strict`) or left at its zero value (`lenient`).
 *
 * A shape names the fields of a struct and their Go types, a nested shape or a list of one:
 * `{ port: 'int', settings: 'string', client: { email: 'string' }, inboundIds: ['int'] }`.
 */

const { GoError } = require('./error')

const TYPES = {
  string: { zero: '', holds: (value) => typeof value === 'string' },
  bool: { zero: false, holds: (value) => typeof value === 'boolean' },
  int: { zero: 0, holds: Number.isInteger },
  int64: { zero: 0, holds: Number.isInteger },
  /** Text of JSON, or the JSON itself: kept as text. */
  json: { zero: '', holds: () => true, keep: (value) => (typeof value === 'string' ? value : JSON.stringify(value)) },
  /** Whatever it is. */
  any: { zero: null, holds: () => true },
}

/** Go's word for what kind of JSON value this is; a number is named when it does not fit. */
function kindOf(value) {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'number' : `number ${value}`
  return { boolean: 'bool', string: 'string' }[typeof value] ?? 'object'
}

/**
 * A struct of `shape` from `value`.
 *
 * @param {string} where - Go's name of the struct, for the error: `Inbound` gives `Inbound.port`.
 */
function strict(value, shape, where, names = {}) {
  const refuse = (given, type, path) => {
    const field = path ? `Go struct field ${path}` : `Go value`
    throw new GoError(`json: cannot unmarshal ${kindOf(given)} into ${field} of type ${type}`)
  }
  return struct(value, shape, where, { refuse, names })
}

/** The same, with the zero value for every field of the wrong type. */
function lenient(value, shape) {
  return struct(value, shape, '', { refuse: () => undefined, names: {} })
}

function struct(value, shape, where, how) {
  const result = zeroOf(shape)
  if (value === null || value === undefined) return result
  if (typeof value !== 'object' || Array.isArray(value)) {
    how.refuse(value, how.names[where] ?? where, '')
    return result
  }
  for (const [name, given] of Object.entries(value)) {
    if (given === null || !Object.hasOwn(shape, name)) continue
    const decoded = field(given, shape[name], `${where}.${name}`, how)
    if (decoded !== undefined) result[name] = decoded
  }
  return result
}

function field(value, type, path, how) {
  if (Array.isArray(type)) {
    if (!Array.isArray(value)) return how.refuse(value, `[]${type[0]}`, path)
    return value.map((item) => field(item, type[0], path, how) ?? zeroOf(type[0]))
  }
  if (typeof type === 'object') return struct(value, type, how.names[path] ?? path, how)
  const { holds, keep } = TYPES[type]
  if (!holds(value)) return how.refuse(value, type, path)
  return keep ? keep(value) : value
}

function zeroOf(type) {
  if (Array.isArray(type)) return []
  if (typeof type === 'string') return TYPES[type].zero
  return Object.fromEntries(Object.entries(type).map(([name, inner]) => [name, zeroOf(inner)]))
}

module.exports = { strict, lenient, kindOf }
