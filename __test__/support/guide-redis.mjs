/*
 * Redis connections as programs bring them, in the manners of the two clients in use, over one keyspace in memory.
 *
 * They are as strict as those: values are text, times to live whole seconds above zero, and what a client does not
 * call so is not there. Must not know: what is stored.
 */

/** As of node-redis 4 and newer: `setEx`, and options behind `set`. */
export function nodeRedis() {
  const keys = new Keyspace()
  return {
    ...common(keys),
    set: async (key, value, { EX } = {}) => keys.set(key, value, EX),
    setEx: async (key, seconds, value) => keys.set(key, value, checkedTime(seconds)),
    del: async (names) => keys.delete([names].flat()),
  }
}

/** As of ioredis: `setex`, and words behind `set`. */
export function ioredis() {
  const keys = new Keyspace()
  return {
    ...common(keys),
    set: async (key, value, word, seconds) =>
      keys.set(key, value, word === 'EX' ? checkedTime(seconds) : undefined),
    setex: async (key, seconds, value) => keys.set(key, value, checkedTime(seconds)),
    del: async (...names) => keys.delete(names.flat()),
  }
}

/** One whose server is gone. */
export function brokenRedis(reason) {
  const fails = async () => {
    throw new Error(reason)
  }
  return { get: fails, set: fails, setEx: fails, del: fails, keys: fails, exists: fails, ttl: fails }
}

const common = (keys) => ({
  get: async (key) => keys.get(key),
  keys: async (pattern) => keys.names(pattern),
  exists: async (key) => (keys.get(key) === null ? 0 : 1),
  ttl: async (key) => keys.secondsLeft(key),
})

class Keyspace {
  #kept = new Map()

  get(key) {
    const entry = this.#kept.get(key)
    if (entry && entry.until <= Date.now()) this.#kept.delete(key)
    return this.#kept.get(key)?.value ?? null
  }

  set(key, value, seconds = Infinity) {
    if (typeof value !== 'string') throw new TypeError(`the value of ${key} is no text but ${typeof value}`)
    this.#kept.set(key, { value, until: Date.now() + seconds * 1000 })
    return 'OK'
  }

  delete(names) {
    return names.filter((key) => this.#kept.delete(key)).length
  }

  names(pattern) {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    const like = new RegExp(`^${parts.join('.*')}$`)
    return [...this.#kept.keys()].filter((key) => like.test(key) && this.get(key) !== null)
  }

  /** -2 for a key that is not there, -1 for one without an end. */
  secondsLeft(key) {
    if (this.get(key) === null) return -2
    const { until } = this.#kept.get(key)
    return until === Infinity ? -1 : Math.ceil((until - Date.now()) / 1000)
  }
}

function checkedTime(seconds) {
  if (!Number.isInteger(seconds) || seconds <= 0) throw new Error("ERR invalid expire time in 'setex' command")
  return seconds
}
