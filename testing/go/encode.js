'use strict'

/*
 * JSON as Go writes it: `<`, `>` and `&` escaped, maps with sorted keys, two blanks of indentation.
 */

const ESCAPED = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', '\u2028': '\\u2028', '\u2029': '\\u2029' }
const escapeHtml = (text) => text.replace(/[<>&\u2028\u2029]/g, (char) => ESCAPED[char])

/** A value, its keys in the order they have. */
const encode = (value) => escapeHtml(JSON.stringify(value))

/** The same over several lines. */
const encodeIndented = (value) => escapeHtml(JSON.stringify(value, null, 2))

/** The same value with the keys of all maps in it sorted, byte by byte as Go does. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return sortedTop(value, sorted)
}

/** The same map with its own keys sorted. */
function sortedTop(map, inner = (value) => value) {
  const names = Object.keys(map).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return Object.fromEntries(names.map((name) => [name, inner(map[name])]))
}

module.exports = { encode, encodeIndented, sorted, sortedTop }
