/*
 * As many calls as go in a time, a number of them on their way at once.
 */

import { readFileSync } from 'node:fs'

import { meter, memory } from '../usage.mjs'

export async function run(contender, { call, inFlight, ms, parse }) {
  const one = contender[call]
  const used = meter()
  const end = performance.now() + ms
  let calls = 0
  const lane = async () => {
    do {
      const { success } = await one()
      if (success !== true) throw new Error(`${call} was refused`)
      calls += 1
    } while (performance.now() < end)
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  const { wall, main, cpu, active } = used()
  const each = (time) => (time * 1e3) / calls
  return { requests: (calls * 1e3) / wall, main: each(main), loop: each(active), cpu: each(cpu), ...(parse ? { parse: parsing(parse) } : memory()) }
}

const PARSING_MS = 200

/** What reading the same text takes here and now, when there is nothing else to do: microseconds of the main thread. */
function parsing(file) {
  const text = readFileSync(file, 'utf8')
  const used = meter()
  const end = performance.now() + PARSING_MS
  let times = 0
  do {
    JSON.parse(text)
    times += 1
  } while (performance.now() < end)
  return (used().main * 1e3) / times
}
