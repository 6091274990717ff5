'use strict'

/* From bytes to an answer in axios's shape, or to the error that its status is. */

const { Readable } = require('node:stream')

const { hidden, statusError } = require('./errors.js')
const { AxiosHeaders } = require('./headers.js')

/** `{ status, statusText, headers: [[name, value]…], body }` as the config's `responseType` wants it. */
function settled({ status, statusText, headers, body }, config) {
  const response = { data: dataOf(body, config.responseType), status, statusText, headers: headersOf(headers) }
  hidden(response, { config, request: { path: config.url, method: config.method.toUpperCase() } })
  if (!config.validateStatus || config.validateStatus(status)) return response
  throw statusError(response, config)
}

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
