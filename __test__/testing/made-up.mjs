/*
 * What a panel makes up: times, UUIDs, keys and tokens. They differ from run to run, and the ones that a recording holds
 * stand for the ones of the panel that it is replayed against.
 */

const PATTERNS = [
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  /^[0-9a-f]{32}$/,
  /^[A-Za-z0-9_-]{43}$/,
  /^[A-Za-z0-9+/]{43}=$/,
]

/** The same inside a request. What a caller sends is no panel's making. */
const SENT = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b|(?<=")[A-Za-z0-9+/]{43}=(?=\\?")/g

/** The recordings were made on one day; everything they were told to expect lies a month later. */
const RECORDED_TIME = /\b17953\d{8}\b|\b2026-11-22 \d\d:\d\d:\d\d\b/g
const HOUR_MS = 3_600_000

export class MadeUp {
  #bound = new Map()
  #taken = new Set()

  /** Whether two texts are of the same made-up kind; from then on the one stands for the other, and for no third. */
  binds(recorded, live) {
    const known = this.#bound.get(recorded)
    if (known !== undefined) return known === live
    if (this.#taken.has(live)) return false
    if (!PATTERNS.some((pattern) => pattern.test(recorded) && pattern.test(live))) return false
    this.#bind(recorded, live)
    return true
  }

  #bind(recorded, live) {
    this.#bound.set(recorded, live)
    this.#taken.add(live)
  }

  /** A text of the recording as it is to be sent here. What no answer has shown before stands for itself from now on. */
  translated(text) {
    for (const sent of text.match(SENT) ?? []) if (!this.#bound.has(sent)) this.#bind(sent, sent)
    let result = text
    for (const [recorded, live] of this.#bound) result = result.replaceAll(recorded, live)
    return result
  }
}

/** Recorded text with its times made one. */
export const recordedTimes = (text) => text.replace(RECORDED_TIME, 'TIME')

/** Live text with the times of the last hour made one, and those that requests of the recording brought along. */
export const liveTimes = (text) =>
  recordedTimes(text).replace(/\b1\d{12}\b|\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b/g, (time) => (isRecent(time) ? 'TIME' : time))

function isRecent(time) {
  const at = /^\d+$/.test(time) ? Number(time) : new Date(time.replace(' ', 'T')).getTime()
  return Math.abs(at - Date.now()) < HOUR_MS
}
