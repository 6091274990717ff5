/*
 * How the cost of a call grows: with how many are on their way at once, and with how much there is to read.
 */

import { withNginx } from '../servers/nginx.mjs'

const IN_FLIGHT = [1, 4, 16, 64, 256, 1_024]
const CLIENTS = [1, 10, 100, 1_000, 5_000, 20_000]
const CONTENDERS = ['ours', 'reference', 'undici']
const MOST_ROUNDS = 3

export const work = {
  title: 'Curves',
  run: ({ quick, rounds, compare }) =>
    withNginx(CLIENTS, async ({ setup }) => {
      const base = { contenders: CONTENDERS, job: 'load', rounds: Math.min(rounds, MOST_ROUNDS) }
      const ms = quick ? 200 : 800
      const series = []
      for (const inFlight of IN_FLIGHT) {
        const options = { call: 'node', inFlight, ms }
        series.push(...(await compare({ ...base, subject: subjectOf.inFlight(inFlight), setup: setup(), options })))
      }
      for (const clients of CLIENTS) {
        const options = { call: 'inbounds', inFlight: 4, ms }
        series.push(...(await compare({ ...base, subject: subjectOf.clients(clients), setup: setup(clients), options })))
      }
      return series
    }),
}

const subjectOf = {
  inFlight: (count) => `getNode, ${count.toLocaleString('en')} at once`,
  clients: (count) => `getInbounds, ${count.toLocaleString('en')} client${count === 1 ? '' : 's'}, 4 at once`,
}
