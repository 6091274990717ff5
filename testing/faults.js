'use strict'

/*
 * Trouble on demand: answers other than the panel's own, broken connections, refused batches, and delay. What becomes
 * of writes that meet is in writes.js.
 */

const { empty } = require('./wire/answer')

class Faults {
  #queued = []
  #delayMs = 0
  #held = new Set()
  #largestBatch

  constructor({ largestBatch = Infinity } = {}) {
    this.#largestBatch = largestBatch
  }

  /** The next `times` requests that match are answered so instead. */
  failNext({ method, path, times = 1, ...fault } = {}) {
    this.#queued.push({ method: method?.toUpperCase(), path, times, fault })
  }

  /** Every answer waits this long from now on; those that wait already are let go. */
  delay(ms) {
    this.#delayMs = ms
    this.release()
  }

  /** Waits as long as answers are to wait. */
  async hold() {
    if (this.#delayMs === 0) return
    await new Promise((resolve) => {
      const letGo = () => {
        clearTimeout(timer)
        this.#held.delete(letGo)
        resolve()
      }
      const timer = setTimeout(letGo, this.#delayMs)
      this.#held.add(letGo)
    })
  }

  /** Lets go whatever waits. */
  release() {
    for (const letGo of [...this.#held]) letGo()
  }

  /** The answer to a request that names more clients than the panel is to bear, or null. */
  refusal(call) {
    return this.#largestBatch < Infinity && clientsNamed(call) > this.#largestBatch ? empty(500) : null
  }

  /** The trouble meant for this request, or null. */
  take(method, url) {
    const queued = this.#queued.find((each) => isFor(each, method, url))
    if (!queued) return null
    queued.times -= 1
    if (queued.times <= 0) this.#queued = this.#queued.filter((each) => each !== queued)
    const { destroy = false, applied = false, ...answer } = queued.fault
    const keepsAnswer = applied && answer.status === undefined && answer.body === undefined
    return { destroy, applied, answer: keepsAnswer ? null : answerOf(answer) }
  }
}

function answerOf({ status = 200, body = '', headers = {} }) {
  const isText = typeof body === 'string'
  const type = headers['content-type'] ?? (isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8')
  return { status, type, body: isText ? body : JSON.stringify(body), headers }
}

/** How many clients a write says it is about. */
function clientsNamed({ method, isJson, body }) {
  if (method !== 'POST' || !isJson) return 0
  try {
    const sent = JSON.parse(body)
    if (Array.isArray(sent)) return sent.length
    const { clients } = typeof sent.settings === 'string' ? JSON.parse(sent.settings) : (sent.settings ?? {})
    return (sent.emails ?? clients ?? []).length
  } catch {
    return 0
  }
}

function isFor({ method, path }, wantedMethod, url) {
  if (method !== undefined && method !== wantedMethod) return false
  if (path === undefined) return true
  // `search` takes no notice of where a global expression found its last match.
  return path instanceof RegExp ? url.search(path) !== -1 : url.split('?')[0].endsWith(path)
}

module.exports = { Faults }
