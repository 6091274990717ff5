/*
 * Every way to say where sessions are kept, over stand-ins in memory that are as strict as the real thing.
 *
 * Must not know: what a session is, or what a test expects of it.
 */

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { databaseOf } from './guide-database.mjs'
import { ioredis, nodeRedis } from './guide-redis.mjs'

/** The life of a session, where a setting names one. */
export const SECONDS = 3600

const GUIDE_TABLE = `CREATE TABLE xui_sessions (
    id VARCHAR(255) PRIMARY KEY,
    session_data TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL
);`
const OWN_TABLE = `CREATE TABLE logins (
    panel VARCHAR(255) PRIMARY KEY,
    content TEXT NOT NULL,
    good_until TIMESTAMP NOT NULL
);`
const CLIENTS_TABLE = `\nCREATE TABLE clients (
    id INTEGER PRIMARY KEY
);`
const ORIGINAL_TABLE = GUIDE_TABLE.replace('xui_sessions', 'sessions').replace('    id ', '    session_key ')

/** Functions that keep sessions, as a program writes them. */
export function ownFunctions() {
  const kept = new Map()
  return {
    kept,
    getSession: async (key) => kept.get(key) ?? null,
    setSession: async (key, session) => void kept.set(key, session),
    deleteSession: async (key) => void kept.delete(key),
  }
}

/** A setting of each kind, and how many sessions are kept there. */
export const STORES = {
  'node-redis': () => {
    const redis = nodeRedis()
    return { setting: { redis }, kept: async () => (await redis.keys('*')).length }
  },
  'ioredis, named by its type': () => {
    const redis = ioredis()
    return { setting: { type: 'redis', redis, defaultTTL: SECONDS }, kept: async () => (await redis.keys('*')).length }
  },
  'the table of the guide': () => sqlStore(guideTable(), 'xui_sessions'),
  'the table of the original': () => sqlStore(databaseOf(ORIGINAL_TABLE + CLIENTS_TABLE), 'sessions'),
  'a table with names of its own': () =>
    sqlStore(databaseOf(OWN_TABLE + CLIENTS_TABLE), 'logins', {
      tableName: 'logins',
      keyColumn: 'panel',
      valueColumn: 'content',
      expiresColumn: 'good_until',
    }),
  'a database that answers rows alone': () => answering((rows) => rows),
  'a database that answers rows in an object': () => answering((rows) => ({ rows, rowCount: rows.length })),
  'PostgreSQL': () => foreign((database) => ({ escapeIdentifier: String, query: numbered(database) })),
  'PostgreSQL behind a wrapper': () => foreign((database) => ({ query: numbered(database) })),
  'a connection that only executes': () => foreign((database) => ({ execute: database.query })),
  'SQLite with prepared statements': () => foreign((database) => ({ prepare: preparedOn(database) })),
  'functions of its own': () => {
    const functions = ownFunctions()
    return { setting: { customHandler: functions }, kept: async () => functions.kept.size }
  },
  'functions of its own, named by their type': () => {
    const functions = ownFunctions()
    return { setting: { type: 'custom', custom: functions }, kept: async () => functions.kept.size }
  },
}

/** A database with the guide's table. It answers as mysql2 does: what was found, and beside it the columns. */
export const guideTable = () => databaseOf(GUIDE_TABLE + CLIENTS_TABLE)

/** The guide's table behind a connection that answers in another manner. */
function answering(inItsManner) {
  const database = guideTable()
  const query = async (sql, values) => {
    const [found] = await database.query(sql, values)
    return Array.isArray(found) ? inItsManner(found) : found
  }
  const setting = { type: 'database', database: { query } }
  return { setting, kept: async () => database.rowsOf('xui_sessions').length }
}

/** The guide's table behind a connection of another library. */
function foreign(connectionTo) {
  const database = guideTable()
  return { setting: { database: connectionTo(database) }, kept: async () => database.rowsOf('xui_sessions').length }
}

/** As pg asks: `$1` for a parameter, rows in an object. A question mark is a syntax error. */
const numbered = (database) => async (sql, values) => {
  if (sql.includes('?')) throw new Error('syntax error at end of input')
  const [found] = await database.query(sql.replace(/\$\d+/g, '?'), values)
  return Array.isArray(found) ? { rows: found, rowCount: found.length } : { rows: [], rowCount: found.affectedRows }
}

/** As better-sqlite3 asks: text, numbers and null for parameters, `all` for rows only and `run` for the rest. */
const preparedOn = (database) => (sql) => {
  const bound = (values) => {
    if (values.some((value) => typeof value === 'object' && value !== null))
      throw new TypeError('SQLite3 can only bind numbers, strings, bigints, buffers, and null')
    return values.map((value) => (/^\d{4}-.+Z$/.test(value) ? new Date(value) : value))
  }
  return {
    async all(...values) {
      if (!/^select/i.test(sql)) throw new TypeError('This statement does not return data. Use run() instead')
      return (await database.query(sql, bound(values)))[0]
    },
    async run(...values) {
      const [{ affectedRows }] = await database.query(sql, bound(values))
      return { changes: affectedRows }
    },
  }
}

function sqlStore(database, table, databaseOptions) {
  const setting = { type: 'database', database, defaultTTL: SECONDS, databaseOptions }
  return { setting, kept: async () => database.rowsOf(table).length }
}

/** A panel that ends with the test. */
export async function panelFor(t, version = 'HEAD') {
  const panel = await startPanel({ version })
  t.after(() => panel.close())
  return panel
}

/** A client that keeps its sessions there, and that waits for nothing between two logins. */
export const clientOf = (panel, sessionManager, options) =>
  new ThreeXUI(panel.url, 'admin', 'admin', { sessionManager, loginRetryBackoff: 0, ...options })
