/*
 * Made-up values, and those of the moment, told apart from what was asked for: each becomes a word that says what it
 * is and where it first stood, the same value always the same word.
 *
 * Owns the patterns. Must not know: which library made the values.
 */

const DAY = 86_400_000
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const IDENTIFIER = /\b([a-z]+(?:_[a-z]+)*)_[0-9a-z]{1,6}\d{4}\b/g
/** Names that are made up for socks5 and http. */
const USER = /\buser_[0-9a-z]{1,6}\b/g
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+Z)?/g
/** Members whose text is made up in any form. */
const SECRETS = ['password', 'pass', 'privateKey', 'publicKey', 'subId']
/** Members that are of the moment: what they say is of no concern, whether they are there is. */
const FLEETING = ['cookie', 'set-cookie', 'x-csrf-token', 'authorization', 'content-security-policy', 'date']
/** The panel's address is part of the key under which a session is kept. */
const SESSION_KEY = /session_[0-9a-f]{64}/g

/**
 * @param {object} made - What a call left behind.
 * @param {{ url: string, start: number, given: unknown }} known - The panel's address, the time at which all began,
 *   and everything that was asked for: what stands in it is not made up.
 */
export function withPlaceholders(made, { url, start, given }) {
  const asked = JSON.stringify(given)
  const words = new Map()
  const unpacked = unpack(plain(made))
  walk(unpacked, '', (text, key) => {
    for (const found of madeUpIn(text, key)) {
      if (found && !asked.includes(found) && !words.has(found))
        words.set(found, wordFor(found, key, [...words.values()]))
    }
    return text
  })
  const replaced = (text, key) => {
    if (FLEETING.includes(key)) return `<${key}>`
    let changed = text.replaceAll(url, '<panel>').replace(SESSION_KEY, 'session_<key>')
    for (const [value, word] of words) changed = changed.replaceAll(value, word)
    return changed.replace(TIME, (time) => moment(Date.parse(time), start) ?? time)
  }
  return walk(unpacked, '', replaced, (number) => moment(number, start) ?? number)
}

function madeUpIn(text, key) {
  const patterns = [...text.matchAll(UUID), ...text.matchAll(IDENTIFIER), ...text.matchAll(USER)].map(
    ([found]) => found,
  )
  return SECRETS.includes(key) && patterns.length === 0 ? [text] : patterns
}

/** `<id: UUID of version 4>`; a second one in the same place is `<id: UUID of version 4, 2>`. */
function wordFor(value, key, taken) {
  const name = `${key}: ${kindOf(value, key)}`
  for (let number = 1; ; number++) {
    const word = number === 1 ? `<${name}>` : `<${name}, ${number}>`
    if (!taken.includes(word)) return word
  }
}

function kindOf(value, key) {
  if (value.replace(UUID, '') === '') return `UUID of version ${value[14]}`
  // Half of the keys of an alphabet happen to do without its signs.
  if (key.endsWith('Key')) return `key of ${value.length}`
  if (SECRETS.includes(key)) return `${alphabetOf(value)} of ${value.length}`
  return value.replace(IDENTIFIER, '$1_…').replace(USER, 'user_…')
}

function alphabetOf(text) {
  if (/^[0-9A-Za-z]+$/.test(text)) return 'letters and digits'
  return /^[0-9A-Za-z+/]+=*$/.test(text) ? 'base64' : 'text'
}

/** Times about the start, or whole days from it. */
function moment(number, start) {
  const days = Math.round((number - start) / DAY)
  if (Math.abs(days) > 400 || Math.abs(number - start - days * DAY) > 600_000) return null
  return days === 0 ? '<now>' : `<now and ${days} days>`
}

/** Plain data, so that the headers of one library compare with those of the other; what is undefined is missing. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(
    ([, inner]) => inner !== undefined && typeof inner !== 'function',
  )
  return Object.fromEntries(entries.map(([name, inner]) => [name, plain(inner)]))
}

/** JSON text is compared by what it says. */
function unpack(value) {
  return walk(value, '', (text) => {
    if (!/^\s*[[{]/.test(text)) return text
    try {
      return { 'JSON text': unpack(JSON.parse(text)) }
    } catch {
      return text
    }
  })
}

function walk(value, key, onText, onNumber = (number) => number) {
  if (typeof value === 'string') return onText(value, key)
  if (typeof value === 'number') return onNumber(value)
  if (Array.isArray(value)) return value.map((item) => walk(item, key, onText, onNumber))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([name, inner]) => [
    walkedName(name, onText),
    walk(inner, name, onText, onNumber),
  ])
  return Object.fromEntries(entries)
}

function walkedName(name, onText) {
  const text = onText(name, '')
  return typeof text === 'string' ? text : name
}
