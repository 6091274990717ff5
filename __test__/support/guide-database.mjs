/*
 * A SQL connection as programs bring it (`query(sql, values)` in the manner of mysql2), over tables in memory that
 * are made by a schema's CREATE TABLE statements.
 *
 * It is as strict as a database: an unknown table or column, a missing value, a second row with the same key are
 * errors. It reads the little SQL that keeping sessions takes. Must not know: who asks.
 */

/** A database with the tables of `schema`, and on top what an ORM would add for the table `clients`. */
export function databaseOf(schema) {
  const tables = tablesOf(schema)
  return {
    query: async (sql, values = []) => execute(tables, sql.trim(), values),
    clients: modelOf(tableNamed(tables, 'clients')),
    /** The rows of a table, for a look from outside. */
    rowsOf: (name) => tableNamed(tables, name).rows,
  }
}

/** One whose server is gone. */
export function brokenDatabase(reason) {
  return {
    async query() {
      throw new Error(reason)
    },
  }
}

function tablesOf(schema) {
  const statements = [...schema.matchAll(/^CREATE TABLE (\w+) \((.*?)\n\);/gms)]
  const empty = ([, name, lines]) => [name, { name, columns: columnsOf(lines), rows: [], next: 1 }]
  return new Map(statements.map(empty))
}

function columnsOf(lines) {
  const columns = [...lines.matchAll(/^\s*(\w+) (\w+)(?:\(([^)]*)\))?(.*?),?$/gm)]
  return new Map(columns.map(([, name, type, size, rest]) => [name, columnOf(type, size, rest)]))
}

function columnOf(type, size, rest) {
  const unique = /PRIMARY KEY|UNIQUE/.test(rest)
  return {
    length: type === 'VARCHAR' ? Number(size) : Infinity,
    isTime: type === 'TIMESTAMP',
    unique,
    required: /NOT NULL|PRIMARY KEY/.test(rest),
    numbered: rest.includes('AUTO_INCREMENT'),
    touched: rest.includes('ON UPDATE CURRENT_TIMESTAMP'),
    initial: initialOf(rest.match(/DEFAULT (\S+)/)?.[1]),
  }
}

function initialOf(written) {
  if (written === undefined) return () => null
  if (written === 'CURRENT_TIMESTAMP') return () => new Date()
  return () => (written.startsWith("'") ? written.slice(1, -1) : Number(written))
}

const STATEMENTS = [
  [/^SELECT (.+?) FROM (\w+)(?: WHERE (.+))?$/is, select],
  [/^INSERT INTO (\w+) \((.+?)\) VALUES \(([?,\s]+)\)$/is, insert],
  [/^DELETE FROM (\w+)(?: WHERE (.+))?$/is, remove],
]

function execute(tables, sql, values) {
  for (const [pattern, run] of STATEMENTS) {
    const found = sql.match(pattern)
    if (found) return run(tables, found.slice(1), values)
  }
  throw sqlError('ER_PARSE_ERROR', `You have an error in your SQL syntax near '${sql}'`)
}

function select(tables, [list, name, condition], values) {
  const table = tableNamed(tables, name)
  const names = list.split(',').map((column) => columnNamed(table, column.trim()))
  const rows = table.rows.filter(conditionOf(table, condition, values))
  return [rows.map((row) => Object.fromEntries(names.map((column) => [column, row[column]]))), names]
}

function insert(tables, [name, list], values) {
  const table = tableNamed(tables, name)
  const names = list.split(',').map((column) => columnNamed(table, column.trim()))
  addRow(table, Object.fromEntries(names.map((column, at) => [column, values[at]])))
  return [{ affectedRows: 1 }, undefined]
}

function remove(tables, [name, condition], values) {
  const table = tableNamed(tables, name)
  const isGone = conditionOf(table, condition, values)
  const before = table.rows.length
  table.rows = table.rows.filter((row) => !isGone(row))
  return [{ affectedRows: before - table.rows.length }, undefined]
}

const SIGNS = { '=': '===', '>': '>', '<=': '<=', '(': '(', ')': ')' }
const WORDS = { AND: '&&', OR: '||', IS: '==', NULL: 'null' }

/** The condition as a JavaScript expression over `row`. */
function conditionOf(table, condition, values) {
  if (!condition) return () => true
  let placeholder = 0
  const expression = condition.match(/<=|[=>()?]|\w+/g).map((word) => {
    if (word === '?') return `values[${placeholder++}]`
    return SIGNS[word] ?? WORDS[word.toUpperCase()] ?? `row.${columnNamed(table, word)}`
  })
  const matches = new Function('row', 'values', `return ${expression.join(' ')}`)
  return (row) => matches(row, values)
}

function addRow(table, given) {
  const row = {}
  for (const [name, column] of table.columns) {
    const value = given[name] ?? (column.numbered ? table.next++ : column.initial())
    row[name] = checked(table, name, value)
  }
  table.rows.push(row)
}

function checked(table, name, value) {
  const column = table.columns.get(name)
  if (value === null && column.required) {
    throw sqlError('ER_NO_DEFAULT_FOR_FIELD', `Field '${name}' doesn't have a default value`)
  }
  if (String(value).length > column.length) {
    throw sqlError('ER_DATA_TOO_LONG', `Data too long for column '${name}'`)
  }
  if (value !== null && column.isTime && Number.isNaN(new Date(value).getTime())) {
    throw sqlError('ER_TRUNCATED_WRONG_VALUE', `Incorrect datetime value: '${value}' for column '${name}'`)
  }
  if (column.unique && table.rows.some((row) => row[name] === value)) {
    throw sqlError('ER_DUP_ENTRY', `Duplicate entry '${value}' for key '${table.name}.${name}'`)
  }
  return value
}

/** What an ORM makes of a table: members in camel case, and those that are no columns are passed over. */
function modelOf(table) {
  const columnsIn = (values) => {
    const named = Object.entries(values).map(([name, value]) => [snakeCase(name), value])
    return Object.fromEntries(named.filter(([name]) => table.columns.has(name)))
  }
  return {
    async create(values) {
      addRow(table, columnsIn(values))
      return table.rows.at(-1)
    },
    async update(where, values) {
      const wanted = Object.entries(columnsIn(where))
      const rows = table.rows.filter((row) => wanted.every(([name, value]) => row[name] === value))
      for (const row of rows) Object.assign(row, touched(table), columnsIn(values))
      return [rows.length]
    },
  }
}

const snakeCase = (name) => name.replace(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`)

function touched(table) {
  const names = [...table.columns].filter(([, column]) => column.touched).map(([name]) => name)
  return Object.fromEntries(names.map((name) => [name, new Date()]))
}

function tableNamed(tables, name) {
  if (!tables.has(name)) throw sqlError('ER_NO_SUCH_TABLE', `Table '${name}' doesn't exist`)
  return tables.get(name)
}

function columnNamed(table, name) {
  if (table.columns.has(name)) return name
  throw sqlError('ER_BAD_FIELD_ERROR', `Unknown column '${name}' in '${table.name}'`)
}

const sqlError = (code, message) => Object.assign(new Error(message), { code })
