'use strict'

/*
 * Many clients at a time: from any iterable, in constant memory, with a result for each.
 *
 * Owns how many are on their way at once, and what is told of them. How they reach the panel, several in one request where
 * it takes several, is the core's affair.
 */

const { callerOf } = require('./caller.js')

const CHUNK = 500

/** `client.bulk`. Whoever reads the results, the work and all that is told and asked of it are the caller's. */
function bulkOf(client) {
  return {
    /** Makes clients of an inbound; who is there already is reported and left as they are. */
    createClients(inboundId, items, options = {}) {
      return created(client, inboundId, items, options, callerOf(client))
    },

    /** Changes clients, each named by `email` or by `id`; the other members are what is to be changed. */
    updateClients(items, options = {}) {
      return each(items, options, callerOf(client), async ({ email, id, ...changes }) => {
        // Switched on or off, and nothing else, many leave in one request: nobody has to look at what they are.
        if (email && isSwitch(changes)) {
          const answer = await client.updateModernClient(email, changes)
          return answer.success ? { status: 'updated', email } : failed({ email }, answer)
        }
        const answer = await client.modifyClient(email ?? id, () => changes)
        return answer.success ? { status: 'updated', email: answer.client.email } : failed({ email }, answer)
      })
    },

    /** Deletes clients by their identifiers; who is not there is reported. */
    deleteClients(items, options = {}) {
      return each(items, options, callerOf(client), async (email) => {
        const answer = await client.deleteModernClient(email)
        if (answer.success) return { status: 'deleted', email }
        return /not found/i.test(answer.msg) ? { status: 'missing', email } : failed({ email }, answer)
      })
    },
  }
}

async function* created(client, inboundId, items, options, caller) {
  const { obj } = await caller(() => client.getInbound(inboundId))
  const there = new Set(clientsOf(obj).map(({ email }) => email.toLowerCase()))
  yield* each(items, options, caller, async ({ protocol = obj?.protocol, ...wanted }) => {
    const name = String(wanted.email ?? '').toLowerCase()
    if (name && there.has(name)) return { status: 'exists', email: wanted.email }
    const answer = await client.addClientWithCredentials(inboundId, protocol, wanted)
    if (!answer.success) return failed(wanted, answer)
    return { status: 'created', email: answer.credentials.email, credentials: answer.credentials }
  })
}

const isSwitch = ({ enable, ...others }) => typeof enable === 'boolean' && Object.keys(others).length === 0

const failed = ({ email }, { msg }) => ({ status: 'failed', email, error: new Error(msg) })

/** Lists and text, as panels keep settings. */
function clientsOf(inbound) {
  const { settings } = inbound ?? {}
  const { clients } = (typeof settings === 'string' ? JSON.parse(settings) : settings) ?? {}
  return clients ?? []
}

/**
 * Results in the order of the items. Two chunks are on their way at any time, so that the second is gathered while the first
 * is with the panel.
 */
async function* each(items, { onProgress, signal, stopOnError = false, chunk = CHUNK }, caller, work) {
  const progress = progressOf((told) => caller(() => onProgress?.(told)), items.length)
  const underWay = []
  let stopped = false
  const tried = (item) => work(item).catch((error) => ({ status: 'failed', email: item?.email, error }))
  const start = (part) => caller(() => Promise.all(part.map(tried)))
  const finished = async function* () {
    for (const result of await underWay.shift()) {
      progress.add(result)
      if (result.status === 'failed' && stopOnError) stopped = true
      yield result
    }
    progress.tell()
  }
  let broken = null
  try {
    for await (const part of chunksOf(readBy(caller, items), chunk)) {
      if (signal?.aborted || stopped) break
      underWay.push(start(part))
      if (underWay.length === 2) yield* finished()
    }
  } catch (error) {
    // What is under way is told before the items' own error.
    broken = { error }
  }
  while (underWay.length > 0) yield* finished()
  if (broken) throw broken.error
}

/** Any iterable, read as the caller. */
const readBy = (caller, items) => ({
  [Symbol.asyncIterator]() {
    const iterator = caller(() => items[Symbol.asyncIterator]?.() ?? items[Symbol.iterator]())
    const step = async () => {
      const { done, value } = await iterator.next()
      return { done, value: await value }
    }
    return {
      next: () => caller(step),
      return: () => caller(async () => (await iterator.return?.()) ?? { done: true, value: undefined }),
    }
  },
})

async function* chunksOf(items, size) {
  let part = []
  for await (const item of items) {
    part.push(item)
    if (part.length < size) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

/** `{ done, total, failed, perSecond }`; the total is known for lists only. */
function progressOf(onProgress, total) {
  const began = performance.now()
  let done = 0
  let failures = 0
  return {
    add({ status }) {
      done += 1
      if (status === 'failed') failures += 1
    },
    tell() {
      const seconds = (performance.now() - began) / 1_000
      onProgress({ done, total, failed: failures, perSecond: Math.round(done / Math.max(seconds, 0.001)) })
    },
  }
}

module.exports = { bulkOf }
