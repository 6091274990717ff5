/*
 * `npm run bench`: this package beside the one it replaces, plain HTTP clients, and the limit of the machine.
 *
 *     npm run bench                    everything; writes results.json, RESULTS.md and the charts
 *     npm run bench -- --only small    one work; the others keep the results they have
 *     npm run bench -- --quick         short rounds, to see that all works; writes nothing
 *     npm run bench -- --rounds 9      more rounds than the usual five
 *     npm run bench -- --draw          measures nothing: page and charts anew, from the numbers there are
 *
 * With XUI_URL and XUI_USERNAME with XUI_PASSWORD (or XUI_TOKEN) the flows are also measured on that panel, on an inbound
 * that is made for it and deleted again; several URLs stand with blanks between them.
 */

import { ensure } from '../scripts/ensure.mjs'
import { optionsFrom } from './lib/options.mjs'
import { problemsWith } from './lib/needs.mjs'

// Told to end, it ends what it has started: that hangs on the process's own end.
for (const [signal, number] of [['SIGINT', 2], ['SIGTERM', 15]]) process.once(signal, () => process.exit(128 + number))

const options = optionsFrom(process.argv.slice(2))
const problems = [...options.problems, ...problemsWith()]
if (problems.length > 0) {
  for (const problem of problems) console.error(problem)
  process.exit(1)
}

if (options.draw) {
  const { publish } = await import('./lib/save.mjs')
  publish()
  process.exit()
}

await ensure()
// They need what the set-up installs.
const { bench } = await import('./lib/bench.mjs')
process.exitCode = await bench(options)
