'use strict'

/*
 * What requests of `client.api` have in common, as programs read and change it.
 *
 * Base URL, time limit, cookie and token are the client's own: read here and assigned here, they are those of every call.
 */

const { conceal, faceOf, shown } = require('../concealed.js')
const { SecurityEnhancer } = require('../security.js')
const { AxiosHeaders } = require('./headers.js')
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
  // It may hold a password: who looks through all of them does not find it.
  Object.defineProperty(defaults, 'baseURL', { ...own(client, 'baseURL'), enumerable: false })
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
  for (const verb of VERBS) headers[verb] = conceal({}, FACE)
  conceal(headers.common, FACE)
  conceal(headers, FACE)
  return new Proxy(headers, {
    get: (target, name) => (LIVE[name] ? LIVE[name].read(client, target) : target[name]),
    set: (target, name, value) => (LIVE[name] ? LIVE[name].write(client, value, target) : Reflect.set(target, name, value)),
    deleteProperty: (target, name) =>
      LIVE[name] ? LIVE[name].write(client, null, target) : Reflect.deleteProperty(target, name),
    has: (target, name) => (LIVE[name] ? LIVE[name].read(client, target) !== undefined : name in target),
    ownKeys: (target) => [...new Set([...Reflect.ownKeys(target), ...namesOf(client, target)])],
    // Not enumerable: who looks through all of them, to print them or to send them elsewhere, does not find these.
    getOwnPropertyDescriptor(target, name) {
      const value = LIVE[name]?.read(client, target)
      if (!LIVE[name]) return Reflect.getOwnPropertyDescriptor(target, name)
      return value === undefined ? undefined : { value, writable: true, enumerable: false, configurable: true }
    },
  })
}

const FACE = faceOf((headers) => shown(membersOf(headers)))

/** All headers, also those that are not found by looking. */
function membersOf(headers) {
  const members = { ...headers }
  for (const name of Object.keys(LIVE)) if (headers[name] !== undefined) members[name] = headers[name]
  return members
}

/** The defaults of an instance that is made of another one. */
function derived(defaults, config) {
  const made = { ...defaults, ...config, headers: { ...membersOf(defaults.headers), ...config?.headers } }
  Object.defineProperty(made, 'baseURL', { value: config?.baseURL ?? defaults.baseURL, writable: true, configurable: true, enumerable: false })
  for (const name of Object.keys(LIVE)) {
    if (name in made.headers) Object.defineProperty(made.headers, name, { enumerable: false })
  }
  conceal(made.headers, FACE)
  return made
}

/** Those of a verb, in one. */
function flat(headers, method) {
  const { common, ...rest } = membersOf(headers)
  const own = rest[method]
  for (const verb of VERBS) delete rest[verb]
  return AxiosHeaders.concat(common, own, rest)
}

const namesOf = (client, target) => Object.keys(LIVE).filter((name) => LIVE[name].read(client, target) !== undefined)

const LIVE = {
  __proto__: null,
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

module.exports = { VERBS, defaultsOf, derived, flat }
