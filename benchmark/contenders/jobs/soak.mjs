/*
 * Very many calls, and how much memory there is in use on the way.
 */

import { median } from '../../lib/numbers.mjs'
import { memory } from '../usage.mjs'

const LOOKS = 20

export async function run(contender, { call, inFlight, calls }) {
  const one = contender[call]
  const began = performance.now()
  const seen = []
  for (let look = 0; look < LOOKS; look++) {
    await several(one, inFlight, calls / LOOKS)
    seen.push(inUse())
  }
  // The first calls fill pools and make the compiler work; what grows after that does not stop growing.
  const [early, late] = [seen.slice(LOOKS / 4, LOOKS / 2), seen.slice(-LOOKS / 4)].map(median)
  const requests = (calls * 1e3) / (performance.now() - began)
  return { requests, early, late, growth: late / early, peak: memory().peak }
}

/** What is resident, without the room that V8 keeps for garbage: that grows by steps and is no leak. */
function inUse() {
  globalThis.gc()
  const { rss, heapTotal, heapUsed } = process.memoryUsage()
  return rss - heapTotal + heapUsed
}

function several(one, inFlight, count) {
  let left = count
  const lane = async () => {
    while (left-- > 0) await one()
  }
  return Promise.all(Array.from({ length: inFlight }, lane))
}
