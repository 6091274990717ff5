'use strict'

/*
 * Agents that say nothing but whether any certificate is good: that can be done without them, the native way.
 *
 * Any other goes its own way, through Node's http: a class of the program's, a client certificate, roots that are to be the
 * only ones.
 */

const http = require('node:http')
const https = require('node:https')

/** What an agent may be told that is about connections, which we keep our own way, and about certificates. */
const HARMLESS = new Set([
  'keepAlive',
  'keepAliveMsecs',
  'maxSockets',
  'maxTotalSockets',
  'maxFreeSockets',
  'maxCachedSessions',
  'scheduling',
  'timeout',
  'noDelay',
  'path',
  'rejectUnauthorized',
])

/** Whether both agents of these defaults can be left out. */
const arePlain = ({ httpAgent, httpsAgent }) => isPlain(httpAgent, http.Agent) && isPlain(httpsAgent, https.Agent)

function isPlain(agent, Class) {
  if (!agent) return true
  if (Object.getPrototypeOf(agent) !== Class.prototype || Object.hasOwn(agent, 'createConnection')) return false
  return Object.keys(agent.options).every((name) => HARMLESS.has(name))
}

/** Whether any certificate is good, where an agent says so or the opposite. */
const acceptsAny = ({ httpsAgent }) => {
  const { rejectUnauthorized } = httpsAgent?.options ?? {}
  return rejectUnauthorized === undefined ? undefined : rejectUnauthorized === false
}

module.exports = { arePlain, acceptsAny }
