'use strict'

/*
 * A program's own SQL connection, of whichever library, asked in one manner.
 *
 * Owns what tells the libraries apart: the method that takes a statement, how parameters are marked and bound, and
 * how rows are answered. Knows no statement and no table.
 */

const { isDate } = require('node:util').types

/** What an object must have to be a connection, in words. */
const NEEDED = 'query, execute or prepare'

/** Whether statements can be run on it at all. */
function isConnection(database) {
  return ['query', 'execute', 'prepare'].some((method) => typeof database?.[method] === 'function')
}

/** How parameters may be marked, the likelier first: which it is, only the database can say. */
function marksOf(database) {
  return looksLikePostgres(database) ? ['$', '?'] : ['?', '$']
}

/** pg marks its clients by a method and its pools by their counts. */
const looksLikePostgres = (database) =>
  typeof database.escapeIdentifier === 'function' || 'totalCount' in database

/**
 * Runs a statement whose parameters are written `?`.
 *
 * @returns {Promise<{ rows: object[], changed: number }>} what was found, and how many rows were changed
 */
async function run(database, mark, sql, values) {
  const statement = mark === '$' ? numbered(sql) : sql
  if (typeof database.query === 'function') return asked(await database.query(statement, values))
  if (typeof database.execute === 'function') return asked(await database.execute(statement, values))
  return prepared(await database.prepare(statement), sql, values.map(bindable))
}

/** `a = ? AND b > ?` as `a = $1 AND b > $2`. */
function numbered(sql) {
  let number = 0
  return sql.replaceAll('?', () => `$${++number}`)
}

/** Rows alone (mariadb), beside their columns (mysql2) or in an object (pg). */
function asked(answer) {
  const found =
    Array.isArray(answer) && (Array.isArray(answer[0]) || 'affectedRows' in Object(answer[0]))
      ? answer[0]
      : answer
  const rows = Array.isArray(found) ? found : (found?.rows ?? [])
  return { rows, changed: found?.affectedRows ?? found?.rowCount ?? 0 }
}

/** SQLite in the manner of better-sqlite3 and of Node itself. */
async function prepared(statement, sql, values) {
  if (/^\s*select/i.test(sql)) return { rows: await statement.all(...values), changed: 0 }
  const { changes = 0 } = (await statement.run(...values)) ?? {}
  return { rows: [], changed: Number(changes) }
}

/** SQLite knows no dates; as text they compare as the dates do. */
const bindable = (value) => (isDate(value) ? value.toISOString() : value)

module.exports = { NEEDED, isConnection, marksOf, run }
