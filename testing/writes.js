'use strict'

/*
 * Writes that come while others are being handled: what a panel of each version makes of them.
 *
 * Up to 3.0 a write takes the inbound as it is when it begins and puts all of it back when it ends, so whoever ends
 * last has overwritten the others. Up to 2.9 all writes share one connection to xray besides: who ends closes it, and
 * an addition that was about to use it crashes, its counters stored and its client not. From 3.1 on they queue up. A
 * write of a whole inbound needs two connections to the database there: where one is among more writes than there are
 * connections, they wait for each other, and those that gave up are told "database is locked".
 * Must not know what the writes do.
 */

const { crashed, envelope } = require('./wire/answer')

const WRITING = /^\/panel\/api\/(inbounds|clients)\//
const READING = /\/(onlines|lastOnline|(clientIps|ips)\/[^/]+)$/

/** Writes that put back an inbound that they have read. */
const REWRITING = /\/(addClient|(updateClient|delClient|delClientByEmail|update|delDepletedClients)\/[^/]+)$/
const ADDING = /\/addClient$/
const ADDING_TO_TABLE = /\/clients\/add$/
const WRITING_WHOLE = /\/inbounds\/update\//

/** Connections that panels from 3.1 on have to their database. */
const CONNECTIONS = 8

const DEFAULTS = { ms: 5, crashRate: 0.9, seed: 1 }

class Writes {
  #facts
  #store
  #options
  #chance
  #running = new Set()
  #last = Promise.resolve()
  /** Paths of the writes that wait for the one writer, or are with it. */
  #queue = []
  #timers = new Set()

  /** @param {object | boolean} [options] - `true` for the defaults; without, writes take no time and never meet. */
  constructor(facts, store, options) {
    this.#facts = facts
    this.#store = store
    this.#options = options ? { ...DEFAULTS, ...(options === true ? {} : options) } : null
    this.#chance = this.#options && dice(this.#options.seed)
  }

  /** Handles a request, after those it has to wait for and beside those it has not. */
  run(call, path, handle) {
    if (!this.#options || call.method !== 'POST' || !WRITING.test(path) || READING.test(path)) return handle()
    return this.#facts.oneWriter ? this.#queued(path, handle) : this.#overlapping(call, path, handle)
  }

  /** Forgets what is being handled: none of it is written. */
  drop() {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#running.clear()
    this.#last = Promise.resolve()
    this.#queue = []
  }

  #queued(path, handle) {
    const isFull = this.#queue.length >= CONNECTIONS
    if (isFull && [...this.#queue, path].some((each) => WRITING_WHOLE.test(each))) return this.#busy(path, handle)
    this.#queue.push(path)
    const answer = this.#last.then(() => this.#takeTime()).then(() => {
      this.#queue.shift()
      return handle()
    })
    this.#last = answer.catch(() => {})
    return answer
  }

  async #busy(path, handle) {
    await this.#takeTime()
    if (this.#facts.storesWhatItRefusesAsBusy && ADDING_TO_TABLE.test(path)) handle()
    return envelope(false, 'Something went wrong (database is locked)')
  }

  async #overlapping(call, path, handle) {
    if (!REWRITING.test(path)) return this.#takeTime().then(handle)
    const { inbounds } = this.#store
    const write = { read: inbounds.copy(), isAddition: ADDING.test(path), isCutOff: false }
    this.#running.add(write)
    await this.#takeTime()
    this.#running.delete(write)
    if (write.isCutOff) return this.#crashing(call, write.read, handle)
    if (this.#facts.addsCrashEachOther) this.#cutOffOthers()
    return overwriting(inbounds, write.read, handle)
  }

  /** What is refused, is refused before the crash. */
  #crashing(call, read, handle) {
    const { answer } = onRows(this.#store.inbounds, read, handle)
    return isSuccess(answer) ? crashed(this.#facts, call.headers['accept-encoding']) : answer
  }

  #cutOffOthers() {
    for (const other of this.#running) if (other.isAddition) other.isCutOff ||= this.#chance() < this.#options.crashRate
  }

  #takeTime() {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        resolve()
      }, this.#options.ms)
      this.#timers.add(timer)
    })
  }
}

/** Handles a write on inbounds as they were, and puts back the rows that it changed, whatever became of them. */
function overwriting(table, read, handle) {
  const { answer, after } = onRows(table, read, handle)
  for (const row of after) if (isChanged(row, read)) table.save(row)
  for (const { id } of read) if (!after.some((row) => row.id === id)) table.remove((row) => row.id === id)
  return answer
}

/** Handles a write on these rows instead of those of the table, and gives what it made of them. */
function onRows(table, rows, handle) {
  const live = table.swap(rows.map((row) => ({ ...row })))
  const answer = handle()
  return { answer, after: table.swap(live) }
}

function isChanged(row, read) {
  const before = read.find(({ id }) => id === row.id)
  return !before || Object.keys(row).some((name) => row[name] !== before[name])
}

const isSuccess = ({ body }) => body.startsWith('{"success":true')

/** A write that stops halfway: counters and records are as after it, inbounds and who is in them as before. */
function halfway(store, handle) {
  const members = new Map(store.records.all().map(({ id, inboundIds }) => [id, [...inboundIds]]))
  const inbounds = store.inbounds.copy()
  const answer = handle()
  store.inbounds.swap(inbounds)
  for (const record of store.records.all()) record.inboundIds = members.get(record.id) ?? []
  return answer
}

/** Numbers below one, the same ones for the same seed. */
function dice(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

module.exports = { Writes, halfway }
