'use strict'

/*
 * What the environment says of the network, as Node.js and axios read it: proxies, and which certificates are good.
 *
 * Read when a call begins, because programs set these variables while they run. What follows from them is the core's.
 */

const { readFileSync } = require('node:fs')

const PROXIES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy']
const UPPER = PROXIES.map((name) => name.toUpperCase())

/** What was read last, and what came of it: the same object for as long as nothing has changed. */
let last = { key: '', values: null }

/** The values for the core; null for an environment that says nothing. */
function environment() {
  const { env } = process
  let key = ''
  for (let at = 0; at < PROXIES.length; at++) key += `${env[PROXIES[at]] || env[UPPER[at]] || ''}\0`
  key += `${env.NODE_TLS_REJECT_UNAUTHORIZED ?? ''}\0${env.NODE_EXTRA_CA_CERTS ?? ''}`
  if (key !== last.key) last = { key, values: key === NOTHING ? null : valuesOf(key.split('\0')) }
  return last.values
}

const NOTHING = '\0'.repeat(PROXIES.length + 1)

function valuesOf([http_proxy, https_proxy, all_proxy, no_proxy, rejectUnauthorized, extraRoots]) {
  const acceptAny = rejectUnauthorized === '0'
  return { http_proxy, https_proxy, all_proxy, no_proxy, acceptAny, extraRoots: textOf(extraRoots) }
}

/** A file that cannot be read adds nothing, as with Node.js. */
function textOf(file) {
  if (!file) return ''
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

module.exports = { environment }
