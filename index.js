'use strict'

/*
 * The package's face: a table of contents. What few programs use is loaded when it is first looked at.
 */

const ThreeXUI = require('./lib/client.js')
const errors = require('./lib/errors.js')
const session = require('./lib/session.js')

module.exports = ThreeXUI
module.exports.default = ThreeXUI
module.exports.ThreeXUI = ThreeXUI

module.exports.SessionManager = session.SessionManager
module.exports.SessionStore = session.SessionStore
module.exports.MemorySessionStore = session.MemorySessionStore
module.exports.RedisSessionStore = session.RedisSessionStore
module.exports.DatabaseSessionStore = session.DatabaseSessionStore
module.exports.CustomSessionHandler = session.CustomSessionHandler
module.exports.createMemoryStore = session.createMemoryStore
module.exports.createRedisStore = session.createRedisStore
module.exports.createDatabaseStore = session.createDatabaseStore
module.exports.createCustomHandler = session.createCustomHandler
module.exports.createSessionManager = session.createSessionManager

module.exports.ThreeXUIError = errors.ThreeXUIError
module.exports.AuthenticationError = errors.AuthenticationError
module.exports.LoginRateLimitError = errors.LoginRateLimitError
module.exports.ValidationError = errors.ValidationError
module.exports.NotFoundError = errors.NotFoundError
module.exports.ConflictError = errors.ConflictError
module.exports.UnsupportedByPanelError = errors.UnsupportedByPanelError
module.exports.TimeoutError = errors.TimeoutError
module.exports.NetworkError = errors.NetworkError
module.exports.TlsError = errors.TlsError
module.exports.PanelError = errors.PanelError

// Node.js reads from the text of this file which names `import { … }` finds.
module.exports.CredentialGenerator = undefined
module.exports.SecurityEnhancer = undefined
module.exports.BaseBuilder = undefined
module.exports.ProtocolBuilder = undefined
module.exports.VLESSBuilder = undefined
module.exports.VMESSBuilder = undefined
module.exports.TrojanBuilder = undefined
module.exports.ShadowsocksBuilder = undefined
module.exports.WireGuardBuilder = undefined
module.exports.createExpressMiddleware = undefined
module.exports.withThreeXUI = undefined
module.exports.createNextjsRoutes = undefined
module.exports.createReactHook = undefined
module.exports.SessionConfig = undefined

const files = {
  get generator() {
    return ThreeXUI._makers()
  },
  get security() {
    return require('./lib/security.js')
  },
  get builders() {
    return require('./lib/builders.js')
  },
  get middleware() {
    return require('./lib/middleware.js').middlewareFor(ThreeXUI)
  },
}

later('generator', ['CredentialGenerator'])
later('security', ['SecurityEnhancer'])
later('builders', [
  'BaseBuilder',
  'ProtocolBuilder',
  'VLESSBuilder',
  'VMESSBuilder',
  'TrojanBuilder',
  'ShadowsocksBuilder',
  'WireGuardBuilder',
])
later('middleware', ['createExpressMiddleware', 'withThreeXUI', 'createNextjsRoutes', 'createReactHook', 'SessionConfig'])

/** Members that are what a file has of these names, from the first look at one of them on. They can be assigned to, as all. */
function later(file, names) {
  const put = (name, value) => Object.defineProperty(ThreeXUI, name, { value, writable: true, enumerable: true, configurable: true })
  let loaded
  for (const name of names) {
    const get = () => put(name, (loaded ??= files[file])[name])[name]
    const set = (value) => void put(name, value)
    Object.defineProperty(ThreeXUI, name, { get, set, enumerable: true, configurable: true })
  }
}
