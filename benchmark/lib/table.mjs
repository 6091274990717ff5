/*
 * Results in words: tables and sentences, for the terminal and for the page.
 */

import { METRICS } from './metrics.mjs'
import { median } from './numbers.mjs'

/** One table a subject: a line a contender, a column a metric. */
export function tablesOf(series) {
  return unique(series, 'subject').map((subject) => {
    const own = series.filter((each) => each.subject === subject)
    const metrics = unique(own, 'metric')
    const rows = unique(own, 'contender').map((contender) => [
      contender,
      ...metrics.map((metric) => shown(own.find((each) => each.contender === contender && each.metric === metric))),
    ])
    return { subject, head: ['', ...metrics.map((metric) => METRICS[metric].label)], rows }
  })
}

const unique = (series, member) => [...new Set(series.map((each) => each[member]))]
const shown = (series) => (series ? METRICS[series.metric].show(median(series.rounds)) : '')

/** The tables for a terminal. */
export function table(series) {
  return tablesOf(series).map(({ subject, head, rows }) => `${subject}\n${aligned([head, ...rows])}\n`).join('\n')
}

function aligned(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  const cell = (text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]))
  return lines.map((line) => `  ${line.map(cell).join('   ')}`).join('\n')
}

/** The tables for a page. */
export function markdown(series) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return tablesOf(series)
    .map(({ subject, head, rows }) =>
      [line([subject, ...head.slice(1)]), `|---|${head.slice(1).map(() => '--:|').join('')}`, ...rows.map(line)].join('\n'),
    )
    .join('\n\n')
}

/** One sentence a goal. */
export function verdicts(judgements) {
  return judgements.map((judgement) => `  ${judgement.met ? 'met   ' : 'MISSED'}  ${sentenceOf(judgement)}`)
}

export function sentenceOf({ goal, subject, value, met }) {
  return `${subject}: ${nameOf(goal)} ${amount(value)}, wanted ${boundOf(goal)}${met ? '' : ` (${gap(goal, value)})`}`
}

export function nameOf({ metric, to }) {
  const [contender, other] = [to].flat()
  if (contender === undefined) return METRICS[metric].label
  return `${METRICS[metric].label}, ours to ${other ? METRICS[other].label : contender}`
}

export function boundOf({ atLeast, atMost }) {
  return atLeast === undefined ? `at most ${amount(atMost)}` : `at least ${amount(atLeast)}`
}

function gap({ atLeast, atMost }, value) {
  const factor = atLeast === undefined ? value / atMost : atLeast / value
  return `missed by a factor of ${amount(factor)}`
}

/** Ratios below one as fractions, which is how they are wanted. */
export function amount(value) {
  return value > 0 && value < 0.4 ? `1/${Number((1 / value).toPrecision(3))}` : String(Number(value.toPrecision(3)))
}
