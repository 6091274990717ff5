/*
 * The process of a panel of our own: a fresh one whenever it is told to, so that the first is no slower than the last.
 *
 *     node panel-program.mjs, with an IPC channel
 */

import { createRequire } from 'node:module'

const { startPanel } = createRequire(import.meta.url)('../../testing/index.js')

const INBOUND = { port: 443, protocol: 'vless', remark: 'bench', streamSettings: { network: 'tcp', security: 'none' } }

let panel = null
let mark = 0

const orders = {
  async fresh(options) {
    await panel?.close()
    panel = await startPanel({ ...options, inbounds: [INBOUND] })
    return { url: panel.url, token: panel.token, username: 'admin', password: 'admin' }
  },
  mark() {
    mark = panel.requests.length
    return {}
  },
  seen() {
    const [{ settings }] = panel.inbounds
    const requests = panel.requests.slice(mark).map(({ method, path, headers, body }) => ({ method, path, headers, body }))
    return { requests, stored: settings.clients.length }
  },
}

process.on('disconnect', () => process.exit())
process.on('message', async ({ order, options }) => {
  try {
    process.send({ measured: await orders[order](options) })
  } catch (error) {
    process.send({ error: error.stack })
  }
})
process.send({ measured: {} })
