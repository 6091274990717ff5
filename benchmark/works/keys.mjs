/*
 * Key pairs: made here, without a panel.
 */

import { NOBODY } from './credentials.mjs'

export const work = {
  title: 'Key pairs',
  async run({ quick, compare }) {
    const series = []
    for (const method of ['generateWireGuardKeys', 'generateRealityKeys']) {
      const compared = await compare({
        subject: method,
        contenders: ['ours', 'reference'],
        setup: NOBODY,
        job: 'keys',
        options: { method, ms: quick ? 50 : 100 },
      })
      series.push(...compared)
    }
    return series
  },
}
