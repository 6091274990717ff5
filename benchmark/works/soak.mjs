/*
 * A million calls: memory has to stay where it is.
 */

import { startContender } from '../lib/contender.mjs'
import { withNginx } from '../servers/nginx.mjs'

export const work = {
  title: 'A million calls',
  notes: [
    'Resident memory after a collection of garbage, without the room that V8 keeps in its heap for the next: V8 doubles that at some time, which is no leak.',
  ],
  run: ({ quick, compare }) =>
    withNginx([1], (server) =>
      compare({
        subject: quick ? '40,000 × getNode' : '1,000,000 × getNode',
        contenders: ['ours'],
        setup: server.setup(),
        check: { call: 'node', file: server.files().node },
        job: 'soak',
        options: { call: 'node', inFlight: 64, calls: quick ? 40_000 : 1_000_000 },
        warmUp: { call: 'node', inFlight: 64, calls: 20_000 },
        rounds: 1,
        // Garbage that has not been collected yet is no leak.
        start: (name, setup) => startContender(name, setup, { execArgv: ['--expose-gc'] }),
      }),
    ),
}
