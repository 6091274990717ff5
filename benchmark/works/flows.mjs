/*
 * A thousand clients: one after another, as the guide does it, and all at once. Beside it the panel's own time.
 */

import { ownPanel, realPanel, realPanels } from '../lib/grounds.mjs'
import { startContender } from '../lib/contender.mjs'
import { addRequests, bulkRequest } from '../servers/requests.mjs'

const COUNT = 1_000
/** The panel takes seconds for a thousand writes. */
const MOST_ROUNDS = 3
/** And a tenth of a second for one that makes a thousand clients. */
const ROUNDS_AT_ONCE = 3
/** Up to 3.0 writes that meet destroy data, later ones wait for each other; each takes 5 ms. */
const AS_REAL = { concurrentWrites: true }

export const work = {
  title: 'A thousand clients with credentials',
  notes: [
    '`raw` sends the requests that ours sent, with a bare HTTP client: what it takes is the panel. `bulk` is one request of the panel with all clients in it.',
    'On panels up to 3.0 the original has no `addClientWithCredentials` that works: it does the same by `addClient`.',
    'What takes a tenth of a second, all at once, is done in three times as many rounds; what takes seconds, in three at most.',
    'Where writes meet, the panel takes 5 ms for each and, up to 3.0, loses what real ones lose: `told` are the calls that said success.',
  ],
  async run({ quick, rounds, compare }) {
    const options = { count: quick ? COUNT / 10 : COUNT }
    const how = { options, warmUp: { count: options.count / 10 } }
    const few = Math.min(rounds, MOST_ROUNDS)
    const series = []
    for (const { isQuick, ...what } of await subjects()) {
      const long = isQuick ? { rounds: rounds * ROUNDS_AT_ONCE, fewer: { reference: few } } : { rounds: few }
      series.push(...(await compare({ ...what, ...how, ...long })))
    }
    return series
  },
}

async function subjects() {
  const own = ['2.8.11', 'HEAD'].flatMap((version) => [
    turns(`panel ${version}`, () => ownPanel({ version }), ['reference']),
    together(`panel ${version}`, () => ownPanel({ version }), ['reference']),
    together(`panel ${version}, writes meet`, () => ownPanel({ version, faults: AS_REAL }), ['reference']),
  ])
  // Without the original, which would leave a real panel full of counters without clients.
  const real = (await realPanels()).flatMap(({ version, access }) => [
    turns(`a real panel ${version}`, () => realPanel(access), []),
    together(`a real panel ${version}`, () => realPanel(access), []),
  ])
  return [...own, ...real]
}

const turns = (where, ground, others) => ({
  subject: `one after another, ${where}`,
  contenders: ['ours', 'raw', ...others],
  start: starting(ground, { together: false }),
})

const together = (where, ground, others) => ({
  subject: `all at once, ${where}`,
  isQuick: true,
  contenders: ['ours', 'bulk', ...others],
  start: starting(ground, { together: true }),
})

/** Each contender with a panel, or with an inbound, of its own, which is a fresh one in each round. */
function starting(openGround, { together }) {
  let recorded = []
  const jobs = {
    ours: ({ inbound, count, prefix }) => ['create', { way: 'credentials', count, together, inbound, prefix }],
    reference: ({ isOld, inbound, count, prefix }) => ['create', { way: isOld ? 'addClient' : 'credentials', count, together, inbound, prefix }],
    raw: (round) => ['replay', { requests: recorded.length > 0 ? recorded : addRequests(round) }],
    bulk: (round) => ['replay', { requests: [bulkRequest(round)] }],
  }
  return async (name) => {
    const ground = await openGround()
    const contender = await startContender(['raw', 'bulk'].includes(name) ? 'raw' : name, {})
    return {
      name,
      async run(_job, { count }) {
        const round = { ...(await ground.fresh()), count }
        await contender.run('connect', round.access)
        await ground.mark()
        const measured = await contender.run(...jobs[name](round))
        const { requests, stored } = await ground.seen()
        if (name === 'ours') recorded = requests ?? []
        if (name !== 'reference' && stored !== count) throw new Error(`${name} stored ${stored} clients of ${count}`)
        return { ...measured, stored, ...(requests ? { sent: requests.length } : {}) }
      },
      async end() {
        await ground.end()
        await contender.end()
      },
    }
  }
}
