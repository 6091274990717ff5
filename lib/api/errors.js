'use strict'

/*
 * Errors of requests that went through `client.api`: the library's own classes in axios's shape.
 *
 * `config` and `request` are there to be read and are not shown: they hold the session and, at a login, the password.
 */

const { NotFoundError, PanelError, ThreeXUIError } = require('../errors.js')

/** A request that its caller gave up. */
class CanceledError extends ThreeXUIError {}
Object.defineProperty(CanceledError.prototype, 'name', { value: 'CanceledError', writable: true, configurable: true })
Object.defineProperty(CanceledError.prototype, '__CANCEL__', { value: true })

function hidden(object, members) {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false })
  }
  return object
}

/** The answer has a status that the request does not take for a success. */
function statusError(response, config) {
  const { status } = response
  const error = new (status === 404 ? NotFoundError : PanelError)(`Request failed with status code ${status}`)
  error.code = status >= 500 ? 'ERR_BAD_RESPONSE' : 'ERR_BAD_REQUEST'
  error.status = status
  // Whoever prints the error does not print a session.
  response.headers.delete('set-cookie')
  error.response = response
  return hidden(error, { config, request: response.request })
}

function canceled(config) {
  const error = new CanceledError('canceled')
  error.code = 'ERR_CANCELED'
  return hidden(error, { config, request: undefined })
}

module.exports = { CanceledError, canceled, hidden, statusError }
