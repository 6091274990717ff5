'use strict'

/*
 * The headers of a request or an answer: a plain object by its members, with look-ups that do not mind letter case.
 *
 * The class bears axios's name for it, because libraries that work on axios instances ask for the name.
 */

const { inspect } = require('node:util')

const { shown } = require('../concealed.js')

class AxiosHeaders {
  constructor(...sources) {
    this.set(Object.assign({}, ...sources.map((source) => pairsOf(source))))
  }

  static from(headers) {
    return headers instanceof AxiosHeaders ? headers : new AxiosHeaders(headers ?? {})
  }

  static concat(...sources) {
    const all = new AxiosHeaders()
    for (const source of sources) all.set(pairsOf(source))
    return all
  }
}

const methods = {
  /** Sets one header or all of an object; `rewrite: false` keeps what is there. */
  set(name, value, rewrite) {
    const known = new Map(Object.keys(this).map((each) => [each.toLowerCase(), each]))
    if (typeof name !== 'object' || name === null) put(this, known, name, value, rewrite)
    else for (const [each, its] of Object.entries(pairsOf(name))) put(this, known, each, its, value)
    return this
  },

  get(name) {
    const there = nameIn(this, name)
    return there === undefined ? undefined : this[there]
  },

  has(name) {
    const there = nameIn(this, name)
    return there !== undefined && this[there] !== undefined
  },

  delete(name) {
    let gone = false
    for (const each of [name].flat()) {
      const there = nameIn(this, each)
      if (there === undefined) continue
      delete this[there]
      gone = true
    }
    return gone
  },

  clear() {
    return this.delete(Object.keys(this))
  },

  normalize() {
    return this
  },

  concat(...sources) {
    return AxiosHeaders.concat(this, ...sources)
  },

  /** All of them for who asks, as adapters do; `JSON.stringify`, which names what it writes, is told no secret. */
  toJSON(writtenAs) {
    const all = Object.fromEntries(Object.entries(this).filter(([, value]) => value !== false && value !== undefined))
    return typeof writtenAs === 'string' ? shown(all) : all
  },

  [inspect.custom](_depth, options) {
    return `${this.constructor.name} ${inspect(shown(this.toJSON()), options)}`
  },

  toString() {
    return Object.entries(this.toJSON()).map(([name, value]) => `${name}: ${value}`).join('\n')
  },

  getSetCookie() {
    return this.get('set-cookie') ?? []
  },

  [Symbol.iterator]() {
    return Object.entries(this.toJSON())[Symbol.iterator]()
  },
}

for (const name of ['Content-Type', 'Content-Length', 'Accept', 'Accept-Encoding', 'User-Agent', 'Authorization']) {
  const camel = name.replace('-', '')
  methods[`get${camel}`] = function () {
    return this.get(name)
  }
  methods[`set${camel}`] = function (value, rewrite) {
    return this.set(name, value, rewrite)
  }
  methods[`has${camel}`] = function () {
    return this.has(name)
  }
}

// Not enumerable, so that the headers are the members.
for (const name of Reflect.ownKeys(methods)) {
  Object.defineProperty(AxiosHeaders.prototype, name, { value: methods[name], writable: true, configurable: true })
}

/** Sets one; `known` are the names that there are by their lower case, so that many are not looked for one among another. */
function put(headers, known, name, value, rewrite) {
  const there = known.get(String(name).toLowerCase())
  if (there !== undefined && rewrite === false && headers[there] !== undefined) return
  if (value === undefined || value === null) return
  if (there !== undefined && there !== name) delete headers[there]
  headers[name] = value === false ? false : Array.isArray(value) ? value.map(String) : String(value)
  known.set(String(name).toLowerCase(), name)
}

function nameIn(headers, name) {
  const wanted = String(name).toLowerCase()
  return Object.keys(headers).find((each) => each.toLowerCase() === wanted)
}

/** The members of a plain object, of headers, or of what the platform calls `Headers`. */
function pairsOf(source) {
  if (!source) return {}
  const pairs = typeof source.entries === 'function' ? source.entries() : Object.entries(source)
  return Object.fromEntries(pairs)
}

module.exports = { AxiosHeaders }
