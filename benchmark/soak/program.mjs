/*
 * The process that is watched: several lanes of calls of all kinds, and workers that come and go.
 *
 *     node program.mjs, with an IPC channel
 */

import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'

import { ACTIONS, isExpected, pick } from './actions.mjs'

const LANES = 12
const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url))
const BETWEEN_WORKERS_MS = 400
const LONGEST_WORK_MS = 600
/** What has not ended so long after the end never will: no call has a longer time limit, and its trouble ends as well. */
const PATIENCE_MS = 60_000

async function run({ soak: ms, places }) {
  const tally = { calls: 0, failed: 0, workers: 0, unexpected: [] }
  const end = Date.now() + ms
  const underWay = new Set()
  const lanes = Array.from({ length: LANES }, () => lane(end, places, tally, underWay))
  await Promise.race([Promise.all([...lanes, workers(end, places, tally)]), sleep(ms + PATIENCE_MS)])
  for (const action of underWay) note(tally, `it never ended: ${action}`)
  return tally
}

async function lane(end, places, tally, underWay) {
  while (Date.now() < end) {
    tally.calls += 1
    const action = pick(ACTIONS)
    // The same action may be under way several times.
    const own = { toString: () => String(action) }
    underWay.add(own)
    try {
      await action(places)
    } catch (error) {
      tally.failed += 1
      if (!isExpected(error)) note(tally, error)
    } finally {
      underWay.delete(own)
    }
  }
}

/** One after the other; about half of them are ended in the middle of their calls. */
async function workers(end, places, tally) {
  while (Date.now() < end) {
    const worker = new Worker(WORKER, { workerData: { places } })
    const gone = new Promise((resolve) => worker.once('exit', resolve))
    worker.on('error', (error) => note(tally, error))
    tally.workers += 1
    const isLate = await Promise.race([gone.then(() => false), sleep(Math.random() * LONGEST_WORK_MS).then(() => true)])
    if (isLate) await worker.terminate()
    await gone
    await sleep(BETWEEN_WORKERS_MS)
  }
}

function note(tally, error) {
  const text = String(error?.stack ?? error)
  if (tally.unexpected.length < 20 && !tally.unexpected.includes(text)) tally.unexpected.push(text)
}

process.on('unhandledRejection', (error) => process.send({ error: `unhandled: ${error?.stack ?? error}` }))
process.on('disconnect', () => process.exit())
process.on('message', async ({ options }) => {
  try {
    process.send({ measured: await run(options) })
  } catch (error) {
    process.send({ error: error.stack })
  }
})
process.send({ measured: {} })
