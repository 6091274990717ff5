'use strict'

/*
 * What requests of `client.api` have in common, as programs read and change it.
 *
 * Base URL, time limit, cookie and token are the client's own: read here and assigned here, they are those of every call.
 */

const { SecurityEnhancer } = require('../security.js')
const { transformRequest, transformResponse } = require('./transforms.js')

const VERBS = ['get', 'delete', 'head', 'options', 'post', 'put', 'patch']

function defaultsOf(client, adapter) {
  const defaults = {
    adapter,
    transformRequest: [transformRequest],
    transformResponse: [transformResponse],
    xsrfCookieName: 'XSRF-TOKEN',
    xsrfHeaderName: 'X-XSRF-TOKEN',
    maxContentLength: -1,
    maxBodyLength: -1,
    maxRedirects: 5,
    validateStatus: (status) => status >= 200 && status < 300,
    headers: headersOf(client),
  }
  Object.defineProperty(defaults, 'baseURL', own(client, 'baseURL'))
  Object.defineProperty(defaults, 'timeout', own(client, '_timeout'))
  return defaults
}

const own = (client, name) => ({
  get: () => client[name],
  set: (value) => {
    client[name] = value
  },
  enumerable: true,
  configurable: true,
})

/** Headers of every request; `Cookie` and `Authorization` are the session and the token that the client works with. */
function headersOf(client) {
  const { userAgent, enableCSP } = client.options
  const headers = SecurityEnhancer.SecureHeaders.getSecureHeaders({ userAgent, enableCSP })
  headers.common = { Accept: headers.Accept }
  for (const verb of VERBS) headers[verb] = {}
  return new Proxy(headers, {
    get: (target, name) => (LIVE[name] ? LIVE[name].read(client, target) : target[name]),
    set: (target, name, value) => (LIVE[name] ? LIVE[name].write(client, value, target) : Reflect.set(target, name, value)),
    deleteProperty: (target, name) =>
      LIVE[name] ? LIVE[name].write(client, null, target) : Reflect.deleteProperty(target, name),
    has: (target, name) => (LIVE[name] ? LIVE[name].read(client, target) !== undefined : name in target),
    ownKeys: (target) => [...new Set([...Reflect.ownKeys(target), ...live(client, target)])],
    getOwnPropertyDescriptor(target, name) {
      const value = LIVE[name]?.read(client, target)
      if (!LIVE[name]) return Reflect.getOwnPropertyDescriptor(target, name)
      return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true }
    },
  })
}

const live = (client, target) => Object.keys(LIVE).filter((name) => LIVE[name].read(client, target) !== undefined)

const LIVE = {
  Cookie: {
    read: (client) => client.cookie || undefined,
    write(client, value) {
      client.cookie = value || null
      return true
    },
  },
  Authorization: {
    read: (client, target) => target.Authorization ?? (client.token ? `Bearer ${client.token}` : undefined),
    /** A bearer token is the client's; anything else, for a web server before the panel, is a header like others. */
    write(client, value, target) {
      const [, token] = /^Bearer (.+)$/.exec(value ?? '') ?? []
      if (token) client.token = token
      else if (value) target.Authorization = value
      else if (target.Authorization) delete target.Authorization
      else client.token = null
      return true
    },
  },
}

module.exports = { VERBS, defaultsOf }
