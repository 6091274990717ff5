'use strict'

/*
 * The login limiter of 3.0 and later: five failures of one address and user within five minutes block that pair for
 * fifteen. A blocked login is answered like one with wrong credentials.
 */

const FAILURES = 5
const WINDOW_MS = 5 * 60_000
const BLOCK_MS = 15 * 60_000

class LoginLimiter {
  #now
  #failures = new Map()
  #blockedUntil = new Map()

  constructor(now) {
    this.#now = now
  }

  key(call, username) {
    const address = call.headers['x-real-ip'] ?? call.headers['x-forwarded-for'] ?? call.remoteAddress
    return `${address}|${username.trim().toLowerCase()}`
  }

  isBlocked(key) {
    return (this.#blockedUntil.get(key) ?? 0) > this.#now()
  }

  failed(key) {
    const recent = (this.#failures.get(key) ?? []).filter((at) => at > this.#now() - WINDOW_MS)
    recent.push(this.#now())
    this.#failures.set(key, recent)
    if (recent.length < FAILURES) return
    this.#failures.delete(key)
    this.#blockedUntil.set(key, this.#now() + BLOCK_MS)
  }

  succeeded(key) {
    this.#failures.delete(key)
    this.#blockedUntil.delete(key)
  }
}

module.exports = { LoginLimiter }
