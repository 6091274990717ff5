'use strict'

/*
 * Shadowsocks keys: a 2022 cipher takes only keys of its own length, and panels with a client table silently put a
 * fresh one where a client brings another.
 */

const { randomBytes } = require('node:crypto')

const bytesOf = (method) => ({ '2022-blake3-aes-128-gcm': 16, '2022-blake3-aes-256-gcm': 32, '2022-blake3-chacha20-poly1305': 32 })[method] ?? 0

/** The key the panel will store for a client that brought `key`. */
function usableKey(method, key) {
  const length = bytesOf(method)
  if (length === 0) return key || randomBytes(16).toString('hex')
  const fits = /^[A-Za-z0-9+/]+=*$/.test(key) && Buffer.from(key, 'base64').length === length
  return fits ? key : randomBytes(length).toString('base64')
}

/** Entries name the cipher, except below a 2022 one, which the inbound alone names. */
const methodOfEntry = (method) => (method && bytesOf(method) === 0 ? { method } : {})

module.exports = { usableKey, methodOfEntry }
