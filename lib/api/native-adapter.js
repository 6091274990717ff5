'use strict'

/* Sends one request of `client.api` by the native core: its connections, its TLS, its decompression. */

const { isAnyArrayBuffer } = require('node:util').types

const { needsReading, read } = require('../body.js')
const { upgrade } = require('../errors.js')
const { hidden } = require('./errors.js')
const { settled } = require('./settle.js')
const { urlOf } = require('./url.js')

const FOR_EVER_MS = 30 * 24 * 3_600_000

/** An adapter in axios's sense: from a config to a promise of an answer. */
const nativeAdapterOf = (client) =>
  async function native(config) {
    const { data, headers } = await bodyOf(config)
    let received
    try {
      received = await client._exchange(config.method, urlOf(config), headers, data, config.timeout || FOR_EVER_MS)
    } catch (error) {
      throw hidden(upgrade(error, native), { config, request: undefined })
    }
    return settled(received, config, client)
  }

/** The bytes that leave, and the headers with them. */
async function bodyOf(config) {
  const headers = { 'Accept-Encoding': 'gzip', ...config.headers.toJSON() }
  if (config.data === undefined || config.data === null) return { data: undefined, headers }
  const given = needsReading(config.data) ? await read(config.data, headers) : { data: config.data, headers }
  return { data: bytesOf(given.data), headers: given.headers }
}

function bytesOf(data) {
  if (Buffer.isBuffer(data)) return data
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  return Buffer.from(isAnyArrayBuffer(data) ? data : String(data))
}

module.exports = { bytesOf, bodyOf, nativeAdapterOf }
