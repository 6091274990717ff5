/*
 * Whether what was held stays where it is: the last quarter beside the second one. In the first one pools fill and the
 * compiler works.
 */

import { quantile } from '../lib/numbers.mjs'

/**
 * How much more may be held at the end. Memory goes up and down with what is just being read, by half of it: what is
 * compared is what is left in the quieter moments, the lower quartile.
 */
const MOST = { rss: 1.1, descriptors: 1.1, threads: 1.1 }
const LABELS = { rss: 'resident memory, MB', descriptors: 'descriptors', threads: 'threads' }

const MB = 2 ** 20
const shown = { rss: (value) => (value / MB).toFixed(0), descriptors: String, threads: String }

/** One sentence for each thing that is wrong. */
export function judged(seen, { unexpected }) {
  const grown = Object.entries(MOST)
    .map(([name, most]) => ({ name, most, ...quarters(seen, name) }))
    .filter(({ most, second, last }) => last > second * most)
    .map(({ name, second, last }) => `${LABELS[name]}: ${shown[name](second)} in the second quarter, ${shown[name](last)} in the last`)
  return [...grown, ...unexpected.map((error) => `Nobody expects this: ${error}`)]
}

/** The figures, as a table for a page. */
export function table(seen, { calls, failed, workers }) {
  const rows = Object.keys(MOST).map((name) => {
    const { second, last, most } = quarters(seen, name)
    return `| ${LABELS[name]} | ${[second, last, most].map(shown[name]).join(' | ')} |`
  })
  const counts = `${calls.toLocaleString('en')} calls, of which ${failed.toLocaleString('en')} failed as they were to, and ${workers} workers`
  return [`${counts}:`, '', '| held | second quarter | last quarter | most |', '|---|--:|--:|--:|', ...rows].join('\n')
}

function quarters(seen, name) {
  const end = seen.at(-1)?.at ?? 0
  const between = (from, to) => seen.filter(({ at }) => at >= end * from && at <= end * to).map((look) => look[name])
  const low = (values) => quantile(values.sort((a, b) => a - b), 0.25)
  return { second: low(between(0.25, 0.5)), last: low(between(0.75, 1)), most: Math.max(...seen.map((look) => look[name])) }
}
