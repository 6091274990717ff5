/*
 * Cold start: from `require` to the first answer, in a process that has done nothing yet.
 */

import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { plainEnvironment } from '../lib/environment.mjs'
import { median } from '../lib/numbers.mjs'
import { withNginx } from '../servers/nginx.mjs'

const PROGRAM = fileURLToPath(new URL('../contenders/cold.cjs', import.meta.url))
const { resolve } = createRequire(import.meta.url)
const PACKAGES = { ours: resolve('../../index.js'), reference: resolve('3xui-api-client') }

export const work = {
  title: 'Cold start, to the first answer',
  run: ({ quick, compare }) =>
    withNginx([1], ({ setup }) =>
      compare({
        subject: 'require to answer, with a token',
        contenders: ['ours', 'reference'],
        setup: { ...setup(), token: 'c0ld' },
        start: (name, setup) => ({ name, run: (_job, { times }) => several(PACKAGES[name], setup, times), end: async () => {} }),
        options: { times: quick ? 1 : 7 },
        warmUp: { times: 1 },
      }),
    ),
}

const runProgram = promisify(execFile)

/** Medians of several processes. */
async function several(file, setup, times) {
  const seen = []
  for (let time = 0; time < times; time++) {
    const args = [PROGRAM, file, JSON.stringify(setup)]
    const { stdout } = await runProgram(process.execPath, args, { env: plainEnvironment() })
    seen.push(JSON.parse(stdout))
  }
  return Object.fromEntries(Object.keys(seen[0]).map((metric) => [metric, median(seen.map((one) => one[metric]))]))
}
