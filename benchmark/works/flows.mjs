/*
 * A thousand clients: one after another, as the guide does it, and all at once. Beside it the panel's own time.
 */

import { startContender } from '../lib/contender.mjs'
import { startPanelProcess } from '../servers/panel.mjs'
import { bulkRequest } from '../servers/bulk.mjs'

const COUNT = 1_000
/** The panel takes seconds for a thousand writes. */
const MOST_ROUNDS = 3
const PANELS = [
  { version: '2.8.11', oldWay: true },
  { version: 'HEAD', oldWay: false },
]
/** Up to 3.0 writes that meet destroy data, later ones wait for each other; each takes 5 ms. */
const AS_REAL = { concurrentWrites: true }

export const work = {
  title: 'A thousand clients with credentials',
  notes: [
    '`raw` sends the very requests that ours sent, with a bare HTTP client: what it takes is the panel.',
    '`bulk` is one request of the panel with all clients in it.',
    'On panels up to 3.0 the original has no `addClientWithCredentials` that works: it does the same by `addClient`.',
    'Where writes meet, the panel takes 5 ms for each and, up to 3.0, loses what real ones lose: `told` are the calls that said success.',
  ],
  async run({ quick, rounds, compare }) {
    const options = { count: quick ? COUNT / 10 : COUNT }
    const series = []
    for (const panel of PANELS) {
      const { version } = panel
      const subjects = [
        { subject: `one after another, panel ${version}`, contenders: ['ours', 'raw', 'reference'] },
        { subject: `all at once, panel ${version}`, contenders: ['ours', 'bulk', 'reference'], together: true },
        { subject: `all at once, panel ${version}, writes meet`, contenders: ['ours', 'bulk', 'reference'], together: true, faults: AS_REAL },
      ]
      for (const { subject, contenders, ...how } of subjects) {
        const start = starting(panel, how)
        series.push(...(await compare({ subject, contenders, start, options, warmUp: { count: options.count / 10 }, rounds: Math.min(rounds, MOST_ROUNDS) })))
      }
    }
    return series
  },
}

/** Each contender with a panel of its own, which is a fresh one in each round. */
function starting({ version, oldWay }, { together, faults }) {
  let recorded = []
  const jobs = {
    ours: { program: 'ours', job: (count) => ['create', { way: 'credentials', count, together }] },
    reference: { program: 'reference', job: (count) => ['create', { way: oldWay ? 'addClient' : 'credentials', count, together }] },
    raw: { program: 'raw', job: () => ['replay', { requests: recorded }] },
    bulk: { program: 'raw', job: (count) => ['replay', { requests: [bulkRequest(version, count)] }] },
  }
  return async (name) => {
    const { program, job } = jobs[name]
    const panel = await startPanelProcess()
    const contender = await startContender(program, {})
    return {
      name,
      async run(_job, { count }) {
        const { token, ...access } = await panel.fresh({ version, faults })
        await contender.run('connect', token ? { ...access, token } : access)
        await panel.mark()
        const measured = await contender.run(...job(count))
        const { requests, stored } = await panel.seen()
        if (name === 'ours') recorded = requests
        if (name !== 'reference' && stored !== count) throw new Error(`${name} stored ${stored} clients of ${count} on ${version}`)
        return { ...measured, stored, sent: requests.length }
      },
      async end() {
        await contender.end()
        await panel.end()
      },
    }
  }
}
