/*
 * As many calls as go in a time, and what is resident meanwhile.
 */

import { memory, meter } from '../usage.mjs'

export async function run(contender, { call, inFlight, ms }) {
  const one = contender[call]
  const used = meter()
  const end = performance.now() + ms
  let [calls, resident] = [0, 0]
  const lane = async () => {
    do {
      const { success } = await one()
      if (success !== true) throw new Error(`${call} was refused`)
      calls += 1
      resident += memory().rss
    } while (performance.now() < end)
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  return { rss: resident / calls, peak: memory().peak, main: (used().main * 1e3) / calls }
}
