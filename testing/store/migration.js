'use strict'

/*
 * What a panel does to its rows when it starts for the first time as a newer version.
 */

const { randomInt } = require('node:crypto')

const { encodeIndented, sorted } = require('../go/encode')
const records = require('./records')
const { settingsOf } = require('./settings')

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz'

/** The client table is filled before the entries are mended: a record lacks what its entry is given then. */
function migrateRows(store, before) {
  const { facts } = store
  if (facts.clientTable && !before.clientTable) for (const inbound of readable(store)) records.sync(store, inbound)
  if (facts.mendsEntries && !before.mendsEntries) readable(store).forEach(mend)
}

/** The inbounds whose settings have a list of clients; all others are left alone. */
function readable(store) {
  return store.inbounds.where((inbound) => {
    try {
      return Array.isArray(settingsOf(inbound)?.clients)
    } catch {
      return false
    }
  })
}

function mend(inbound) {
  const settings = settingsOf(inbound)
  if (settings.clients.every((entry) => entry.subId && Number.isInteger(entry.tgId ?? 0))) return
  const clients = settings.clients.map((entry) => ({
    ...entry,
    subId: entry.subId || newSubId(),
    ...('tgId' in entry ? { tgId: wholeNumber(entry.tgId) } : {}),
  }))
  inbound.settings = encodeIndented(sorted({ ...settings, clients }))
}

/** Text of digits is taken for its number, anything else for none. */
function wholeNumber(value) {
  const number = typeof value === 'string' ? Number(value.replaceAll(' ', '') || NaN) : value
  return Number.isInteger(number) ? number : 0
}

const newSubId = () => Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)]).join('')

module.exports = { migrateRows }
