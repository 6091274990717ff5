/*
 * What the soak does, one function each. Clients are made and let go in most of them, as in a program that serves many.
 */

import { createRequire } from 'node:module'

const ThreeXUI = createRequire(import.meta.url)('../../index.js')

const INBOUND = 1
let count = 0

export const pick = (list) => list[Math.floor(Math.random() * list.length)]

/** Whether an error is one that the trouble is to cause: all others are a defect. */
export const isExpected = (error) => error instanceof ThreeXUI.ThreeXUIError || error?.isSoak === true

const clientOf = (url, options) => new ThreeXUI(url, 'admin', 'admin', { loginRetryBackoff: 0, maxLoginAttemptsPerHour: 1e6, timeout: 4_000, ...options })
/** Kept for long, as most programs do. */
const kept = new Map()
const keptOf = (url) => kept.get(url) ?? kept.set(url, clientOf(url)).get(url)
const emailOf = () => `soak_${process.pid}_${count++}_${Math.random().toString(36).slice(2)}`
const thrown = () => Object.assign(new Error('thrown on purpose'), { isSoak: true })

/** Makes a client, uses it by its identifier, and deletes it. */
async function withClient(client, email, use) {
  const { credentials } = await client.addClientWithCredentials(INBOUND, 'vless', { email })
  try {
    await use(credentials.id)
  } finally {
    await client.deleteClient(INBOUND, credentials.id).catch((error) => {
      if (!isExpected(error)) throw error
    })
  }
}

/** A store of a program's own. */
function storeOf() {
  const rows = new Map()
  return {
    getSession: async (key) => rows.get(key) ?? null,
    setSession: async (key, row) => void rows.set(key, row),
    deleteSession: async (key) => void rows.delete(key),
  }
}

export const ACTIONS = [
  ({ panels }) => keptOf(pick(panels)).getInbounds(),
  ({ panels }) => keptOf(pick(panels)).getOnlineClients(),
  ({ panels }) => keptOf(pick(panels)).getInbound(INBOUND),
  ({ panels }) => keptOf(pick(panels)).getServerStatus?.(),
  ({ panels }) => clientOf(pick(panels)).getInbounds(),
  ({ panels }) => clientOf(pick(panels), { timeout: 1 }).getInbounds(),
  ({ panels }) => new ThreeXUI(pick(panels), 'admin', 'wrong').login(),
  ({ large }) => keptOf(large.small).getInbounds(),
  ({ large }) => keptOf(large.large).getInbounds(),
  ({ large }) => keptOf(large.zipped).getInbounds(),
  ({ large }) => clientOf(large.zipped, { timeout: 20 }).getInbounds(),
  ({ large }) => clientOf(large.large, { maxResponseSize: 100_000 }).getInbounds(),
  ({ large }) => clientOf(large.bomb).getInbounds(),
  ({ large }) => Promise.all([1, 2, 3, 4].map(() => keptOf(large.large).getInbounds())),
  async ({ panels }) => {
    const client = keptOf(pick(panels))
    await withClient(client, emailOf(), (id) => client.updateClientWithCredentials(id, INBOUND, { totalGB: 1 }))
  },
  async ({ panels }) => {
    const client = keptOf(pick(panels))
    const emails = Array.from({ length: 10 }, emailOf)
    await Promise.allSettled(emails.map((email) => withClient(client, email, () => {})))
  },
  async ({ panels }) => {
    const client = clientOf(pick(panels), { sessionManager: { type: 'custom', customHandler: storeOf() } })
    await client.login()
    await client.getInbounds()
    await client.logout()
  },
  ({ panels }) => {
    const client = clientOf(pick(panels))
    client.api.interceptors.request.use(async (config) => config)
    client.api.interceptors.response.use((response) => {
      if (Math.random() < 0.2) throw thrown()
      return response
    })
    return client.getInbounds()
  },
  ({ panels }) => {
    const client = clientOf(pick(panels))
    client.login = async function login(force) {
      return ThreeXUI.prototype.login.call(this, force)
    }
    return client.getInbounds()
  },
  ({ panels }) => {
    const client = clientOf(pick(panels))
    const aborting = new AbortController()
    setTimeout(() => aborting.abort(), Math.random() * 10)
    return client._request('get', '/panel/api/inbounds/list', undefined, undefined, { signal: aborting.signal }).catch((error) => {
      if (error?.code !== 'ERR_CANCELED') throw error
    })
  },
  // Nobody waits for it, and nobody holds its client.
  async ({ panels }) => {
    clientOf(pick(panels)).getInbounds().catch(() => {})
  },
]
