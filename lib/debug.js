'use strict'

/*
 * What a client sends, told to whoever asked for it: one line a request, without secrets, in the async context of the call
 * that it is sent for.
 *
 * Owns who is told: the function given as `debug`, or standard error with `debug: true` or `NODE_DEBUG=3xui`. What a
 * line says is the core's.
 */

const { debuglog } = require('node:util')

const { as } = require('./caller.js')

const log = debuglog('3xui')

/** The listener that a client's options ask for; null for none, and then nothing is put into words. */
function listenerFor({ debug } = {}) {
  if (typeof debug === 'function') return toldBy(debug)
  if (debug === true) return (_, line) => void process.stderr.write(`3xui ${line}\n`)
  return log.enabled ? (_, line) => log('%s', line) : null
}

/** One that fails has no call to fail: it is warned of, once, and the program goes on. */
function toldBy(debug) {
  let isWarned = false
  const tell = async (line) => {
    try {
      await debug(line)
    } catch (error) {
      if (isWarned) return
      isWarned = true
      const message = `The function given as debug failed: ${error?.message ?? error}`
      process.emitWarning(message, { code: 'THREEXUI_DEBUG', detail: error?.stack })
    }
  }
  return (caller, line) => as(caller, () => tell(line))
}

module.exports = { listenerFor }
