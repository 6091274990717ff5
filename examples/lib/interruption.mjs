/*
 * Being told to stop: by Ctrl-C, by a signal, or by whoever read our output and went away (`npm start | head`).
 *
 * The first time, the call in flight comes to its end and everything after it is for leaving in order. The second
 * time the process ends at once.
 */

import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** A terminal gives Ctrl-C to npm and to us, and npm hands its own on to us: that is one and the same. */
const SAME_MS = 500

export class Interrupted extends Error {
  constructor() {
    super('Interrupted')
  }
}

export class Interruption {
  /** The exit code that says what told us to stop; null as long as nothing has. */
  code = null
  #firstAt = 0
  #texts

  /** @param {{ first: string, second: string }} texts - What is said the first and the second time. */
  constructor(texts) {
    this.#texts = texts
  }

  /** Listens until the returned function is called. */
  listen() {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal)
    // These stay: later output would end the process otherwise.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => this.#stop('SIGPIPE'))
    return () => {
      for (const signal of SIGNALS) process.off(signal, this.#onSignal)
    }
  }

  /** Goes on with a call's result, unless told to stop meanwhile. */
  async during(call) {
    const result = await call
    if (this.code !== null) throw new Interrupted()
    return result
  }

  #onSignal = (signal) => {
    if (this.code === null) {
      this.#firstAt = performance.now()
      console.error(`\n${this.#texts.first}`)
      this.#stop(signal)
    } else if (performance.now() - this.#firstAt > SAME_MS) {
      console.error(`\n${this.#texts.second}`)
      process.exit(this.code)
    }
  }

  #stop(signal) {
    this.code ??= 128 + constants.signals[signal]
  }
}
