'use strict'

/*
 * Sessions: the cookies a panel has given out, and the CSRF tokens in them.
 *
 * A real panel keeps all of it in the signed cookie, so logging out forgets nothing on the server; neither do we.
 * `expireAll` is what a new login epoch or a new secret does to a real one.
 */

const { randomBytes } = require('node:crypto')

const NAME = '3x-ui'

class Sessions {
  #facts
  #basePath
  #now
  #byCookie = new Map()

  constructor(basePath, now) {
    this.#basePath = basePath
    this.#now = now
  }

  /** Goes on with the sessions of the panel that was here before, where it wrote them in a way that this one reads. */
  startAs(facts) {
    if (this.#facts && this.#facts.sessionKind !== facts.sessionKind) this.expireAll()
    this.#facts = facts
  }

  /** The session whose cookie the call carries, or null. */
  of(call) {
    return this.#byCookie.get(call.cookie(NAME)) ?? null
  }

  /** A new session with a cookie of its own. */
  open({ user = null, csrf = null }) {
    const cookie = `${randomBytes(96).toString('base64url')}==`
    this.#byCookie.set(cookie, { user, csrf })
    return this.#setCookie(cookie, this.#facts.sessionMinutes * 60)
  }

  /** What tells a browser to forget its cookie. */
  deletion() {
    return this.#setCookie('', 0)
  }

  newCsrfToken() {
    return randomBytes(32).toString('base64url')
  }

  expireAll() {
    this.#byCookie.clear()
  }

  rotateCsrf() {
    for (const session of this.#byCookie.values()) if (session.csrf) session.csrf = this.newCsrfToken()
  }

  #setCookie(value, maxAge) {
    const path = this.#facts.cookieBelowBasePath ? this.#basePath : '/'
    const expires = new Date(maxAge === 0 ? 1000 : this.#now() + maxAge * 1000).toUTCString()
    return `${NAME}=${value}; Path=${path}; Expires=${expires}; Max-Age=${maxAge}; HttpOnly${this.#facts.sameSiteCookie ? '; SameSite=Lax' : ''}`
  }
}

module.exports = { Sessions }
