'use strict'

/*
 * Sends one request of `client.api` by Node's own http, for programs that bring an agent: a proxy, a socket of theirs, a
 * client certificate.
 */

const http = require('node:http')
const https = require('node:https')
const { pipeline } = require('node:stream')
const zlib = require('node:zlib')

const { NetworkError, PanelError, TimeoutError } = require('../errors.js')
const { canceled, hidden } = require('./errors.js')
const { bodyOf } = require('./native-adapter.js')
const { settled } = require('./settle.js')
const { urlOf } = require('./url.js')

const DECODERS = { gzip: zlib.createGunzip, deflate: zlib.createInflate, br: zlib.createBrotliDecompress }

/** An adapter in axios's sense, for a client. */
const viaAgentOf = (client) => (config) => viaAgent(config, client)

async function viaAgent(config, client) {
  const { data, headers } = await bodyOf(config)
  const answer = await followed(new URL(urlOf(config)), { config, data, headers }, config.maxRedirects ?? 5)
  const { statusCode: status, statusMessage: statusText, rawHeaders } = answer
  const body = await whole(answer, config, client._maxResponseSize())
  return settled({ status, statusText, headers: pairsOf(rawHeaders), body }, config, client)
}

/** A redirect is followed within its own origin, and without a body: that is meant for the place it was sent to. */
async function followed(url, request, left) {
  const answer = await sent(url, request)
  const { location } = answer.headers
  const isRedirect = answer.statusCode >= 300 && answer.statusCode < 400 && location
  const to = isRedirect && new URL(location, url)
  if (!to || left <= 0 || to.origin !== url.origin || request.data || to.pathname.endsWith('/')) return answer
  answer.resume()
  return followed(to, request, left - 1)
}

function sent(url, { config, data, headers }) {
  const secure = url.protocol === 'https:'
  const agent = secure ? config.httpsAgent : config.httpAgent
  const length = data ? { 'Content-Length': data.length } : {}
  const options = { method: config.method.toUpperCase(), agent, headers: { ...headers, ...length } }
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(url, options, resolve)
    const failed = (error) => reject(hidden(error, { config, request: undefined }))
    if (config.timeout) request.setTimeout(config.timeout, () => request.destroy(late(config)))
    config.signal?.addEventListener('abort', () => request.destroy(canceled(config)), { once: true })
    request.on('error', (error) => failed(error.code && !(error instanceof TimeoutError) ? broken(error) : error))
    request.end(data)
  })
}

function late() {
  const error = new TimeoutError('Request timeout - server took too long to respond')
  error.code = 'ECONNABORTED'
  return error
}

function broken(cause) {
  if (cause.code === 'ERR_CANCELED') return cause
  const error = new NetworkError(cause.message, { cause })
  error.code = cause.code
  return error
}

/** The body, decompressed as it comes in: what becomes longer than the limit is not read to its end. */
async function whole(answer, config, limit) {
  const pieces = []
  let size = 0
  try {
    for await (const piece of decoded(answer)) {
      size += piece.length
      if (size > limit) throw tooLong(answer, limit)
      pieces.push(piece)
    }
  } catch (error) {
    throw hidden(error instanceof PanelError ? error : broken(error), { config, request: undefined })
  }
  return Buffer.concat(pieces, size)
}

async function* decoded(answer) {
  const decoder = DECODERS[answer.headers['content-encoding']]?.()
  if (!decoder) return yield* answer
  let received = 0
  answer.on('data', (piece) => (received += piece.length))
  try {
    // Whichever of the two ends early takes the other with it, and the loop below is told why.
    yield* pipeline(answer, decoder, () => {})
  } catch (error) {
    // Nothing at all is no broken text: an answer without a body may name a compression, too.
    if (error.code !== 'Z_BUF_ERROR' || received > 0) throw error
  }
}

function tooLong({ statusCode }, limit) {
  return new PanelError(
    `The panel's answer is longer than ${limit} bytes (HTTP ${statusCode}). The option maxResponseSize sets the limit.`,
  )
}

/** Node's flat list of names and values as pairs, names in lower case. */
function pairsOf(raw) {
  const pairs = []
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at].toLowerCase()
    if (name !== 'content-encoding') pairs.push([name, raw[at + 1]])
  }
  return pairs
}

module.exports = { viaAgentOf }
