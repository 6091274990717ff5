/*
 * One call after the other: how long each takes.
 */

import { quantile } from '../../lib/numbers.mjs'
import { meter } from '../usage.mjs'

export async function run(contender, { call, ms }) {
  const one = contender[call]
  const times = []
  const used = meter()
  for (let at = performance.now(), end = at + ms; at < end; ) {
    const { success } = await one()
    if (success !== true) throw new Error(`${call} was refused`)
    const now = performance.now()
    times.push((now - at) * 1e3)
    at = now
  }
  const { main, cpu } = used()
  times.sort((a, b) => a - b)
  return { median: quantile(times, 0.5), p99: quantile(times, 0.99), main: (main * 1e3) / times.length, cpu: (cpu * 1e3) / times.length }
}
