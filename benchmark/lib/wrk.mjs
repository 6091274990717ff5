/*
 * wrk: how fast requests can be answered at all, by a program that does nothing but send them.
 *
 * It reads no reply but for its length, so it is a limit and no contender.
 */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export function wrk({ url, paths, headers }) {
  return {
    name: 'wrk',
    async run(job, { call, inFlight, ms }) {
      if (job !== 'load') return {}
      const seconds = Math.max(1, Math.round(ms / 1000))
      const sent = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
      const address = `${url}${paths[call]}`
      const { stdout } = await run('wrk', ['-t', '1', '-c', String(inFlight), '-d', `${seconds}s`, ...sent, address])
      return { requests: read(stdout) }
    },
    async end() {},
  }
}

/** Requests a second, from what wrk prints. Errors are no speed. */
function read(text) {
  const trouble = /^.*(?:Non-2xx|Socket errors).*$/m.exec(text)
  if (trouble) throw new Error(`wrk: ${trouble[0].trim()}`)
  return Number(/^Requests\/sec:\s*([\d.]+)/m.exec(text)[1])
}
