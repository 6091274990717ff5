/*
 * What a process holds, as the system tells.
 */

import { readFileSync, readdirSync } from 'node:fs'

/** @returns {{ rss: number, descriptors: number, threads: number }} bytes and numbers */
export function heldBy(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  const number = (name) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)[1])
  return { rss: number('VmRSS') * 1024, descriptors: readdirSync(`/proc/${pid}/fd`).length, threads: number('Threads') }
}
