'use strict'

/*
 * What the environment says of the network, as Node.js and axios read it: proxies, and which certificates are good.
 *
 * Read when a call begins, because programs set these variables while they run. What follows from them is the core's.
 */

const { readFileSync } = require('node:fs')

/** What was read last, and what came of it: the same object for as long as nothing has changed. */
let last = { key: '', values: null }

/**
 * The values for the core; null for an environment that says nothing. Looking a variable up takes its time, so those that
 * cannot matter are left out: what the other scheme goes through, and who is excepted where there is no proxy.
 */
function environment(url) {
  const { env } = process
  const isTls = !String(url).startsWith('http:')
  let key = `${(isTls ? '' : env.http_proxy || env.HTTP_PROXY) || ''}\0`
  key += `${(isTls ? env.https_proxy || env.HTTPS_PROXY : '') || ''}\0${env.all_proxy || env.ALL_PROXY || ''}\0`
  if (key !== NO_PROXY) key += env.no_proxy || env.NO_PROXY || ''
  // Also where it does not begin with TLS: a panel may send its callers to its TLS port.
  key += `\0${env.NODE_TLS_REJECT_UNAUTHORIZED ?? ''}\0${env.NODE_EXTRA_CA_CERTS ?? ''}`
  if (key !== last.key) last = { key, values: key === NOTHING ? null : valuesOf(key.split('\0')) }
  return last.values
}

const NO_PROXY = '\0'.repeat(3)
const NOTHING = '\0'.repeat(5)

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
