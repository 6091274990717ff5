/* A worker thread under memcheck: some calls, and the end or the wait for it. */

import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'

const ThreeXUI = createRequire(import.meta.url)('../../index.js')
const { url, ends } = workerData

const client = new ThreeXUI(url, 'admin', 'admin')
await client.getInbounds()
const calls = Array.from({ length: 5 }, () => client.getInbounds())
if (ends) {
  await Promise.all(calls)
} else {
  parentPort.postMessage('under way', [])
  for (;;) await client.getInbounds()
}
