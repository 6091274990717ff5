'use strict'

/*
 * Which server a request goes to, and what it may be sent: the client's session and token, and the secrets among the defaults, are
 * for the panel. What else a caller writes into a request goes wherever the request goes.
 */

const native = require('../../native.js')
const { flat } = require('./defaults.js')
const { AxiosHeaders } = require('./headers.js')
const { urlOf } = require('./url.js')

/** Takes out of the headers of a request to another server what is for the panel. */
function withoutDefaultSecrets(config, defaults, given, client) {
  if (!config?.headers || !isElsewhere(config, client)) return
  const headers = AxiosHeaders.from(config.headers)
  const own = AxiosHeaders.from(given.headers)
  const usual = flat(defaults.headers ?? {}, config.method)
  const { cookie, csrfToken, token } = client
  const ofClient = new Set([cookie, csrfToken, token && `Bearer ${token}`])
  for (const [name, value] of Object.entries(headers)) {
    const isOfDefaults = native.isSecretName(name) && !own.has(name) && value === usual.get(name)
    if (isOfDefaults || ofClient.has(value)) headers.delete(name)
  }
  config.headers = headers
}

/** Whether a request goes to another server than the client's panel. */
function isElsewhere(config, client) {
  try {
    return new URL(urlOf(config), client.baseURL).origin !== new URL(client.baseURL).origin
  } catch {
    // What is no address goes nowhere.
    return true
  }
}

module.exports = { isElsewhere, withoutDefaultSecrets }
