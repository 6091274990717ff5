/*
 * Whether the goals of a work are met. Ratios are those of the medians.
 */

import { GOALS } from '../goals.mjs'
import { median } from './numbers.mjs'

/** `[{ goal, subject, value, met }]` for what was measured; a goal whose numbers were not measured is left out. */
export function judged(work, series) {
  return GOALS.filter((goal) => goal.work === work).flatMap((goal) => {
    const subjects = [...new Set(series.map(({ subject }) => subject))]
    return subjects
      .filter((subject) => goal.subject?.test(subject) ?? true)
      .map((subject) => ({ goal, subject, value: valueOf(goal, subject, series) }))
      .filter(({ value }) => value !== null)
      .map((each) => ({ ...each, met: isMet(goal, each.value) }))
  })
}

const isMet = ({ atLeast = -Infinity, atMost = Infinity }, value) => value >= atLeast && value <= atMost

function valueOf({ metric, to }, subject, series) {
  const own = medianOf(series, subject, 'ours', metric)
  if (to === undefined || own === null) return own
  const [contender, other] = [to].flat()
  const theirs = medianOf(series, subject, contender, other ?? metric)
  return theirs === null ? null : own / theirs
}

function medianOf(series, subject, contender, metric) {
  const found = series.find((each) => each.subject === subject && each.contender === contender && each.metric === metric)
  return found ? median(found.rounds) : null
}
