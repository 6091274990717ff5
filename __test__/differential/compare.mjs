/*
 * Where two records differ.
 *
 * A difference is named by the place of the value in the record: `requests[0].body.client.level`. Lists of different
 * length differ as a whole, and so do requests of different lines, and outcomes of different kinds.
 */

import { isDeepStrictEqual } from 'node:util'

/** @returns {{ field: string, reference: unknown, ours: unknown }[]} */
export function differences(reference, ours, field = '') {
  if (isDeepStrictEqual(reference, ours)) return []
  if (isList(reference) && isList(ours) && reference.length === ours.length) {
    return reference.flatMap((item, at) => differences(item, ours[at], `${field}[${at}]`))
  }
  if (isRecord(reference) && isRecord(ours) && kindOf(reference) === kindOf(ours)) {
    const names = new Set([...Object.keys(reference), ...Object.keys(ours)])
    return [...names].flatMap((name) =>
      differences(reference[name], ours[name], field ? `${field}.${name}` : name),
    )
  }
  return [{ field, reference, ours }]
}

const OUTCOMES = ['resolves', 'rejects', 'throws', 'returns']
const kindOf = (record) => record.line ?? OUTCOMES.find((kind) => kind in record)

const isList = Array.isArray
const isRecord = (value) => typeof value === 'object' && value !== null && !isList(value)
