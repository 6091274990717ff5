'use strict'

/*
 * Who may pass to which route. Authentication comes first, CSRF second: an unauthenticated POST never sees a 403.
 */

const { empty, envelope, redirect } = require('../wire/answer')

const READING = ['GET', 'HEAD', 'OPTIONS', 'TRACE']
const PUBLIC = new Set(['/', '/login', '/logout', '/csrf-token', '/getTwoFactorEnable', '/getSecretStatus'])

/** The answer that stops the call, or null where it may pass. */
function stoppedAtGate(panel, call, path) {
  const { facts } = panel
  const tokenHolder = facts.bearer && path.startsWith('/panel/api/') && carriesToken(panel, call)
  if (tokenHolder) return null
  if (!PUBLIC.has(path) && !call.session?.user) return unauthenticated(panel, call, path)
  if (facts.csrf && !READING.includes(call.method) && !carriesCsrfToken(call)) return empty(403)
  return null
}

function carriesToken(panel, call) {
  return panel.token !== null && call.headers.authorization === `Bearer ${panel.token}`
}

function carriesCsrfToken(call) {
  const token = call.headers['x-csrf-token'] ?? (call.isJson ? null : call.form().get('_csrf'))
  return Boolean(call.session?.csrf) && token === call.session.csrf
}

function unauthenticated(panel, call, path) {
  const { facts, texts, basePath } = panel
  const isApi = path.startsWith('/panel/api/') && !facts.lostSessionIsSaid
  if (isApi) return empty(call.isScript ? facts.lostSessionStatus : 404)
  if (call.isScript) return { ...envelope(false, texts.sessionExpired), status: 401 }
  return redirect(307, basePath, call.method)
}

module.exports = { stoppedAtGate }
