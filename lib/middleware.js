'use strict'

/*
 * Helpers for web frameworks: Express middleware, Next.js handlers, and the browser's side of them.
 *
 * Owns how a client is put into a request and what is answered when the panel cannot be reached. Knows no route of
 * the panel. However many requests arrive, a wrong password is not sent again and again: the panel would lock the
 * account.
 */

const { createSessionManager } = require('./session.js')

/** Built against a class so that it, and not a copy of it, is what requests carry. */
function middlewareFor(ThreeXUI) {
  /**
   * Express middleware that puts a logged-in client into each request, as `req['3xui_client']` or under
   * `config.sessionKey`. All requests share one client, and so one session and its connections.
   */
  function createExpressMiddleware(config) {
    const client = clientOf(ThreeXUI, config)
    const key = config.sessionKey || '3xui_client'
    return async (req, res, next) => {
      if (req[key]) return next()
      try {
        await client._ensureAuthenticated()
      } catch (error) {
        return unavailable(res, error)
      }
      req[key] = client
      res.generate3xuiCredentials = (protocol, options = {}) => client.generateCredentials(protocol, options)
      res.add3xuiClient = (inboundId, protocol, options = {}) =>
        client.addClientWithCredentials(inboundId, protocol, options)
      next()
    }
  }

  /**
   * A Next.js handler whose requests carry a logged-in client as `req.threeXUI`: an API route (`res` answers) or a route
   * handler of the app router (what it returns answers).
   */
  function withThreeXUI(config, handler) {
    return withClient(clientOf(ThreeXUI, config), handler)
  }

  /** The four handlers that the browser's side (`createReactHook`) talks to, over one client. */
  function createNextjsRoutes(config) {
    const client = clientOf(ThreeXUI, config)
    const answering = (work) =>
      withClient(client, async (req, res) => {
        try {
          return reply(res, 200, await work(req))
        } catch (error) {
          return reply(res, 500, { error: error.message })
        }
      })
    return {
      inbounds: answering(() => client.getInbounds()),
      generateCredentials: answering(async (req) => {
        const { protocol, options } = await bodyOf(req)
        return req.generateCredentials(protocol, options)
      }),
      addClient: answering(async (req) => {
        const { inboundId, protocol, options } = await bodyOf(req)
        return req.addClientWithCredentials(inboundId, protocol, options)
      }),
      clientTraffic: answering((req) => client.getClientTrafficsByEmail(queryOf(req).email)),
    }
  }

  return { createExpressMiddleware, withThreeXUI, createNextjsRoutes, createReactHook, SessionConfig }
}

function clientOf(ThreeXUI, { baseURL, username, password, sessionManager } = {}) {
  if (!baseURL || !username || !password) throw new Error('baseURL, username, and password are required')
  return new ThreeXUI(baseURL, username, password, { sessionManager: sessionManager || createSessionManager() })
}

function withClient(client, handler) {
  return async (req, res) => {
    try {
      await client._ensureAuthenticated()
      req.threeXUI = client
      req.generateCredentials = (protocol, options = {}) => client.generateCredentials(protocol, options)
      req.addClientWithCredentials = (inboundId, protocol, options = {}) =>
        client.addClientWithCredentials(inboundId, protocol, options)
      return await handler(req, res)
    } catch (error) {
      return unavailable(res, error)
    }
  }
}

function unavailable(res, error) {
  return reply(res, 500, { error: '3x-ui authentication failed', message: error.message })
}

/** By the response object where there is one; the app router has none and takes what is returned. */
function reply(res, status, body) {
  return typeof res?.status === 'function' ? res.status(status).json(body) : Response.json(body, { status })
}

/** What was sent: read already by Express and API routes, to be read in the app router. */
const bodyOf = (req) => (typeof req.json === 'function' ? req.json() : req.body)

const queryOf = (req) => req.query ?? Object.fromEntries(new URL(req.url).searchParams)

/** The browser's side: calls to an app's own endpoints, so that no credential of the panel leaves the server. */
function createReactHook(apiEndpoint = '/api/3xui') {
  const fetched = async (path, ...init) => {
    const response = await fetch(`${apiEndpoint}/${path}`, ...init)
    if (!response.ok) throw new Error(`HTTP error! status: ${response.status}`)
    return response.json()
  }
  const post = (path, body) =>
    fetched(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  return {
    generateCredentials: (protocol, options = {}) => post('generate-credentials', { protocol, options }),
    addClientWithCredentials: (inboundId, protocol, options = {}) => post('add-client', { inboundId, protocol, options }),
    getInbounds: () => fetched('inbounds'),
    getClientTraffic: (email) => fetched(`client-traffic/${encodeURIComponent(email)}`),
  }
}

/** Options for where sessions are kept. */
const SessionConfig = {
  memory: () => ({ sessionManager: createSessionManager() }),
  redis: (redis, redisOptions = {}) => ({ sessionManager: createSessionManager({ redis, redisOptions }) }),
  database: (database, databaseOptions = {}) => ({
    sessionManager: createSessionManager({ database, databaseOptions }),
  }),
  custom: (customHandler) => ({ sessionManager: createSessionManager({ customHandler }) }),
}

module.exports = { middlewareFor }
