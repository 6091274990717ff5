'use strict'

/*
 * The package's face: a table of contents.
 */

const ThreeXUI = require('./lib/client.js')
const errors = require('./lib/errors.js')
const session = require('./lib/session.js')

module.exports = ThreeXUI
module.exports.default = ThreeXUI
module.exports.ThreeXUI = ThreeXUI

const { CredentialGenerator } = require('./lib/generator.js')
const builders = require('./lib/builders.js')
const middleware = require('./lib/middleware.js').middlewareFor(ThreeXUI)

module.exports.CredentialGenerator = CredentialGenerator
module.exports.SecurityEnhancer = require('./lib/security.js').SecurityEnhancer

module.exports.BaseBuilder = builders.BaseBuilder
module.exports.ProtocolBuilder = builders.ProtocolBuilder
module.exports.VLESSBuilder = builders.VLESSBuilder
module.exports.VMESSBuilder = builders.VMESSBuilder
module.exports.TrojanBuilder = builders.TrojanBuilder
module.exports.ShadowsocksBuilder = builders.ShadowsocksBuilder
module.exports.WireGuardBuilder = builders.WireGuardBuilder

module.exports.createExpressMiddleware = middleware.createExpressMiddleware
module.exports.withThreeXUI = middleware.withThreeXUI
module.exports.createNextjsRoutes = middleware.createNextjsRoutes
module.exports.createReactHook = middleware.createReactHook
module.exports.SessionConfig = middleware.SessionConfig

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
