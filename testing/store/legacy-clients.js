'use strict'

/*
 * Clients of panels up to 3.0: entries in the settings of one inbound, told apart by the credential of its protocol.
 */

const { Panic, PanelError } = require('../go/error')
const { requireInbound, requireCredential, deleteInbound } = require('./inbounds')
const { settingsOf, clientsOf, entriesOf, writeEntries, duplicateEmail, sharesCounters } = require('./settings')
const { rowOf, addTrafficRow, updateTrafficRow, removeTrafficRow, isDepleted } = require('./traffic')

const keyOf = (protocol) => ({ trojan: 'password', shadowsocks: 'email', hysteria: 'auth' })[protocol] ?? 'id'

/** Adds all clients of `settings` or none. */
function addClients(store, inboundId, settings) {
  const clients = clientsOf({ settings })
  const entries = entriesOf(settingsOf({ settings }))
  const taken = duplicateEmail(store, clients)
  if (taken) throw new PanelError('Duplicate email:', taken)
  const inbound = requireInbound(store, inboundId)
  for (const client of clients) {
    requireCredential(inbound.protocol, client)
    if (store.facts.clientNeedsEmail && client.email.trim() === '') throw new PanelError('client email is required')
  }

  const before = entriesOf(settingsOf(inbound))
  writeEntries(inbound, [...before, ...entries.map((entry) => stamped(store, entry))])
  for (const client of clients) if (client.email !== '') addTrafficRow(store, inboundId, client)
}

/** An entry with the times it was made and changed, on panels that note them. */
function stamped(store, entry, created_at = entry.created_at ?? store.stamp()) {
  return store.facts.stampsClients ? { ...entry, created_at, updated_at: store.stamp() } : entry
}

/** Replaces one client by the first of `settings`. */
function updateClient(store, clientId, inboundId, settings) {
  const clients = clientsOf({ settings })
  const entries = entriesOf(settingsOf({ settings }))
  const inbound = requireInbound(store, inboundId)
  const key = keyOf(inbound.protocol)
  const before = clientsOf(inbound)
  if (before.length > 0 && clients.length === 0) throw new Panic('an update without a client')
  const at = before.findIndex((client) => client[key] === clientId)
  if (at === -1 || clients[0][key] === '') throw new PanelError('empty client ID')

  const oldEmail = before[at].email
  const [client] = clients
  if (client.email !== '' && client.email !== oldEmail) {
    const taken = duplicateEmail(store, clients)
    if (taken) throw new PanelError('Duplicate email:', taken)
  }
  const written = entriesOf(settingsOf(inbound))
  written[at] = stamped(store, entries[0], written[at].created_at ?? store.stamp())
  writeEntries(inbound, written)
  moveCounters(store, inboundId, oldEmail, client)
}

function moveCounters(store, inboundId, oldEmail, client) {
  if (client.email === '') return forget(store, oldEmail)
  if (oldEmail === '') return addTrafficRow(store, inboundId, client)
  updateTrafficRow(store, oldEmail, client)
  const ips = store.ips.get(oldEmail)
  if (ips === undefined || oldEmail === client.email) return
  store.ips.delete(oldEmail)
  store.ips.set(client.email, ips)
}

/** Up to 2.9.3 an unknown id deletes nothing and is no error; the last client of an inbound cannot go. */
function deleteClient(store, inboundId, clientId) {
  const inbound = requireInbound(store, inboundId)
  const key = keyOf(inbound.protocol)
  if (store.facts.deletingUnknownClientFails && !entriesOf(settingsOf(inbound)).some((entry) => entry[key] === clientId)) {
    throw new PanelError('Client Not Found In Inbound For ID:', clientId)
  }
  removeEntries(store, inbound, (entry) => {
    if (typeof entry[key] !== 'string') throw new Panic(`an entry without ${key}`)
    return entry[key] === clientId
  })
}

function deleteClientByEmail(store, inboundId, email) {
  const inbound = requireInbound(store, inboundId)
  const entries = entriesOf(settingsOf(inbound))
  if (!entries.some((entry) => entry.email === email)) throw new PanelError(`client with email ${email} not found`)
  removeEntries(store, inbound, (entry) => entry.email === email)
}

function removeEntries(store, inbound, isGone) {
  const entries = entriesOf(settingsOf(inbound))
  const gone = entries.filter(isGone)
  if (gone.length === entries.length) throw new PanelError('no client remained in Inbound')
  // One whose counters are gone already cannot go that way.
  if (gone.some(({ email }) => email && !rowOf(store, email))) throw new PanelError('record not found')
  writeEntries(inbound, entries.filter((entry) => !gone.includes(entry)))
  for (const { email } of gone) if (email && !sharesCounters(store, inbound, email)) forget(store, email)
}

function forget(store, email) {
  removeTrafficRow(store, email)
  store.ips.delete(email)
}

/** The row of an e-mail as its client has it, or null; unknown e-mails are an error. */
function trafficByEmail(store, email) {
  const row = rowOf(store, email)
  if (!row && store.facts.unknownTrafficIsNull) return null
  if (!row) throw new PanelError('Inbound Not Found For Email:', email)
  const inbound = store.inbounds.byId(row.inboundId)
  const client = inbound && clientsOf(inbound).find((candidate) => candidate.email === email)
  if (!store.facts.rowsNameTheirClient) return row
  return client ? { ...row, enable: client.enable, uuid: client.id, subId: client.subId } : null
}

/** The rows of the clients with this UUID; credentials of other kinds are not looked at. */
function trafficById(store, uuid) {
  const emails = store.inbounds
    .all()
    .flatMap((inbound) => clientsOf(inbound))
    .filter((client) => client.id === uuid)
    .map(({ email }) => email)
  return store.traffic.where((row) => emails.includes(row.email)).map((row) => trafficByEmail(store, row.email) ?? row)
}

function resetTraffic(store, email) {
  const row = rowOf(store, email)
  if (!row && store.facts.resettingUnknownCrashes) throw new Panic('no such row')
  trafficByEmail(store, email)
  Object.assign(row, { up: 0, down: 0, enable: true })
}

/** -1 stands for all inbounds. */
function resetAllTraffics(store, inboundId) {
  const isMeant = (id) => inboundId === -1 || id === inboundId
  for (const row of store.traffic.where((each) => isMeant(each.inboundId))) Object.assign(row, { up: 0, down: 0, enable: true })
  for (const inbound of store.inbounds.where((each) => isMeant(each.id))) inbound.lastTrafficResetTime = store.stamp()
}

/** A negative id stands for all inbounds. An inbound whose clients are all depleted goes with them. */
function deleteDepleted(store, inboundId) {
  const isOff = (row) => store.facts.depletedMeansSwitchedOff && !row.enable && row.reset === 0
  const isMeant = (row) => (inboundId < 0 || row.inboundId === inboundId) && (isDepleted(row, store.stamp()) || isOff(row))
  const depleted = store.traffic.where(isMeant)
  const emptied = (id) => entriesLeft(store, id, depleted).length === 0
  // 3.0 gives up on all of it, and says nothing of that, where an inbound would be left without clients.
  if (store.facts.depletedInboundStays && depleted.some((row) => emptied(row.inboundId))) return
  for (const id of new Set(depleted.map((row) => row.inboundId))) {
    const remaining = entriesLeft(store, id, depleted)
    if (remaining.length > 0) writeEntries(requireInbound(store, id), remaining)
    else deleteInbound(store, id)
  }
  store.traffic.remove(isMeant)
}

/** The entries of an inbound without those of depleted rows. */
function entriesLeft(store, inboundId, depleted) {
  const emails = depleted.filter((row) => row.inboundId === inboundId).map((row) => row.email)
  return entriesOf(settingsOf(requireInbound(store, inboundId))).filter((entry) => !emails.includes(entry.email))
}

module.exports = {
  addClients,
  updateClient,
  deleteClient,
  deleteClientByEmail,
  trafficByEmail,
  trafficById,
  resetTraffic,
  resetAllTraffics,
  deleteDepleted,
}
