'use strict'

/*
 * A table: rows with a running number as `id`, in the order of their making.
 */

class Rows {
  #rows = []
  #lastId = 0

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

  /** Adds a row and gives it back with its id. */
  add(row) {
    this.#lastId += 1
    const added = { ...row, id: this.#lastId }
    this.#rows.push(added)
    return added
  }

  remove(test) {
    this.#rows = this.#rows.filter((row) => !test(row))
  }

  /** Puts a row where the one with its id is, or back where there is none any more. */
  save(row) {
    const at = this.#rows.findIndex(({ id }) => id === row.id)
    if (at === -1) this.#rows.push(row)
    else this.#rows[at] = row
  }

  /** The rows as they are now, untouched by later changes. */
  copy() {
    return this.#rows.map((row) => ({ ...row }))
  }

  /** Makes these the rows of the table, and gives those it had. */
  swap(rows) {
    const before = this.#rows
    this.#rows = rows
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

module.exports = { Rows }
