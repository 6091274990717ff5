'use strict'

/*
 * A table: rows with a running number as `id`, in the order of their making.
 *
 * Rows are found by a member without looking at all of them; who changes such a member of a row says so (`touched`).
 */

class Rows {
  #rows = []
  #lastId = 0
  /** By the name of a member: the rows by its value, in their order. */
  #byMember = new Map()

  all() {
    return [...this.#rows]
  }

  where(test) {
    return this.#rows.filter(test)
  }

  first(test) {
    return this.#rows.find(test) ?? null
  }

  byId(id) {
    return this.first((row) => row.id === id)
  }

  /** The first row whose member of that name has the value. */
  firstWith(name, value) {
    return this.allWith(name, value)[0] ?? null
  }

  /** All of them. */
  allWith(name, value) {
    if (!this.#byMember.has(name)) this.#byMember.set(name, grouped(this.#rows, name))
    return this.#byMember.get(name).get(value) ?? []
  }

  /** A member that rows are found by has changed. */
  touched() {
    this.#byMember.clear()
  }

  /** Adds a row and gives it back with its id. */
  add(row) {
    this.#lastId += 1
    const added = { ...row, id: this.#lastId }
    this.#rows.push(added)
    for (const [name, rows] of this.#byMember) put(rows, added[name], added)
    return added
  }

  remove(test) {
    const left = this.#rows.filter((row) => !test(row))
    if (left.length === this.#rows.length) return
    this.#rows = left
    this.touched()
  }

  /** Puts a row where the one with its id is, or back where there is none any more. */
  save(row) {
    const at = this.#rows.findIndex(({ id }) => id === row.id)
    if (at === -1) this.#rows.push(row)
    else this.#rows[at] = row
    this.touched()
  }

  /** The rows as they are now, untouched by later changes. */
  copy() {
    return this.#rows.map((row) => ({ ...row }))
  }

  /** Makes these the rows of the table, and gives those it had. */
  swap(rows) {
    const before = this.#rows
    this.#rows = rows
    this.touched()
    return before
  }

  /** Lets an id go unused. */
  skipId() {
    this.#lastId += 1
  }

  /** Starts counting ids from one again, as an emptied table of a newest panel does. */
  restartIds() {
    this.#lastId = 0
  }
}

function grouped(rows, name) {
  const groups = new Map()
  for (const row of rows) put(groups, row[name], row)
  return groups
}

function put(groups, value, row) {
  const group = groups.get(value)
  if (group) group.push(row)
  else groups.set(value, [row])
}

module.exports = { Rows }
