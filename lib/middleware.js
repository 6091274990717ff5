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

  /** A Next.js API handler whose requests carry a logged-in client as `req.threeXUI`. */
  function withThreeXUI(config, handler) {
    const client = clientOf(ThreeXUI, config)
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

  /** The four handlers that the browser's side (`createReactHook`) talks to. */
  function createNextjsRoutes(config) {
    const answering = (work) =>
      withThreeXUI(config, async (req, res) => {
        try {
          res.status(200).json(await work(req))
        } catch (error) {
          res.status(500).json({ error: error.message })
        }
      })
    return {
      inbounds: answering((req) => req.threeXUI.getInbounds()),
      generateCredentials: answering(({ body, generateCredentials }) => generateCredentials(body.protocol, body.options)),
      addClient: answering(({ body, addClientWithCredentials }) =>
        addClientWithCredentials(body.inboundId, body.protocol, body.options),
      ),
      clientTraffic: answering((req) => req.threeXUI.getClientTrafficsByEmail(req.query.email)),
    }
  }

  return { createExpressMiddleware, withThreeXUI, createNextjsRoutes, createReactHook, SessionConfig }
}

function clientOf(ThreeXUI, { baseURL, username, password, sessionManager } = {}) {
  if (!baseURL || !username || !password) throw new Error('baseURL, username, and password are required')
  return new ThreeXUI(baseURL, username, password, { sessionManager: sessionManager || createSessionManager() })
}

function unavailable(res, error) {
  return res.status(500).json({ error: '3x-ui authentication failed', message: error.message })
}

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
