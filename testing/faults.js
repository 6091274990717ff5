'use strict'

/*
 * Trouble on demand: answers other than the panel's own, broken connections, and delay.
 */

class Faults {
  #queued = []
  #delayMs = 0

  /** The next `times` requests that match are answered so instead. */
  failNext({ method, path, times = 1, ...fault } = {}) {
    this.#queued.push({ method: method?.toUpperCase(), path, times, fault })
  }

  /** Every answer waits this long from now on. */
  delay(ms) {
    this.#delayMs = ms
  }

  /** Waits as long as answers are to wait. */
  async hold() {
    if (this.#delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.#delayMs))
  }

  /** The trouble meant for this request, or null. */
  take(method, url) {
    const queued = this.#queued.find((each) => isFor(each, method, url))
    if (!queued) return null
    queued.times -= 1
    if (queued.times <= 0) this.#queued = this.#queued.filter((each) => each !== queued)
    const { destroy = false, status = 200, body = '', headers = {} } = queued.fault
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const type = headers['content-type'] ?? (typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8')
    return { destroy, answer: { status, type, body: text, headers } }
  }
}

function isFor({ method, path }, wantedMethod, url) {
  if (method !== undefined && method !== wantedMethod) return false
  if (path === undefined) return true
  return path instanceof RegExp ? path.test(url) : url.split('?')[0].endsWith(path)
}

module.exports = { Faults }
