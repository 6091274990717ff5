'use strict'

/*
 * Trouble on demand: answers other than the panel's own, broken connections, and delay.
 */

class Faults {
  #queued = []
  #delayMs = 0
  #held = new Set()

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
  // `search` takes no notice of where a global expression found its last match.
  return path instanceof RegExp ? url.search(path) !== -1 : url.split('?')[0].endsWith(path)
}

module.exports = { Faults }
