'use strict'

/*
 * Reading and writing the settings text of an inbound.
 *
 * Panels read clients leniently: a field of the wrong type is taken for its zero value, which is how a fractional
 * quota becomes "unlimited". What they write back is the text's own values, keys sorted.
 */

const { encodeIndented, sorted, sortedTop } = require('../go/encode')
const { GoError, Panic } = require('../go/error')
const { lenient } = require('../go/decode')
const { unmarshal } = require('../go/syntax')
const { CLIENT_SHAPE } = require('./client-shape')

/** The settings as an object. */
function settingsOf(inbound) {
  return unmarshal(inbound.settings)
}

/** The clients as the panel's code sees them, typed; none where the text says nothing of clients. */
function clientsOf(inbound) {
  if (inbound.settings === '') return []
  const clients = unmarshal(inbound.settings)?.clients
  return Array.isArray(clients) ? clients.map((client) => lenient(client, CLIENT_SHAPE)) : []
}

/** The clients as they are written, to be changed. A panel crashes where there is no list of them. */
function entriesOf(settings) {
  if (!Array.isArray(settings?.clients)) throw new Panic('settings without a list of clients')
  return settings.clients
}

/** Puts new clients into an inbound. */
function writeEntries(inbound, entries) {
  inbound.settings = encodeIndented(sorted({ ...settingsOf(inbound), clients: entries }))
}

/**
 * Every entry in any inbound's settings. One inbound with settings that are no JSON makes this fail on the whole panel,
 * as the database function behind it does.
 */
function allEntries(store) {
  return store.inbounds.all().flatMap(({ settings }) => {
    const clients = parsed(store.facts, settings)?.clients
    return Array.isArray(clients) ? clients : []
  })
}

function parsed(facts, text) {
  try {
    return JSON.parse(text)
  } catch {
    if (facts.emailsReadFromSettings) throw new GoError('malformed JSON')
    return null
  }
}

function emailInDatabase(facts, client) {
  if (typeof client?.email === 'string') return client.email
  if (facts.clientNeedsEmail) return ''
  throw new GoError(
    `sql: Scan error on column index 0, name "JSON_EXTRACT(client.value, '$.email')": converting NULL to string is unsupported`,
  )
}

/**
 * The first e-mail that is already used anywhere, or twice in `clients`; '' for none. Letter case does not count. Where
 * the same subId may share an e-mail, all who have the e-mail are to have that subId.
 */
function duplicateEmail(store, clients) {
  const emails = allEntries(store).map((entry) => emailInDatabase(store.facts, entry))
  const taken = new Set(emails.map((email) => email.toLowerCase()))
  const sharing = store.facts.sameSubIdSharesEmail
  const known = sharing ? store.inbounds.all().flatMap(clientsOf) : []
  for (const client of clients) {
    const email = client.email.toLowerCase()
    if (email === '') continue
    if (taken.has(email) && !(sharing && isShared(client, known))) return client.email
    taken.add(email)
    known.push(client)
  }
  return ''
}

function isShared({ email, subId }, known) {
  const same = known.filter((client) => client.email === email)
  return subId !== '' && same.length > 0 && same.every((client) => client.subId === subId)
}

/** Whether an e-mail is in another inbound, too, and so keeps its counters when it leaves this one. */
function sharesCounters(store, inbound, email) {
  if (!store.facts.sameSubIdSharesEmail) return false
  return store.inbounds.all().some((other) => other.id !== inbound.id && clientsOf(other).some((client) => client.email === email))
}

/** The text of settings whose clients are written as structs: fields in their own order, the keys around them sorted. */
function textWithStructs(settings, structs) {
  return encodeIndented(sortedTop({ ...settings, clients: structs }))
}

module.exports = {
  settingsOf,
  clientsOf,
  entriesOf,
  allEntries,
  writeEntries,
  duplicateEmail,
  sharesCounters,
  textWithStructs,
}
