/* A worker thread of the soak: some calls, and the end. */

import { workerData } from 'node:worker_threads'

import { ACTIONS, isExpected, pick } from './actions.mjs'

const CALLS = 12

const calls = Array.from({ length: CALLS }, async () => {
  try {
    await pick(ACTIONS)(workerData.places)
  } catch (error) {
    if (!isExpected(error)) throw error
  }
})
await Promise.all(calls)
