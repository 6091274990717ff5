/*
 * Where two records differ, and which of the differences are listed.
 *
 * A difference is named by the place of the value in the record: `requests[0].body.client.level`. Lists of different
 * length differ as a whole.
 */

import { isDeepStrictEqual } from 'node:util'

/** @returns {{ field: string, reference: unknown, ours: unknown }[]} */
export function differences(reference, ours, field = '') {
  if (isDeepStrictEqual(reference, ours)) return []
  if (isList(reference) && isList(ours) && reference.length === ours.length) {
    return reference.flatMap((item, at) => differences(item, ours[at], `${field}[${at}]`))
  }
  if (isRecord(reference) && isRecord(ours)) {
    const names = new Set([...Object.keys(reference), ...Object.keys(ours)])
    return [...names].flatMap((name) =>
      differences(reference[name], ours[name], field ? `${field}.${name}` : name),
    )
  }
  return [{ field, reference, ours }]
}

const isList = Array.isArray
const isRecord = (value) => typeof value === 'object' && value !== null && !isList(value)

/** The list of exceptions, which notices whether each of them is still needed. */
export class Exceptions {
  #all
  #used = new Set()

  /** @param {import('./exceptions/rule.mjs').Exception[]} all */
  constructor(all) {
    this.#all = all
  }

  /** The differences between two records that no exception excuses. */
  unexcused({ name, label, version }, reference, ours) {
    const about = this.#all.filter(
      (exception) => isAbout(exception, name, label, version) && (exception.when?.(reference, ours) ?? true),
    )
    return differences(reference, ours).filter(({ field }) => {
      const excusing = about.filter((exception) => {
        const place = placeIn(exception, field)
        return place !== undefined && place.holds(at(reference, place.field), at(ours, place.field))
      })
      for (const exception of excusing) this.#note(exception, name, label, version, field)
      return excusing.length === 0
    })
  }

  /** What is listed and does not differ (any more), in words. */
  unneeded() {
    return this.#all.flatMap((exception) => {
      const of = (what) => (this.#used.has(keyOf(exception, what)) ? [] : [`${what}: ${exception.because}`])
      const calls = Object.entries(exception.calls).flatMap(([name, labels]) =>
        exception.versions.flatMap((version) =>
          labels === '*'
            ? of(`${name} (${version})`)
            : labels.flatMap((label) => of(`${name}: ${label} (${version})`)),
        ),
      )
      return [...calls, ...Object.keys(exception.differs).flatMap(of)]
    })
  }

  #note(exception, name, label, version, field) {
    const place = Object.keys(exception.differs).find((pattern) => prefixOf(pattern, field))
    const listed = exception.calls[name] ? name : '*'
    const used = [`${listed} (${version})`, `${listed}: ${label} (${version})`, place]
    for (const what of used) this.#used.add(keyOf(exception, what))
  }
}

const ids = new Map()
const keyOf = (exception, what) => {
  if (!ids.has(exception)) ids.set(exception, ids.size)
  return `${ids.get(exception)} ${what}`
}

function isAbout({ versions, calls }, name, label, version) {
  const labels = calls[name] ?? calls['*']
  return versions.includes(version) && (labels === '*' || Boolean(labels?.includes(label)))
}

/** Which place of an exception a difference is in, and what has to hold there. */
function placeIn({ differs, follows }, field) {
  for (const [pattern, holds] of Object.entries({ ...differs, ...follows })) {
    const found = prefixOf(pattern, field)
    if (found !== undefined) return { field: found, holds }
  }
  return undefined
}

/** The part of a field's name that a pattern stands for, if it is that or something inside of it. */
function prefixOf(pattern, field) {
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\[\\]', '\\[\\d+\\]')
  return new RegExp(`^${source}(?=$|[.[])`).exec(field)?.[0]
}

/** The value at a place. */
function at(record, field) {
  return partsOf(field).reduce((value, part) => value?.[part], record)
}

/** Names hold blanks, and the word `JSON text`, but no dots. */
const partsOf = (field) => field.match(/[^.[\]]+/g) ?? []
