/*
 * What has to be on the machine beside Node and Rust.
 */

import { spawnSync } from 'node:child_process'

const PROGRAMS = [
  { program: 'nginx', flag: '-v', packaged: 'nginx-light' },
  { program: 'wrk', flag: '-v', packaged: 'wrk' },
]

/** Where Debian has nginx, and where the path of most users does not lead. */
process.env.PATH += ':/usr/sbin'

/** One sentence for each program that is missing. */
export function problemsWith(programs = PROGRAMS) {
  return programs
    .filter(({ program, flag }) => spawnSync(program, [flag], { stdio: 'ignore' }).error)
    .map(({ program, packaged }) => `${program} is missing: install it (Debian, Ubuntu: apt-get install ${packaged}).`)
}
