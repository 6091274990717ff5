'use strict'

/*
 * `SecurityEnhancer`: the original's security helpers by their names. The rules behind them are the core's.
 */

const native = require('./native.js')
const { shown } = require('./concealed.js')
const { checked } = require('./errors.js')

/** Checks and conversions of what programs pass in. */
class InputValidator {
  /** An http or https URL without blanks around it and without a slash at its end. */
  static validateURL(url) {
    return checked(() => native.validated('url', url), InputValidator.validateURL)
  }

  static validateUsername(username) {
    return checked(() => native.validated('username', username), InputValidator.validateUsername)
  }

  static validatePassword(password) {
    return checked(() => native.validated('password', password), InputValidator.validatePassword)
  }

  static _validatePort(port) {
    return checked(() => native.validated('port', port), InputValidator._validatePort)
  }

  static _ensureJSONString(value) {
    if (value === null || value === undefined) return undefined
    return typeof value === 'string' ? value : JSON.stringify(value)
  }

  /** A copy of an inbound, checked, with its nested objects as JSON text. */
  static validateInboundConfig(config) {
    return checked(() => native.validated('inbound', config), InputValidator.validateInboundConfig)
  }

  /** A copy of a client's configuration, checked, with its settings as JSON text. */
  static validateClientConfig(config) {
    return checked(() => native.validated('client', config), InputValidator.validateClientConfig)
  }
}

class SecureHeaders {
  /** The headers that every request carries. */
  static getSecureHeaders(options = {}) {
    return native.secureHeaders(options)
  }
}

class CredentialSecurity {
  /** A short hash to put into a log in the place of a value. */
  static hashForLogging(value) {
    return native.hashedForLogging(String(value))
  }

  /** How strong a credential is, and what is wrong with it. */
  static validateCredentialStrength(credential, type = 'password') {
    return native.strengthOf(credential, type)
  }

  /** A random token in hexadecimal. */
  static generateSessionToken(bytes = 32) {
    return checked(() => native.newToken(bytes), CredentialSecurity.generateSessionToken)
  }
}

class ErrorSecurity {
  /** An error with the message alone. */
  static sanitizeError(error, _isDevelopment = false) {
    return new Error(native.redacted(String(error?.message || 'Unknown error')))
  }

  /** Writes an error to the console, without what identifies the account. */
  static logError(error, context = {}) {
    const { username, ...safe } = context
    if (username) safe.username = CredentialSecurity.hashForLogging(username)
    console.warn('[3xui-native] Error:', native.redacted(String(error?.message || error)), shown(safe))
  }
}

const SecurityEnhancer = {
  InputValidator,
  SecureHeaders,
  SecurityMonitor: native.SecurityMonitor,
  CredentialSecurity,
  ErrorSecurity,
}

module.exports = { SecurityEnhancer }
