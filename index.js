'use strict'

/*
 * The package's face: a table of contents.
 */

const ThreeXUI = require('./lib/client.js')
const errors = require('./lib/errors.js')
const session = require('./lib/session.js')

module.exports = ThreeXUI
module.exports.default = ThreeXUI
module.exports.ThreeXUI = ThreeXUI

module.exports.SessionManager = session.SessionManager
module.exports.createSessionManager = session.createSessionManager

module.exports.ThreeXUIError = errors.ThreeXUIError
module.exports.AuthenticationError = errors.AuthenticationError
module.exports.LoginRateLimitError = errors.LoginRateLimitError
module.exports.ValidationError = errors.ValidationError
module.exports.NotFoundError = errors.NotFoundError
module.exports.UnsupportedByPanelError = errors.UnsupportedByPanelError
module.exports.TimeoutError = errors.TimeoutError
module.exports.NetworkError = errors.NetworkError
module.exports.TlsError = errors.TlsError
module.exports.PanelError = errors.PanelError
