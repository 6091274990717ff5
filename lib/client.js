'use strict'

/*
 * The class that programs use: the native one with what only JavaScript can add.
 *
 * That is: properties programs assign to, calls through `this` so that overridden methods are respected, and errors
 * with their class and the caller's stack. No path and no field of the panel is known here.
 */

const native = require('../native.js')
const { upgrade, ValidationError } = require('./errors.js')
const { SessionManager, createSessionManager, nativeStoreOf, policyOf } = require('./session.js')

class ThreeXUI extends native.ThreeXUI {
  /** The value of `options.sessionManager` that is in force, to notice when a program assigns another. */
  #setting
  #manager

  constructor(baseURL, usernameOrOptions, password, options = {}) {
    try {
      super(baseURL, usernameOrOptions, password, options)
    } catch (error) {
      throw upgrade(error, ThreeXUI)
    }
    const inPlace = typeof usernameOrOptions === 'object' && usernameOrOptions !== null
    this.options = (inPlace ? usernameOrOptions : options) ?? {}
    this.#applySetting(this.options.sessionManager)
  }

  /** Where sessions are kept; assigning another takes effect on the next call. */
  get sessionManager() {
    this.#noticeSetting()
    return this.#manager
  }

  set sessionManager(manager) {
    this.#use(managerOf(manager))
    this.#setting = this.options?.sessionManager
  }

  async _request(method, path, data, extraHeaders, requestOptions) {
    this.#noticeSetting()
    try {
      return await super._request(method, path, data, extraHeaders, requestOptions)
    } catch (error) {
      throw upgrade(error)
    }
  }

  async login(forceRefresh = false) {
    this.#noticeSetting()
    try {
      return await super.login(Boolean(forceRefresh))
    } catch (error) {
      throw upgrade(error)
    }
  }

  async logout() {
    this.#noticeSetting()
    try {
      return await super.logout()
    } catch (error) {
      throw upgrade(error)
    }
  }

  async isSessionValid() {
    this.#noticeSetting()
    return super.isSessionValid()
  }

  /** What the session store keeps, and whether it could be reached. */
  async getSessionStats() {
    return this.sessionManager.getStats()
  }

  /** Forgets all sessions in the store, this client's too. */
  async clearAllSessions() {
    await this.sessionManager.clearAllSessions()
    this._dropSession()
  }

  async addClientWithCredentials(inboundId, protocol, options = {}) {
    try {
      const plan = this._planAdd(inboundId, protocol, options)
      const answer = await this.addModernClient(plan.body)
      this._concludeAdd(answer, plan)
      return { ...answer, credentials: plan.credentials, protocol }
    } catch (error) {
      throw upgrade(error)
    }
  }

  async updateClientWithCredentials(clientId, inboundId, options = {}) {
    try {
      this._checkUpdate(options)
      const inbound = await this.getInbound(inboundId)
      const email = this._emailOf(inbound, String(clientId), inboundId)
      const plan = this._planUpdate(email, await this.getClient(email), options)
      const answer = await this._request('post', plan.path, plan.body)
      return { ...answer, updatedOptions: plan.body, conversions: plan.conversions }
    } catch (error) {
      const { message } = error
      const details = 'updateClientWithCredentials failed - check client ID and inbound ID'
      return { success: false, message, msg: message, error: message, details }
    }
  }

  #noticeSetting() {
    const setting = this.options?.sessionManager
    if (setting !== this.#setting) this.#applySetting(setting)
  }

  /** A setting that is wrong stays one that has not been applied: every call says so until it is put right. */
  #applySetting(setting) {
    this.#use(managerOf(setting))
    this.#setting = setting
  }

  #use(manager) {
    this._useSessions(nativeStoreOf(manager), policyOf(manager))
    this.#manager = manager
  }
}

/** A manager as it is (one of a program's own class, too), one for a setting, and the usual one for none. */
function managerOf(given) {
  const isManager = given instanceof SessionManager || typeof given?.clearAllSessions === 'function'
  return isManager ? given : createSessionManager(given ?? {})
}

/*
 * What throws at once when an argument breaks a rule, as the original's do: methods that take a whole body, and those
 * that make no call. All others answer with a promise in any case, so that `.catch` sees everything.
 */
const THROWS_AT_ONCE = new Set([
  'addInbound',
  'updateInbound',
  'addClient',
  'updateClient',
  'addModernClient',
  'generateCredentials',
  'generateBulkCredentials',
  'generateUUID',
  'generatePassword',
  'generateIdentifier',
  'validateCredentials',
  'validateCredentialStrength',
  'getSecurityStats',
])

/*
 * Methods that check their arguments pass here on their way to the native one, so that what they throw has its class
 * and the caller's stack.
 */
for (const name of Object.getOwnPropertyNames(native.ThreeXUI.prototype)) {
  const descriptor = Object.getOwnPropertyDescriptor(native.ThreeXUI.prototype, name)
  const own = Object.hasOwn(ThreeXUI.prototype, name)
  if (own || name.startsWith('_') || typeof descriptor.value !== 'function') continue
  const method = descriptor.value
  const checked = {
    [name](...args) {
      try {
        return method.apply(this, args)
      } catch (thrown) {
        const error = upgrade(thrown, checked)
        if (error instanceof ValidationError && !THROWS_AT_ONCE.has(name)) return Promise.reject(error)
        throw error
      }
    },
  }[name]
  Object.defineProperty(ThreeXUI.prototype, name, { value: checked, writable: true, configurable: true })
}

module.exports = ThreeXUI
