/*
 * The run that memcheck watches: what crosses between the two languages, each at least twice, with collections of garbage
 * in between.
 */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

import { startChild } from '../../benchmark/lib/child.mjs'

const ThreeXUI = createRequire(import.meta.url)('../../index.js')
const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url))
const PANELS = fileURLToPath(new URL('../../benchmark/soak/panels.mjs', import.meta.url))

const panels = await startChild('The panels', PANELS)
const { panels: own, large } = await panels.ask({ order: 'places', options: { calm: true } })
for (let round = 0; round < 2; round++) {
  for (const url of own) await usual(url)
  await largeReplies()
  await worker({ ends: true })
  await worker({ ends: false })
  for (let times = 0; times < 3; times++) await collected()
}
await panels.end()
process.exit()

async function usual(url) {
  const rows = new Map()
  const customHandler = {
    getSession: async (key) => rows.get(key) ?? null,
    setSession: async (key, row) => void rows.set(key, row),
    deleteSession: async (key) => void rows.delete(key),
  }
  const client = new ThreeXUI(url, 'admin', 'admin', { sessionManager: { type: 'custom', customHandler } })
  const { success } = await client.getInbounds()
  assert.ok(success)
  const made = await Promise.all(
    Array.from({ length: 5 }, (_, at) => client.addClientWithCredentials(1, 'vless', { email: `${Math.random()}-${at}` })),
  )
  await client.updateClientWithCredentials(made[0].credentials.id, 1, { totalGB: 1 })
  await Promise.all(made.map(({ credentials }) => client.deleteClient(1, credentials.id)))
  await assert.rejects(async () => client.addInbound({ port: 'none' }))
  client.api.interceptors.request.use(async (config) => config)
  await client.getInbounds()
  client.api.interceptors.response.use(() => {
    throw new TypeError('on purpose')
  })
  await assert.rejects(client.getInbounds(), TypeError)
  await new ThreeXUI(url, 'admin', 'wrong').login().then(assert.fail, () => {})
  client.generateBulkCredentials?.('vless', 10)
  await client.logout()
}

async function largeReplies() {
  for (const kind of ['small', 'large', 'zipped']) {
    const client = new ThreeXUI(large[kind], 'admin', 'admin')
    const [{ obj }] = await Promise.all([client.getInbounds(), client.getInbounds()])
    assert.ok(obj[0].clientStats.length > 100)
  }
  await assert.rejects(new ThreeXUI(large.bomb, 'admin', 'admin').getInbounds(), { name: 'PanelError' })
}

/** One that ends by itself, or is ended in the middle of its calls. */
async function worker({ ends }) {
  const thread = new Worker(WORKER, { workerData: { url: own[0], ends } })
  const gone = new Promise((resolve, reject) => thread.once('exit', resolve).once('error', reject))
  if (!ends) thread.once('message', () => thread.terminate())
  await gone
}

async function collected() {
  globalThis.gc()
  await new Promise((resolve) => setImmediate(resolve))
}
