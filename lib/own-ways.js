'use strict'

/*
 * A program's own ways for a client's requests: through `client.api` where that has been changed or a call has options of
 * its own, and by a `login` in the place of ours.
 *
 * Looked at when a call begins; the core then comes back here, as the caller, for what is the program's. What the core holds
 * of it beyond a call refers to the client weakly: a client that nobody uses any more goes.
 */

const { as, callerOf, tellCallersApart } = require('./caller.js')

class OwnWays {
  #client
  #api
  #watched
  #standing = {}
  #isOurs = false
  #isConnected = false
  #isThrough = false
  #hasLogin = false

  constructor(client) {
    this.#client = new WeakRef(client)
  }

  get api() {
    if (this.#api === undefined) this.#make()
    return this.#api
  }

  set api(instance) {
    this.#api = instance
    this.#isOurs = false
    this.#watched = { isStandIn: () => true, isTouched: () => true, acceptsAny: () => undefined }
    this.#standing = {}
  }

  /** Whether any certificate is good, where a plain agent says so or the opposite. */
  get acceptsAny() {
    return this.#watched?.acceptsAny()
  }

  /** Sees what the program has changed since the last call. */
  notice(hasOwnLogin) {
    if (hasOwnLogin !== this.#hasLogin) this.#useLogin(hasOwnLogin)
    if (this.#api !== undefined) this.#useApi(this.#watched.isTouched())
  }

  /**
   * A call with options that only `client.api` understands goes through it, by a caller who has them. What the core is to
   * know of them, and how to read what comes back.
   */
  withOptions(options) {
    if (options === undefined) return PLAIN
    const { responseType, ...others } = options ?? {}
    const isRaw = responseType !== undefined && responseType !== 'json'
    const isPlain = Object.keys(others).length === 0 && !(isRaw && this.#isThrough)
    if (isPlain && !isRaw) return PLAIN
    const read = (answer) => (isRaw ? readAs(answer, responseType) : answer)
    if (isPlain) return { options: BYTES, read }
    this.#connect()
    const bytes = isRaw ? BYTES : {}
    return { options: { ...bytes, caller: callerOf(this.#client.deref(), { ...others, ...bytes }) }, read }
  }

  #make() {
    const { createApi } = require('./api')
    const { watch } = require('./api/touched.js')
    this.#api = createApi(this.#client.deref())
    this.#watched = watch(this.#api)
    this.#isOurs = true
    // Without the session and the token: the core says which of them a request is to carry.
    const { Cookie: _, Authorization: __, ...standing } = this.#api.defaults.headers
    this.#standing = standing
  }

  #useApi(isTouched) {
    const client = this.#client.deref()
    if (isTouched) client._tryOwnRoutes(this.#watched.isStandIn())
    if (isTouched === this.#isThrough) return
    if (isTouched) this.#connect()
    else client._tryOwnRoutes(false)
    client._useHost(isTouched)
    this.#isThrough = isTouched
  }

  #connect() {
    if (this.#isConnected) return
    this.#isConnected = true
    const { bridge } = require('./api/bridge.js')
    const ways = new WeakRef(this)
    tellCallersApart(this.#client.deref())
    this.#client.deref()._setHost(bridge(() => ways.deref().#state()))
  }

  #state() {
    return { api: this.api, isOurs: this.#isOurs, isStandIn: this.#watched.isStandIn(), standing: this.#standing }
  }

  #useLogin(hasOwnLogin) {
    this.#hasLogin = hasOwnLogin
    const client = this.#client
    const login = (caller, force) =>
      as(caller, async () => {
        try {
          await client.deref().login(force)
          return { message: '' }
        } catch (error) {
          return { thrown: () => error, message: String(error?.message ?? error) }
        }
      })
    tellCallersApart(client.deref())
    client.deref()._setLogin(hasOwnLogin ? login : null)
  }
}

const BYTES = { responseType: 'arraybuffer' }

/** A call without options of its own. */
const PLAIN = { options: undefined, read: (answer) => answer }

function readAs(bytes, type) {
  if (type === 'stream') return require('node:stream').Readable.from([bytes])
  if (type === 'blob') return new Blob([bytes])
  return type === 'text' ? bytes.toString() : bytes
}

module.exports = { OwnWays }
