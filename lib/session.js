'use strict'

/*
 * Session managers and stores as programs see them.
 *
 * Owns the adapters between the core, which moves sessions as JSON text, and what a program brought: its own Redis
 * connection, its own SQL connection, its own functions. How long a session is good for and under which key it is
 * kept are rules of the core.
 */

const native = require('./native.js')
const { as, tellCallersApart } = require('./caller.js')
const { concealAll, shown } = require('./concealed.js')
/** Loaded when there is a database. */
const lazily = {
  get sql() {
    return require('./sql.js')
  },
}

/** What every store can do. Extend it to bring your own. */
class SessionStore {
  /** @returns {Promise<object|null>} what is kept under `key` */
  async get(_key) {
    throw new Error('get method must be implemented')
  }

  /** Keeps `value` for `ttl` seconds. */
  async set(_key, _value, _ttl) {
    throw new Error('set method must be implemented')
  }

  /** Forgets what is kept under `key`. */
  async delete(_key) {
    throw new Error('delete method must be implemented')
  }

  /** Forgets everything. */
  async clear() {
    throw new Error('clear method must be implemented')
  }

  /** @returns {Promise<boolean>} whether something is kept under `key` */
  async exists(key) {
    return (await this.get(key)) !== null
  }
}

/** A connection is not found by who looks through a store: it knows its password. */
const holds = (store, name, connection) =>
  Object.defineProperty(store, name, { value: connection, writable: true, configurable: true, enumerable: false })

concealAll(SessionStore, (store) => shown({ ...store }))

/** Sessions in this process's memory: the default. Keeps no process alive. */
class MemorySessionStore extends SessionStore {
  #kept = new native.MemorySessionStore()

  async get(key) {
    return this.#kept.peek(key)
  }

  async set(key, value, ttl = 3600) {
    this.#kept.put(key, value, ttl)
  }

  async delete(key) {
    this.#kept.remove(key)
  }

  async clear() {
    this.#kept.removeAll()
  }

  getStats() {
    const keys = this.#kept.keys()
    return { size: keys.length, keys, connected: true }
  }

  /** For the client, which uses the native store without a detour. */
  static nativeOf(store) {
    return store.constructor === MemorySessionStore ? store.#kept : null
  }
}

/** Sessions in Redis, through the program's own connection (ioredis, or node-redis 4 and newer). */
class RedisSessionStore extends SessionStore {
  constructor(redis, options = {}) {
    super()
    holds(this, 'redis', redis)
    this.keyPrefix = options.keyPrefix || '3xui:session:'
    this.defaultTTL = options.defaultTTL || 3600
  }

  async get(key) {
    const text = await this.redis.get(this.keyPrefix + key)
    return text ? parsed(text) : null
  }

  async set(key, value, ttl = this.defaultTTL) {
    const text = JSON.stringify(value)
    const seconds = Math.ceil(ttl)
    if (!(seconds > 0)) return void (await this.redis.set(this.keyPrefix + key, text))
    // ioredis and node-redis 3 say setex, node-redis 4 and newer setEx.
    const setex = this.redis.setex ?? this.redis.setEx
    await setex.call(this.redis, this.keyPrefix + key, seconds, text)
  }

  async delete(key) {
    await this.redis.del(this.keyPrefix + key)
  }

  async clear() {
    const keys = await this.redis.keys(`${this.keyPrefix}*`)
    if (keys.length > 0) await this.redis.del(keys)
  }

  async exists(key) {
    return Number(await this.redis.exists(this.keyPrefix + key)) === 1
  }

  async getStats() {
    const keys = await this.redis.keys(`${this.keyPrefix}*`)
    return { size: keys.length, keys: keys.map((key) => key.slice(this.keyPrefix.length)), connected: true }
  }
}

/** The tables a database store knows by itself: the one of the guide, and the one of the original library. */
const TABLES = [
  { tableName: 'xui_sessions', keyColumn: 'id', valueColumn: 'session_data', expiresColumn: 'expires_at' },
  { tableName: 'sessions', keyColumn: 'session_key', valueColumn: 'session_data', expiresColumn: 'expires_at' },
]

/** Sessions in a SQL table, through the program's own connection: MySQL, MariaDB, PostgreSQL, SQLite. */
class DatabaseSessionStore extends SessionStore {
  #candidates
  #table
  #mark

  constructor(database, options = {}) {
    super()
    holds(this, 'db', database)
    this.defaultTTL = options.defaultTTL || 3600
    const named = Object.keys(TABLES[1]).some((name) => options[name])
    this.#candidates = named ? [{ ...TABLES[1], ...options }] : TABLES
  }

  /** The statement that makes a table for sessions, understood by MySQL, PostgreSQL and SQLite. */
  static getCreateTableSQL(tableName = 'sessions') {
    return [
      `CREATE TABLE IF NOT EXISTS ${tableName} (`,
      '  session_key VARCHAR(255) PRIMARY KEY,',
      '  session_data TEXT NOT NULL,',
      '  expires_at TIMESTAMP NULL,',
      '  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP',
      ')',
    ].join('\n')
  }

  async get(key) {
    const { tableName, keyColumn, valueColumn, expiresColumn } = await this.#findTable()
    const rows = await this.#query(
      `SELECT ${valueColumn} FROM ${tableName} WHERE ${keyColumn} = ? ` +
        `AND (${expiresColumn} IS NULL OR ${expiresColumn} > ?)`,
      [key, new Date()],
    )
    if (rows.length === 0) return null
    const kept = rows[0][valueColumn]
    return typeof kept === 'string' ? parsed(kept) : kept
  }

  async set(key, value, ttl = this.defaultTTL) {
    const { tableName, keyColumn, valueColumn, expiresColumn } = await this.#findTable()
    // The guide's table demands an end, so "without an end" is a day far away.
    const expires = ttl > 0 ? new Date(Date.now() + ttl * 1000) : new Date('2037-12-31T00:00:00Z')
    // Delete and insert are understood by every SQL database; each has its own words for doing both at once.
    await this.#query(`DELETE FROM ${tableName} WHERE ${keyColumn} = ?`, [key])
    await this.#query(
      `INSERT INTO ${tableName} (${keyColumn}, ${valueColumn}, ${expiresColumn}) VALUES (?, ?, ?)`,
      [key, JSON.stringify(value), expires],
    )
  }

  async delete(key) {
    const { tableName, keyColumn } = await this.#findTable()
    await this.#query(`DELETE FROM ${tableName} WHERE ${keyColumn} = ?`, [key])
  }

  async clear() {
    const { tableName } = await this.#findTable()
    await this.#query(`DELETE FROM ${tableName}`)
  }

  /** Deletes what has expired; returns how many rows, where the database tells. */
  async cleanupExpired() {
    const { tableName, expiresColumn } = await this.#findTable()
    const text = `DELETE FROM ${tableName} WHERE ${expiresColumn} <= ?`
    return (await lazily.sql.run(this.db, this.#mark, text, [new Date()])).changed
  }

  async getStats() {
    const { tableName, keyColumn } = await this.#findTable()
    const rows = await this.#query(`SELECT ${keyColumn} FROM ${tableName}`)
    return { size: rows.length, keys: rows.map((row) => row[keyColumn]), connected: true }
  }

  /** Which table is there, and how parameters are marked; asked once, and again after a failure. */
  #findTable() {
    this.#table ??= this.#probe().catch((error) => {
      this.#table = undefined
      throw error
    })
    return this.#table
  }

  async #probe() {
    let failure
    for (const mark of lazily.sql.marksOf(this.db)) {
      for (const { tableName, keyColumn, ...more } of this.#candidates) {
        try {
          await lazily.sql.run(this.db, mark, `SELECT ${keyColumn} FROM ${tableName} WHERE ${keyColumn} = ?`, [''])
          this.#mark = mark
          return { tableName, keyColumn, ...more }
        } catch (error) {
          failure ??= error
        }
      }
    }
    throw failure
  }

  async #query(text, values = []) {
    return (await lazily.sql.run(this.db, this.#mark, text, values)).rows
  }
}

/** Sessions kept by the program's own functions. */
class CustomSessionHandler extends SessionStore {
  constructor(handlers) {
    super()
    this.getSession = handlers.getSession
    this.setSession = handlers.setSession
    this.deleteSession = handlers.deleteSession
    this.validateSession = handlers.validateSession
  }

  async get(key) {
    return (await this.getSession(key)) ?? null
  }

  async set(key, value, ttl) {
    await this.setSession(key, value, ttl)
  }

  async delete(key) {
    await this.deleteSession?.(key)
  }

  /** Whether a session is good, by the program's own word or by its being there. */
  async validate(key) {
    try {
      return this.validateSession ? await this.validateSession(key) : (await this.get(key)) !== null
    } catch {
      return false
    }
  }
}

/** A store and its rules. */
class SessionManager {
  constructor(options = {}) {
    this.sessionTTL = options.sessionTTL || options.defaultTTL || 3600
    this.autoRefresh = options.autoRefresh !== false
    this.refreshThreshold = options.refreshThreshold || 0.8
    this.store = storeFor(options)
  }

  generateSessionKey(baseURL, username) {
    return native.SessionRules.keyOf(baseURL, username)
  }

  async storeSession(baseURL, username, sessionData) {
    const key = this.generateSessionKey(baseURL, username)
    await this.store.set(key, { ...sessionData, createdAt: Date.now(), baseURL, username }, this.sessionTTL)
    return key
  }

  async getSession(baseURL, username) {
    return this.store.get(this.generateSessionKey(baseURL, username))
  }

  async hasValidSession(baseURL, username) {
    const session = await this.getSession(baseURL, username)
    return Boolean(session) && !(this.autoRefresh && this.shouldRefreshSession(session))
  }

  shouldRefreshSession(session) {
    return !session.createdAt || !native.SessionRules.isFresh(session.createdAt, Date.now(), policyOf(this))
  }

  async deleteSession(baseURL, username) {
    await this.store.delete(this.generateSessionKey(baseURL, username))
  }

  async clearAllSessions() {
    await this.store.clear?.()
  }

  /** What is kept, and whether the store could be reached. */
  async getStats() {
    if (typeof this.store.getStats === 'function') return this.store.getStats()
    await this.store.get(this.generateSessionKey('', ''))
    return { message: 'Statistics not available for this store type', connected: true }
  }
}

concealAll(SessionManager, (manager) => ({ ...shown({ ...manager }), store: manager.store instanceof SessionStore ? manager.store : shown(manager.store) }))

/** The store that the options of a manager mean. `type` decides where it is given, the connection where it is not. */
function storeFor(options) {
  const { type, store, redis, redisOptions, database, databaseOptions, customHandler, custom } = options
  // Names may stand beside `type`, as well as in the store's own options.
  const { keyPrefix, tableName, keyColumn, valueColumn, expiresColumn, defaultTTL } = options
  const ttl = { defaultTTL: options.sessionTTL || defaultTTL }
  if (type === 'memory') return new MemorySessionStore()
  if (store) return store
  if (redis && (!type || type === 'redis')) return new RedisSessionStore(redis, { ...ttl, keyPrefix, ...redisOptions })
  if (database && (!type || type === 'database')) {
    if (!lazily.sql.isConnection(database)) throw lacking(`the database has no ${lazily.sql.NEEDED}`)
    return new DatabaseSessionStore(database, { ...ttl, ...given({ tableName, keyColumn, valueColumn, expiresColumn }), ...databaseOptions })
  }
  const handlers = customHandler ?? custom
  if (handlers && (!type || type === 'custom')) {
    const missing = ['getSession', 'setSession'].filter((name) => typeof handlers[name] !== 'function')
    if (missing.length > 0) throw lacking(`the customHandler has no ${missing.join(' and no ')}`)
    return new CustomSessionHandler(handlers)
  }
  if (type) throw lacking(`type '${type}' needs ${needs[type] ?? 'to be memory, redis, database or custom'}`)
  return new MemorySessionStore()
}

/** The members that have a value. */
const given = (names) => Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined))

const lacking = (what) => new TypeError(`Invalid sessionManager: ${what}`)

const needs = {
  redis: 'the connection as redis',
  database: 'the connection as database',
  custom: 'getSession, setSession and deleteSession in customHandler',
}

/** What a store keeps, read; refused unread where it is longer than any session. */
function parsed(text) {
  refuseLong(text)
  return JSON.parse(text)
}

function refuseLong(text) {
  if (typeof text === 'string' && text.length > LONGEST) throw new RangeError(`The store keeps ${text.length} characters in the place of a session`)
}

const LONGEST = native.SessionRules.longest()

/** The members of a session, and of what is known of its panel; a store may keep more beside them. */
const MEMBERS = ['cookie', 'csrfToken', 'createdAt', 'baseURL', 'username', 'proof']
const OF_PANEL = ['csrf', 'oldest', 'newest', 'probed', 'guid']

/** A session as the core takes it. */
function textOf(session) {
  if (typeof session !== 'object' || session === null) return null
  return JSON.stringify({ ...picked(session, MEMBERS), panel: picked(session.panel, OF_PANEL) })
}

function picked(object, names) {
  if (typeof object !== 'object' || object === null) return undefined
  const values = names.map((name) => [name, object[name]])
  for (const [, value] of values) refuseLong(value)
  return Object.fromEntries(values.filter(([, value]) => typeof value !== 'object'))
}

/** The three functions through which the core uses a store of JavaScript, each as a caller: text in, text out. */
function adapterOf(store) {
  return {
    get: (caller, key) => as(caller, async () => textOf(await store.get(key))),
    set: (caller, key, text, ttl) => as(caller, async () => void (await store.set(key, JSON.parse(text), ttl))),
    delete: (caller, key) => as(caller, async () => void (await store.delete(key))),
  }
}

/** A manager's rules, without its store: that may hold a connection, which is not for the core. */
function policyOf({ sessionTTL, autoRefresh, refreshThreshold }) {
  return { sessionTTL, autoRefresh, refreshThreshold }
}

/** What the native client takes for a manager's store. One of the program's own is called as whoever makes a call. */
function nativeStoreOf(manager, client) {
  const ours = manager.store instanceof MemorySessionStore ? MemorySessionStore.nativeOf(manager.store) : null
  if (ours) return ours
  tellCallersApart(client)
  return adapterOf(manager.store)
}

module.exports = {
  SessionManager,
  SessionStore,
  MemorySessionStore,
  RedisSessionStore,
  DatabaseSessionStore,
  CustomSessionHandler,
  createSessionManager: (options = {}) => new SessionManager(options),
  createMemoryStore: () => new MemorySessionStore(),
  createRedisStore: (redis, options) => new RedisSessionStore(redis, options),
  createDatabaseStore: (database, options) => new DatabaseSessionStore(database, options),
  createCustomHandler: (handlers) => new CustomSessionHandler(handlers),
  nativeStoreOf,
  policyOf,
}
