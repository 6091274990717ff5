/*
 * `npm start`: sees to the set-up, then shows the library at its main job.
 */

import { ensure } from './ensure.mjs'

await ensure()
const { main } = await import('../examples/main.mjs')
process.exitCode = await main(process.argv.slice(2))
