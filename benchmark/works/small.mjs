/*
 * A small reply, many at a time: what a call costs, and how much memory it takes.
 */

import { withNginx } from '../servers/nginx.mjs'

export const work = {
  title: 'Small reply, 64 on their way at once',
  run: ({ quick, compare }) =>
    withNginx([1], (server) =>
      compare({
        subject: 'getNode, 224 B',
        contenders: ['ours', 'reference', 'fetch', 'undici', 'wrk'],
        setup: server.setup(),
        check: { call: 'node', file: server.files().node },
        job: 'load',
        options: { call: 'node', inFlight: 64, ms: quick ? 500 : 2_000 },
      }),
    ),
}
