/*
 * Writes `accepted.json` from what differs now. Look at the difference before committing it: whatever has become worse is
 * in there as well. What differs for the first time has no reason yet, and one has to be given in its place.
 */

import { writeFileSync } from 'node:fs'

import { ACCEPTED, Accepted, FILE, asJson, grouped, withoutVersion } from './accepted.mjs'
import { differences } from './compare.mjs'
import { EVERYTHING } from './everything.mjs'

const NO_REASON = ''

const written = {}
for (const [kind, make] of Object.entries(EVERYTHING)) {
  const pairs = await make()
  const listed = new Accepted(ACCEPTED[kind] ?? {}, pairs.map(({ call }) => call))
  written[kind] = onceForAllVersions(pairs.flatMap((pair) => rowsOf(pair, listed)), pairs)
}
writeFileSync(FILE, textOf(written))

/** The reasons for which a call differs, and the places of each. */
function rowsOf({ call, expected, ours }, listed) {
  const places = {}
  for (const { field, ours: value } of differences(expected, ours)) {
    const because = listed.reasonFor(call, field) ?? NO_REASON
    if (because === NO_REASON) console.error(`No reason yet: ${call}: ${field}`)
    ;(places[because] ??= {})[field] = asJson(value)
  }
  return Object.entries(places).map(([because, fields]) => ({ call, because, fields }))
}

/** By reason and call; without the version where a call comes to the same on all of its versions. */
function onceForAllVersions(rows, pairs) {
  const versions = grouped(pairs, ({ call }) => withoutVersion(call))
  const kept = {}
  for (const same of grouped(rows, ({ call, because }) => `${because}\n${withoutVersion(call)}`).values()) {
    const [{ because, call }] = same
    const isSame = new Set(same.map(({ fields }) => JSON.stringify(fields))).size === 1
    const isOnAll = isSame && same.length === versions.get(withoutVersion(call)).length
    const all = isOnAll ? [{ ...same[0], call: withoutVersion(call) }] : same
    for (const row of all) (kept[because] ??= {})[row.call] = row.fields
  }
  return kept
}

/** One line for each call. */
function textOf(kinds) {
  const lines = (byCall) => Object.entries(byCall).map(([call, fields]) => `      ${JSON.stringify(call)}: ${JSON.stringify(fields)}`)
  const reasons = (byReason) =>
    Object.keys(byReason)
      .toSorted()
      .map((because) => `    ${JSON.stringify(because)}: {\n${lines(byReason[because]).join(',\n')}\n    }`)
  return `{\n${Object.entries(kinds).map(([kind, byReason]) => `  "${kind}": {\n${reasons(byReason).join(',\n')}\n  }`).join(',\n')}\n}\n`
}
