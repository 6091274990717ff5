/*
 * RESULTS.md, made of the numbers.
 */

import { GOALS } from '../goals.mjs'
import { WORKS } from '../works/names.mjs'
import { judged } from './judge.mjs'
import { amount, boundOf, markdown, nameOf } from './table.mjs'

const HEAD = `# Results

Made by \`npm run bench\` from [results.json](results.json), which has the number of every round; not to be edited. How it is
measured, and how to read it, is in [docs/PERFORMANCE.md](../docs/PERFORMANCE.md).
`

const NOTES = `## To be read with this

- Everything runs on one machine: the server, the contender and whatever else it does share its cores. Ratios of contenders
  that took turns are worth more than any number alone; a difference below a tenth is none.
- The fast server is nginx with fixed replies, not compressed, over plain HTTP on loopback: it measures clients. A panel takes
  longer to answer, and a network longer still.
- \`fetch\` and \`undici\` get the session's cookie as a fixed header and judge nothing: no login, no renewal, no panel
  versions, no errors with names. \`wrk\` does not even read the reply.
- The panel of the flows is this package's own, in memory and in JavaScript. It has no database; a real one takes longer for
  each write, which makes the client's own share smaller.
`

export function page(results, drawn) {
  const works = WORKS.filter((name) => results.works[name])
  const all = works.flatMap((name) => judged(name, results.works[name].series))
  return [HEAD, machines(results, works), goals(all), notes(results), ...works.map((name) => section(name, results.works[name], drawn))].join('\n')
}

function machines({ works }, names) {
  const groups = grouped(names, keyOf(works))
  const lines = [...groups].map(([key, names]) => `- ${names.map((name) => name + loaded(works[name])).join(', ')}: ${key}`)
  return `## Where and when\n\n${lines.join('\n')}\n`
}

/** How busy the machine was before a work began. */
const loaded = ({ load }) => (load === undefined ? '' : ` (load ${load.toFixed(1)})`)

const keyOf = (works) => (name) => {
  const { at, rounds, machine } = works[name]
  const { cpu, cores, memoryGB, system, node, npm, rustc, commit } = machine
  return `${at.slice(0, 10)}, commit ${commit}, ${cpu}, ${cores} cores, ${memoryGB} GB, ${system}, Node.js ${node}, npm ${npm}, rustc ${rustc}, ${rounds} rounds`
}

function grouped(values, keyOf) {
  const groups = new Map()
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value])
  return groups
}

function goals(judgements) {
  const met = judgements.filter((each) => each.met).length
  const rows = judgements.map(({ goal, subject, value, met }) => `| ${subject} | ${nameOf(goal)} | ${boundOf(goal)} | ${amount(value)} | ${met ? 'met' : '**missed**'} |`)
  const head = '| what | number | wanted | measured | |\n|---|---|--:|--:|---|'
  const told = `${met} of ${judgements.length} met; ${GOALS.length} goals, some for several subjects.`
  return `## Goals\n\n${told}\n\n${head}\n${rows.join('\n')}\n\n${reasons(judgements)}`
}

/** What bounds those that are missed, each reason once. */
function reasons(judgements) {
  const missed = judgements.filter(({ goal, met }) => !met && goal.because)
  const lines = [...grouped(missed, ({ goal }) => goal.because)].map(
    ([because, those]) => `- ${[...new Set(those.map(({ goal }) => nameOf(goal)))].join('; ')}: ${because}`,
  )
  return lines.length > 0 ? `### What bounds those that are missed\n\n${lines.join('\n')}\n` : ''
}

function notes({ remarks = [] }) {
  return `${NOTES}${remarks.map((remark) => `- ${remark}\n`).join('')}`
}

function section(name, { title, notes, series }, drawn) {
  const pictures = drawn.filter((chart) => chart.work === name).map(({ name, title }) => `![${title}](charts/${name}.svg)`)
  const parts = [`## ${title}`, `\`npm run bench -- --only ${name}\``, ...notes, ...pictures, markdown(series)]
  return `${parts.join('\n\n')}\n`
}
