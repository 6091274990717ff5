/*
 * A small reply, one call after the other: how long a program waits.
 */

import { withNginx } from '../servers/nginx.mjs'

export const work = {
  title: 'Small reply, one call after the other',
  run: ({ quick, compare }) =>
    withNginx([1], (server) =>
      compare({
        subject: 'getNode, 224 B, one at a time',
        contenders: ['ours', 'reference', 'fetch', 'undici'],
        setup: server.setup(),
        check: { call: 'node', file: server.files().node },
        job: 'latency',
        options: { call: 'node', ms: quick ? 300 : 1_500 },
      }),
    ),
}
