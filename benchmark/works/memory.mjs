/*
 * What large replies leave in memory: from such as hold 55 clients to such as hold 85,000, one and many at a time.
 */

import { startContender } from '../lib/contender.mjs'
import { withNginx } from '../servers/nginx.mjs'

const REPLIES = [
  { clients: 55, size: '20 kB', inFlight: [1, 64] },
  { clients: 930, size: '330 kB', inFlight: [1, 16, 64] },
  { clients: 10_000, size: '3.5 MB', inFlight: [1, 4, 64] },
  { clients: 85_000, size: '30 MB', inFlight: [1, 4, 16] },
]
/** A round starts contenders anew, and nobody has to know three numbers of one process that does the same again. */
const MOST_ROUNDS = 3

export const work = {
  title: 'Memory with large replies',
  notes: [
    'Each contender is a new process in each row. *Memory* is what is resident on the average while calls are answered, *most memory* the most there ever was, both with the 45 MB that Node.js takes itself.',
  ],
  run: ({ quick, rounds, compare }) =>
    withNginx(REPLIES.map(({ clients }) => clients), async (server) => {
      const series = []
      for (const { clients, size, inFlight } of REPLIES) {
        const { inbounds: file } = server.files(clients)
        for (const count of inFlight) {
          const compared = await compare({
            subject: `getInbounds, ${size}, ${count} at once`,
            contenders: ['ours', 'reference', 'undici'],
            setup: server.setup(clients),
            start: startContender,
            check: { call: 'inbounds', file },
            job: 'memory',
            options: { call: 'inbounds', inFlight: count, ms: quick ? 500 : 2_500 },
            rounds: Math.min(rounds, MOST_ROUNDS),
          })
          series.push(...compared)
        }
      }
      return series
    }),
}
