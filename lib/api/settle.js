'use strict'

/* From bytes to an answer in axios's shape, or to the error that its status is. */

const { Readable } = require('node:stream')

const { hidden, statusError } = require('./errors.js')
const { AxiosHeaders } = require('./headers.js')

/**
 * `{ status, statusText, headers: [[name, value]…], body }` as the config's `responseType` wants it; where it is an error, without
 * the client's secrets.
 */
function settled(received, config, client) {
  const { status, statusText } = received
  const isSuccess = !config.validateStatus || config.validateStatus(status)
  const { headers, body } = isSuccess ? received : client._redactAnswer(received.headers, received.body)
  const response = { data: dataOf(body, config.responseType), status, statusText, headers: headersOf(headers) }
  hidden(response, { config, request: requestOf(config, client) })
  if (isSuccess) return response
  throw statusError(response, config)
}

const requestOf = (config, client) => ({ path: client._redact(String(config.url)), method: config.method.toUpperCase() })

function dataOf(body, type) {
  if (type === 'arraybuffer') return body
  if (type === 'stream') return Readable.from([body])
  if (type === 'blob') return new Blob([body])
  return body.toString()
}

/** Cookies as a list, everything else that is repeated joined by commas. */
function headersOf(pairs) {
  const headers = new AxiosHeaders()
  for (const [name, value] of pairs) {
    const before = headers[name]
    if (name === 'set-cookie') headers[name] = [...(before ?? []), value]
    else headers[name] = before === undefined ? value : `${before}, ${value}`
  }
  return headers
}

module.exports = { settled }
