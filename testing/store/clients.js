'use strict'

/*
 * Clients of 3.1 and later: one identity for an e-mail in any number of inbounds.
 *
 * Adding always enables. Updating replaces: what is not sent is cleared, but for credentials and the subId.
 */

const { randomUUID } = require('node:crypto')

const { GoError, PanelError, recordNotFound } = require('../go/error')
const { sorted } = require('../go/encode')
const { requireInbound } = require('./inbounds')
const { settingsOf, allEntries, writeEntries } = require('./settings')
const { rowOf, addTrafficRow, updateTrafficRow, removeTrafficRow, isDepleted } = require('./traffic')
const { structOf, recordFields } = require('./client-shape')
const { usableKey, methodOfEntry } = require('./shadowsocks')
const { carriesFlow } = require('./flow')
const { recordOf, sync } = require('./records')

// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[/\\\s\u0000-\u001f\u007f]/

const ALREADY_LINKED = 'UNIQUE constraint failed: client_inbounds.client_id, client_inbounds.inbound_id'

function requireRecord(store, email) {
  const record = recordOf(store, email)
  if (!record) throw recordNotFound()
  return record
}

function validate({ facts }, { email, subId }) {
  if (email.trim() === '') throw new PanelError('client email is required')
  if (!facts.checksClientNames) return
  if (FORBIDDEN.test(email)) throw new PanelError('client email contains an invalid character:', email)
  if (FORBIDDEN.test(subId)) throw new PanelError('client subId contains an invalid character:', subId)
}

/** Adds a client to inbounds, one after another: those before an unknown one keep it. */
function createClient(store, sent, inboundIds) {
  const client = withResetCycle(prepareClient(store, sent, inboundIds))
  for (const id of inboundIds) joinAll(store, requireInbound(store, id), [client])
}

/** A client as it will be stored, once it is known that it may be. */
function prepareClient(store, sent, inboundIds) {
  validate(store, sent)
  if (inboundIds.length === 0) throw new PanelError('at least one inbound is required')
  const client = { ...sent, subId: sent.subId || randomUUID(), enable: true, created_at: sent.created_at || store.now() }
  const known = recordOf(store, client.email)
  if (known && (known.subId === '' || known.subId !== client.subId)) {
    throw new PanelError('email already in use:', client.email)
  }
  if (known) reuseCredentials(client, known)
  if (store.records.allWith('subId', client.subId).some((record) => record.email !== client.email)) {
    throw new PanelError('subId already in use:', client.subId)
  }
  return client
}

/** A client that is written alone says of its cycle that it has none; one written with many others does not. */
const withResetCycle = (client) => ({
  ...client,
  trafficReset: client.trafficReset || 'never',
  trafficResetDay: client.trafficResetDay || 1,
})

function reuseCredentials(client, { uuid, password, auth }) {
  client.id ||= uuid
  client.password ||= password
  client.auth ||= auth
}

/**
 * Puts clients into one inbound, all of them or none: its settings are read and written once. Credentials they lack are
 * made here and kept for inbounds to come.
 */
function joinAll(store, inbound, clients) {
  refuseTakenEmails(store, clients)
  const { clients: before, ...settings } = settingsOf(inbound)
  const entries = [...(before ?? [])]
  const present = new Set(entries.map(({ email }) => email))
  const joined = []
  const write = () => {
    if (joined.length === 0) return
    writeEntries(inbound, entries)
    for (const client of joined) addTrafficRow(store, inbound.id, client)
    sync(store, inbound, joined.map(({ email }) => email))
  }
  for (const client of clients) {
    fillCredential(inbound, client)
    if (present.has(client.email) && store.facts.repeatedAddFails) {
      write()
      throw new GoError(ALREADY_LINKED)
    }
    if (present.has(client.email) && !store.facts.repeatedAddAppends) continue
    entries.push(entryOf(store, inbound, client, settings))
    present.add(client.email)
    joined.push(client)
  }
  write()
}

/** Letter case makes no other e-mail here; only the very client may have it, in other inbounds or under its old name. */
function refuseTakenEmails(store, clients, oldEmail = null) {
  const holders = new Map()
  for (const entry of allEntries(store)) {
    const name = entry.email.toLowerCase()
    if (holders.has(name)) holders.get(name).push(entry)
    else holders.set(name, [entry])
  }
  for (const { email, subId } of clients) {
    const isSelf = (entry) => entry.email === oldEmail || (entry.email === email && entry.subId === subId)
    if ((holders.get(email.toLowerCase()) ?? []).some((entry) => !isSelf(entry))) throw new PanelError('Duplicate email:', email)
  }
}

function fillCredential({ protocol, settings }, client) {
  if (protocol === 'vless' || protocol === 'vmess') client.id ||= randomUUID()
  if (protocol === 'trojan') client.password ||= randomUUID().replaceAll('-', '')
  if (protocol === 'hysteria') client.auth ||= randomUUID().replaceAll('-', '')
  if (protocol === 'shadowsocks') client.password = usableKey(JSON.parse(settings).method, client.password)
}

function entryOf(store, inbound, client, { method }) {
  const { facts } = store
  const struct = structOf(facts)({
    ...client,
    flow: facts.stripsFlow && !carriesFlow(inbound) ? '' : client.flow,
    updated_at: store.stamp(),
  })
  return sorted({ ...struct, ...(inbound.protocol === 'shadowsocks' ? methodOfEntry(method) : {}) })
}

/** Replaces a client in all its inbounds, or in those of them that are named. */
function updateClient(store, email, sent, only = null) {
  const record = requireRecord(store, email)
  validate(store, sent)
  const client = withResetCycle({ ...sent, subId: sent.subId || record.subId || randomUUID() })
  client.created_at ||= record.createdAt
  if (!store.facts.rotatesOmittedCredentials) reuseCredentials(client, record)
  if (client.email !== email) refuseTakenEmails(store, [client], email)
  if (store.records.allWith('subId', client.subId).some((other) => other !== record)) {
    throw new PanelError('Duplicate subId:', client.subId)
  }

  rename(store, record, client)
  // A panel that leaves the old record behind makes another for the new name, and switches it on.
  if (store.facts.renamingLeavesRecord && client.email !== email) {
    for (const id of record.inboundIds) rewrite(store, requireInbound(store, id), email, client)
    recordOf(store, client.email).enable = true
    return
  }
  const inboundIds = record.inboundIds.filter((id) => only === null || only.includes(id)).sort((a, b) => a - b)
  for (const id of inboundIds) rewrite(store, requireInbound(store, id), email, client)
  const { uuid, password, auth, group } = record
  if (client.subId !== record.subId || client.email !== record.email) store.records.touched()
  Object.assign(record, recordFields(client), { uuid: client.id || uuid, password: client.password || password })
  Object.assign(record, { auth: client.auth || auth, updatedAt: store.now() })
  if (store.facts.updateLeavesGroup) record.group ||= group
}

function rename(store, record, client) {
  const before = record.email
  updateTrafficRow(store, before, client)
  if (before === client.email) return
  if (!store.facts.renamingLeavesRecord) record.email = client.email
  store.records.touched()
  const ips = store.ips.get(before)
  store.ips.delete(before)
  if (ips) store.ips.set(client.email, ips)
}

/** Replaces the entry of a client; of several with its e-mail, the first. */
function rewrite(store, inbound, email, client) {
  fillCredential(inbound, client)
  const { clients = [], ...settings } = settingsOf(inbound)
  const at = clients.findIndex((entry) => entry.email === email)
  if (at !== -1) {
    const { created_at = client.created_at } = clients[at]
    clients[at] = entryOf(store, inbound, { ...client, created_at }, settings)
  }
  writeEntries(inbound, clients)
  sync(store, inbound, [client.email])
}

/** Deletes a client everywhere; its counters too, unless they are to stay. */
function deleteClient(store, email, keepTraffic = false) {
  const record = recordOf(store, email)
  if (!record && !store.facts.saysWhichClientIsUnknown) throw recordNotFound()
  if (!record) throw new PanelError(`client "${email}" not found in any inbound or client record`)
  detachClient(store, email, record.inboundIds)
  store.records.remove((each) => each === record)
  if (!keepTraffic) removeTrafficRow(store, email)
  store.ips.delete(email)
}

/** Puts a client into more inbounds. */
function attachClient(store, email, inboundIds) {
  const record = requireRecord(store, email)
  const client = clientOf(record)
  for (const id of inboundIds) if (!record.inboundIds.includes(id)) joinAll(store, requireInbound(store, id), [client])
}

/** Takes a client out of inbounds; record and counters stay. */
function detachClient(store, email, inboundIds) {
  const record = requireRecord(store, email)
  for (const id of inboundIds.filter((each) => record.inboundIds.includes(each))) {
    const inbound = store.inbounds.byId(id)
    if (!inbound) continue
    writeEntries(inbound, (settingsOf(inbound).clients ?? []).filter((entry) => entry.email !== email))
    sync(store, inbound, [])
  }
}

/** A record as the client it was made from. */
function clientOf({ uuid, createdAt, updatedAt, inboundIds, id, ...fields }) {
  return { ...fields, id: uuid, created_at: createdAt }
}

/** Moves the limits of a client. A panel that does so entry by entry leaves the rest of each as it is. */
function setLimits(store, email, limits) {
  const record = requireRecord(store, email)
  if (!store.facts.adjustsInOneGo) return updateClient(store, email, { ...clientOf(record), ...limits })
  const moved = (entry) => (entry.email === email ? sorted({ ...entry, ...limits, updated_at: store.stamp() }) : entry)
  for (const id of record.inboundIds) {
    const inbound = requireInbound(store, id)
    writeEntries(inbound, settingsOf(inbound).clients.map(moved))
    sync(store, inbound, [email])
  }
  const { expiryTime, totalGB: total } = { ...record, ...limits }
  Object.assign(rowOf(store, email) ?? {}, { expiryTime, total })
}

/** Switches a client on or off. */
function setEnabled(store, email, enable) {
  const record = requireRecord(store, email)
  updateClient(store, email, { ...clientOf(record), enable })
}

function resetTraffic(store, email) {
  const row = rowOf(store, email)
  const record = recordOf(store, email)
  if (!row && !record) throw recordNotFound()
  if (row) Object.assign(row, { up: 0, down: 0, enable: true })
  if (store.facts.resetRevivesClient && record && !record.enable) setEnabled(store, email, true)
}

function resetAllTraffics(store) {
  for (const row of store.traffic.all()) Object.assign(row, { up: 0, down: 0, enable: true })
}

/** Deletes what is depleted on the whole panel, and tells how many that were. */
function deleteDepleted(store) {
  const emails = store.traffic.where((row) => isDepleted(row, store.now())).map(({ email }) => email)
  for (const email of emails) if (recordOf(store, email)) deleteClient(store, email)
  return emails.length
}

module.exports = {
  requireRecord,
  createClient,
  prepareClient,
  joinAll,
  updateClient,
  deleteClient,
  attachClient,
  detachClient,
  setLimits,
  setEnabled,
  resetTraffic,
  resetAllTraffics,
  deleteDepleted,
}
