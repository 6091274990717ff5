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
    seen.push(memory().rss)
  }
  // The first calls fill pools and make the compiler work; what grows after that does not stop growing.
  const [early, late] = [seen.slice(LOOKS / 4, LOOKS / 2), seen.slice(-LOOKS / 4)].map(median)
  const requests = (calls * 1e3) / (performance.now() - began)
  return { requests, early, late, growth: late / early, peak: memory().peak }
}

function several(one, inFlight, count) {
  let left = count
  const lane = async () => {
    while (left-- > 0) await one()
  }
  return Promise.all(Array.from({ length: inFlight }, lane))
}
