'use strict'

/*
 * What a client sends, told to whoever asked for it: one line a request, without secrets.
 *
 * Owns who is told: the function given as `debug`, or standard error with `debug: true` or `NODE_DEBUG=3xui`. What a
 * line says is the core's.
 */

const { debuglog } = require('node:util')

const log = debuglog('3xui')

/** The listener that a client's options ask for; null for none, and then nothing is put into words. */
function listenerFor({ debug } = {}) {
  if (typeof debug === 'function') return (line) => void debug(line)
  if (debug === true) return (line) => void process.stderr.write(`3xui ${line}\n`)
  return log.enabled ? (line) => log('%s', line) : null
}

module.exports = { listenerFor }
