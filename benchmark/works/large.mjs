/*
 * Large replies: what is left of a fast client when reading the text is most of the work.
 */

import { withNginx } from '../servers/nginx.mjs'

const REPLIES = [
  { subject: 'getInbounds, 45 clients, 17 kB, 64 at once', clients: 45, inFlight: 64 },
  { subject: 'getInbounds, 10,000 clients, 3.5 MB, 4 at once', clients: 10_000, inFlight: 4 },
]

export const work = {
  title: 'Large replies',
  run: ({ quick, compare }) =>
    withNginx(REPLIES.map(({ clients }) => clients), async (server) => {
      const series = []
      for (const { subject, clients, inFlight } of REPLIES) {
        const { inbounds: file } = server.files(clients)
        const compared = await compare({
          subject,
          contenders: ['ours', 'reference', 'fetch', 'undici'],
          setup: server.setup(clients),
          check: { call: 'inbounds', file },
          job: 'load',
          options: { call: 'inbounds', inFlight, ms: quick ? 500 : 2_000, parse: file },
        })
        series.push(...compared)
      }
      return series
    }),
}
