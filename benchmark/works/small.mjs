/*
 * A small reply, many at a time: what a call costs.
 */

import { startNginx } from '../servers/nginx.mjs'

const IN_FLIGHT = 64

export const work = {
  title: 'Small reply, 64 on their way at once',
  async run({ quick, compare }) {
    const server = await startNginx()
    try {
      const load = (ms) => ({ call: 'node', inFlight: IN_FLIGHT, ms })
      return await compare({
        subject: 'getNode, 224 B',
        contenders: ['ours', 'reference', 'fetch', 'undici', 'wrk'],
        setup: server.setup(),
        check: { call: 'node', file: server.files().node },
        job: 'load',
        options: load(quick ? 500 : 2_000),
        warmUp: load(quick ? 500 : 2_000),
      })
    } finally {
      await server.close()
    }
  },
}
