'use strict'

/*
 * What the environment says of the network, as Node.js and axios read it: proxies, and which certificates are good.
 *
 * Read when a call begins, because programs set these variables while they run. What follows from them is the core's.
 */

const { readFileSync } = require('node:fs')

/** What was read last, and what came of it: the same object for as long as nothing has changed. */
let last = { values: null }

/**
 * The values for the core; null for an environment that says nothing. Looking a variable up takes its time: who is excepted
 * is not asked where there is no proxy. An agent of the program's may have said already whether any certificate is good.
 */
function environment(acceptsAny) {
  const { env } = process
  const plain = env.http_proxy || env.HTTP_PROXY
  const secure = env.https_proxy || env.HTTPS_PROXY
  const all = env.all_proxy || env.ALL_PROXY
  const none = plain || secure || all ? env.no_proxy || env.NO_PROXY : undefined
  const reject = acceptsAny === undefined ? env.NODE_TLS_REJECT_UNAUTHORIZED : acceptsAny ? '0' : undefined
  const roots = env.NODE_EXTRA_CA_CERTS
  const isSame =
    plain === last.plain &&
    secure === last.secure &&
    all === last.all &&
    none === last.none &&
    reject === last.reject &&
    roots === last.roots
  if (!isSame) last = withValues({ plain, secure, all, none, reject, roots })
  return last.values
}

const withValues = (read) => ({ ...read, values: valuesOf(read) })

function valuesOf({ plain, secure, all, none, reject, roots }) {
  if (!plain && !secure && !all && !reject && !roots) return null
  return {
    http_proxy: plain ?? '',
    https_proxy: secure ?? '',
    all_proxy: all ?? '',
    no_proxy: none ?? '',
    acceptAny: reject === '0',
    extraRoots: textOf(roots),
  }
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
