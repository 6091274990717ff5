'use strict'

/*
 * Who makes a call: the async context that it is made in, for whatever of the program's own is called for it.
 *
 * The native side carries the function made here along with the call, hands it back with all that it asks of JavaScript, and
 * so keeps alive what the call needs. Where one piece of work serves several calls, as a login does, it is done as the caller
 * that started it.
 */

const { AsyncResource } = require('node:async_hooks')

/** A function that does work as whoever makes a call of this client now; the work is told the client and the call's options. */
function callerOf(client, options) {
  // And no snapshot of an AsyncLocalStorage: async hooks, which tracing libraries use, see resources only.
  const resource = new AsyncResource('ThreeXUICall')
  return (work) => resource.runInAsyncScope(work, undefined, client, options)
}

/** From now on each call of this client keeps its caller: it calls functions of the program's. */
function tellCallersApart(client) {
  const held = new WeakRef(client)
  client._captureBy(() => callerOf(held.deref()))
}

/** Nobody's: the context in which the library was loaded. */
const outside = new AsyncResource('ThreeXUI')

/** Does work as a caller. A call that began before its client called anything has none, and is not taken for another's. */
const as = (caller, work) => (caller ? caller(work) : outside.runInAsyncScope(work))

module.exports = { callerOf, tellCallersApart, as }
