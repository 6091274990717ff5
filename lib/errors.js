'use strict'

/*
 * The classes of errors, and the last step of an error on its way out.
 *
 * The native core makes plain errors that a member of theirs tells the class of. Here they get it, together with a stack that
 * names the caller: an error made on another thread has none. Rules and wording are the core's. What a function of the
 * program itself threw goes on as it is.
 */

const { isNativeError } = require('node:util').types

const { once } = require('./once.js')

/** The member by which an error of the core is known, and its class. */
const CLASS = '3xui class'

/** The member that gives what a function of the program's threw. */
const THROWN = '3xui thrown'

/** Anything that goes wrong with the panel; the shape is axios's, which programs already read. */
class ThreeXUIError extends Error {
  /** What a log needs: no body, no credentials. */
  toJSON() {
    const { name, message, code, status, outcome, config } = this
    const { method, url, baseURL } = (typeof config?.toJSON === 'function' ? config.toJSON() : config) ?? {}
    return { name, message, code, status, outcome, config: config && { method, url, baseURL } }
  }
}

/** The panel refused the credentials or the token. */
class AuthenticationError extends ThreeXUIError {}
/** Too many logins were sent within the hour; this one was not. */
class LoginRateLimitError extends ThreeXUIError {}
/** An argument breaks a rule, `field` tells which; nothing was sent. */
class ValidationError extends ThreeXUIError {}
/** What was named does not exist on the panel. */
class NotFoundError extends ThreeXUIError {}
/** What was to be changed has been changed by somebody else; nothing was written. */
class ConflictError extends ThreeXUIError {}
/** This panel's version cannot do it. */
class UnsupportedByPanelError extends ThreeXUIError {}
/** No answer within the time limit. */
class TimeoutError extends ThreeXUIError {}
/** The panel could not be reached, or the connection broke. */
class NetworkError extends ThreeXUIError {}
/** The TLS connection could not be made. */
class TlsError extends ThreeXUIError {}
/** The panel answered with an error, or with something that is no answer. */
class PanelError extends ThreeXUIError {}

const classes = {
  AuthenticationError,
  LoginRateLimitError,
  ValidationError,
  NotFoundError,
  ConflictError,
  UnsupportedByPanelError,
  TimeoutError,
  NetworkError,
  TlsError,
  PanelError,
}

for (const [name, Class] of Object.entries(classes)) {
  Object.defineProperty(Class.prototype, 'name', { value: name, writable: true, configurable: true })
}
Object.defineProperty(ThreeXUIError.prototype, 'isAxiosError', { value: true, writable: true, configurable: true })

/** Whether an error is as the core makes it. It may be of another context's `Error`: in a test runner there is more than one. */
const isOfTheCore = (error) => isNativeError(error) && Object.hasOwn(error, CLASS)

/**
 * Gives an error of the core its class and its stack; gives back what a program's own function threw; leaves all others
 * as they are.
 *
 * @param {unknown} error - What was caught.
 * @param {Function} [below] - The stack begins below this function.
 * @returns {unknown} What is to be thrown.
 */
function upgrade(error, below = upgrade) {
  if (!isOfTheCore(error)) return error
  const { [CLASS]: name, [THROWN]: thrown } = error
  if (thrown) return thrown()
  delete error[CLASS]
  if (classes[name]) Object.setPrototypeOf(error, classes[name].prototype)
  Error.captureStackTrace(error, below)
  return error
}

/** Calls a native function; what it throws gets its class, and a stack that begins below `below`. */
function checked(call, below) {
  try {
    return call()
  } catch (error) {
    throw upgrade(error, below)
  }
}

module.exports = once('errors', () => ({ ThreeXUIError, ...classes, upgrade, checked, isOfTheCore }))
