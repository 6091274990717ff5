/*
 * Which charts there are, and what is in them.
 */

import { METRICS } from './metrics.mjs'
import { median } from './numbers.mjs'
import { bars, curves } from './svg.mjs'

/** @returns {{ work: string, name: string, title: string, svg: string }[]} */
export function charts({ works }) {
  return CHARTS.filter(({ work }) => works[work]).map(({ work, name, draw, ...about }) => ({
    work,
    name,
    title: about.title,
    svg: draw(about, works[work].series),
  }))
}

const CHARTS = [
  {
    work: 'small',
    name: 'small',
    title: 'A small reply, 64 on their way at once',
    metrics: ['requests', 'main', 'cpu', 'rss'],
    without: ['wrk'],
    draw: drawBars,
  },
  { work: 'latency', name: 'latency', title: 'A small reply, one call after the other', metrics: ['median', 'p99'], draw: drawBars },
  { work: 'large', name: 'large', title: 'Large replies', metrics: ['main'], draw: drawBars },
  { work: 'flows', name: 'flows', title: 'A thousand clients with credentials', metrics: ['total'], draw: drawBars },
  {
    work: 'curves',
    name: 'in-flight',
    title: 'What a call costs, by how many are on their way at once',
    subject: /^getNode, ([\d,]+) at once/,
    x: 'calls on their way at once',
    draw: drawCurves,
  },
  {
    work: 'curves',
    name: 'clients',
    title: 'What a call costs, by how many clients the reply names',
    subject: /^getInbounds, ([\d,]+) client/,
    x: 'clients on the inbound',
    draw: drawCurves,
  },
]

function drawBars({ title, metrics, without = [] }, series) {
  const wanted = series.filter(({ metric, contender }) => metrics.includes(metric) && !without.includes(contender))
  const keys = [...new Set(wanted.map(({ subject, metric }) => `${subject}\n${metric}`))]
  const subjects = new Set(wanted.map(({ subject }) => subject))
  const groups = keys.map((key) => {
    const [subject, metric] = key.split('\n')
    const own = wanted.filter((each) => each.subject === subject && each.metric === metric)
    const { label, show } = METRICS[metric]
    return {
      label: subjects.size > 1 ? `${subject}: ${label}` : label,
      bars: own.map(({ contender, rounds }) => ({
        label: contender,
        value: median(rounds),
        shown: show(median(rounds)) + lossOf(series, subject, contender),
      })),
    }
  })
  return bars({ title, groups })
}

/** What a bar has to say where less was done than ours did. */
function lossOf(series, subject, contender) {
  const stored = (who) => series.find((each) => each.subject === subject && each.contender === who && each.metric === 'stored')
  const [own, theirs] = [stored('ours'), stored(contender)].map((found) => found && median(found.rounds))
  return own > theirs ? `, ${theirs} stored` : ''
}

function drawCurves({ title, subject, x }, series) {
  const points = series
    .filter((each) => each.metric === 'main' && subject.test(each.subject))
    .map(({ subject: name, contender, rounds }) => ({ contender, at: Number(subject.exec(name)[1].replaceAll(',', '')), value: median(rounds) }))
  const values = [...new Set(points.map(({ at }) => at))]
  const contenders = [...new Set(points.map(({ contender }) => contender))]
  const of = (label) => ({ label, values: values.map((at) => points.find((point) => point.contender === label && point.at === at).value) })
  return curves({ title, x: { label: x, values }, y: { label: METRICS.main.label }, curves: contenders.map(of) })
}
