'use strict'

/*
 * Answers: the panel's envelope, and how an answer gets onto the wire.
 *
 * Panels compress whatever they may; an answer without a body then still claims to be compressed, with zero bytes.
 */

const { gzipSync } = require('node:zlib')
const { randomBytes } = require('node:crypto')

const { encode } = require('../go/encode')

/** An envelope. Errors of the business are status 200 with `success: false`. */
const envelope = (success, msg, obj = null) => json({ success, msg, obj })

const json = (value) => ({ status: 200, type: 'application/json; charset=utf-8', body: encode(value) })

const page = (title, head = '') => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><html><head><title>${title}</title>${head}</head><body></body></html>\n`,
})

const empty = (status) => ({ status, body: '' })

/** No such route. The router of older panels has words for it, which compression swallows together with the status. */
function missing(facts, acceptEncoding) {
  if (facts.missingRouteIsEmpty) return empty(404)
  const zipped = /\bgzip\b/.test(acceptEncoding ?? '')
  if (zipped) return facts.missingRouteIsHidden ? { ...empty(200), type: 'text/plain' } : empty(404)
  return { status: 404, type: 'text/plain', body: '404 page not found' }
}

/** A handler crashed. On the oldest panels compression has sent its own status by then. */
function crashed(facts, acceptEncoding) {
  return empty(facts.crashIsHidden && /\bgzip\b/.test(acceptEncoding ?? '') ? 200 : facts.crashStatus)
}

/** Only a GET gets a page with the link in it. */
function redirect(status, location, method) {
  const reason = { 301: 'Moved Permanently', 307: 'Temporary Redirect' }[status]
  const body = method === 'GET' ? `<a href="${location}">${reason}</a>.\n\n` : ''
  return { status, type: method === 'GET' ? 'text/html; charset=utf-8' : undefined, body, headers: { location } }
}

/** Sends an answer; one that is plain, since the router alone made it, is never compressed. */
function send(outgoing, acceptEncoding, facts, { status, type, body, headers = {}, cookies = [], isPlain = false }) {
  const zipped = !isPlain && /\bgzip\b/.test(acceptEncoding ?? '')
  const bytes = zipped && (body !== '' || facts.zipsNothing) ? gzipSync(body) : Buffer.from(body)
  outgoing.writeHead(status, {
    ...(type ? { 'content-type': type } : {}),
    'content-length': bytes.length,
    ...(zipped ? { 'content-encoding': 'gzip', vary: 'Accept-Encoding' } : {}),
    ...(facts.securityHeaders ? securityHeaders() : {}),
    ...headers,
    ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
  })
  outgoing.end(bytes)
}

function securityHeaders() {
  const nonce = randomBytes(16).toString('base64url')
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'content-security-policy': `default-src 'self'; script-src 'self' 'nonce-${nonce}'; frame-ancestors 'none'`,
  }
}

module.exports = { envelope, json, page, empty, missing, crashed, redirect, send }
