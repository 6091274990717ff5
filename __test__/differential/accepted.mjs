/*
 * What differs from the reference on purpose: `accepted.json`, by reason, call and place exactly what stands there with this
 * package. Whatever is there and not listed, or listed and not there, is found.
 *
 * A call is `method: label`, followed by ` (version)` where it comes to something else on the other versions. After a
 * change that is meant, `node __test__/differential/write.mjs` writes the file anew.
 */

import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'

import { differences } from './compare.mjs'

export const FILE = new URL('./accepted.json', import.meta.url)

/** By reason, by call, by place. */
export const ACCEPTED = JSON.parse(readFileSync(FILE, 'utf8'))

export const REASONS = Object.keys(ACCEPTED)

/** What stands in a report where nothing differs. */
const THE_SAME = '(the same in both)'

export class Accepted {
  #rows = new Map()
  #made = new Set()

  /** @param {string[]} calls - All calls that are made, with their versions: what is listed of others is out of date. */
  constructor(accepted, calls) {
    const versionsOf = grouped(calls, withoutVersion)
    for (const [because, byCall] of Object.entries(accepted)) {
      for (const [listed, places] of Object.entries(byCall)) {
        for (const call of versionsOf.get(listed) ?? [listed]) this.#add(call, places, because)
      }
    }
  }

  /** Where two records of a call differ in another way than is listed: the place, both values, and the listed one. */
  unlisted({ call, expected, ours }) {
    this.#made.add(call)
    const rows = new Map(this.#rows.get(call))
    const others = differences(expected, ours).filter((difference) => {
      const row = rows.get(difference.field)
      rows.delete(difference.field)
      difference.listed = row?.value
      return !row || !isDeepStrictEqual(asJson(difference.ours), row.value)
    })
    const alike = [...rows.values()].map(({ field, value }) => ({ field, reference: THE_SAME, ours: THE_SAME, listed: value }))
    return [...others, ...alike]
  }

  /** The calls that are listed and not made. */
  unneeded() {
    return [...this.#rows.keys()].filter((call) => !this.#made.has(call))
  }

  /** Why a place of a call differs, as far as that is known. */
  reasonFor(call, field) {
    const rows = this.#rows.get(call)
    return rows?.get(field)?.because ?? rows?.values().next().value?.because
  }

  #add(call, places, because) {
    const rows = this.#rows.get(call) ?? new Map()
    for (const [field, value] of Object.entries(places)) rows.set(field, { field, value, because })
    this.#rows.set(call, rows)
  }
}

export function grouped(items, keyOf) {
  const groups = new Map()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

export const withoutVersion = (call) => call.replace(/ \((\d+\.\d+\.\d+|HEAD)\)$/, '')

/** A value as a file can hold it. */
export const asJson = (value) => JSON.parse(JSON.stringify(value, named))

/** What JSON has no text for, by name. */
function named(_, value) {
  return value === undefined || typeof value === 'function' || Number.isNaN(value) ? `<${value === undefined ? 'nothing' : typeof value}>` : value
}

