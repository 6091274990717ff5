'use strict'

/*
 * Functions that programs put before requests and behind answers, by axios's names and rules: those before run from the
 * last to the first, those behind from the first to the last.
 */

class InterceptorManager {
  constructor() {
    // The original has one of its own in the first place: the numbers that programs get begin with 1.
    this.handlers = [null]
  }

  use(fulfilled, rejected, options = {}) {
    this.handlers.push({ fulfilled, rejected, synchronous: options.synchronous ?? false, runWhen: options.runWhen ?? null })
    return this.handlers.length - 1
  }

  eject(id) {
    if (this.handlers[id]) this.handlers[id] = null
  }

  clear() {
    this.handlers = [null]
  }

  forEach(visit) {
    for (const handler of this.handlers) if (handler) visit(handler)
  }

  /** Whether nobody has put anything here. */
  get isEmpty() {
    return !this.handlers.some(Boolean)
  }
}

module.exports = { InterceptorManager }
