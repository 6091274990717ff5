/*
 * What a process uses: time of its main thread, of all its threads, and memory.
 *
 * The main thread's time is what the scheduler says (nanoseconds): the time in which nothing else of a program can run.
 * The event loop's own account, which counts being preempted as well, is kept beside it.
 */

import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

/** Starts to count; the function returned tells what was used since, in milliseconds. */
export function meter() {
  const began = now()
  const loop = performance.eventLoopUtilization()
  return () => {
    const ended = now()
    const { active } = performance.eventLoopUtilization(loop)
    return { wall: ended.wall - began.wall, main: ended.main - began.main, cpu: ended.cpu - began.cpu, active }
  }
}

function now() {
  const { user, system } = process.cpuUsage()
  return { wall: performance.now(), main: mainThread(), cpu: (user + system) / 1e3 }
}

const SCHEDULER = `/proc/self/task/${process.pid}/schedstat`

function mainThread() {
  if (process.platform === 'linux') return Number(readFileSync(SCHEDULER, 'latin1').split(' ', 1)[0]) / 1e6
  if (!process.threadCpuUsage) return NaN
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e3
}

/** Bytes in memory now, and the most there ever were. */
export function memory() {
  const rss = process.memoryUsage.rss()
  return { rss, peak: process.resourceUsage().maxRSS * 1024 }
}
