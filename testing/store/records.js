'use strict'

/*
 * The client table of 3.1 and later: one record for an e-mail, and the inbounds each client is in. The settings of
 * the inbounds stay what xray reads; the table follows them.
 */

const { clientsOf, settingsOf } = require('./settings')
const { recordFields } = require('./client-shape')
const { carriesFlow } = require('./flow')

const recordOf = (store, email) => store.records.firstWith('email', email)

/**
 * Brings the records of an inbound's clients in line with its settings; all of them, or on newer panels those with an
 * e-mail in `changed`.
 */
function sync(store, inbound, changed = null) {
  const meant = changed && new Set(changed)
  const clients = clientsOf(inbound)
  const present = new Set(clients.map(({ email }) => email))
  for (const record of store.records.all()) {
    if (!present.has(record.email) || store.facts.writingRenewsLinks) unlink(record, inbound.id)
  }
  const isMeant = ({ email }) => meant === null || !store.facts.syncsOnlyChanged || meant.has(email)
  for (const client of clients) if (client.email !== '' && isMeant(client)) upsert(store, inbound, client)
}

/** A record begins switched on, even that of a client who is not; the next time the client is brought in line it is not. */
function upsert(store, inbound, client) {
  const record = recordOf(store, client.email)
  if (!record) {
    const now = store.now()
    store.records.add({
      ...recordFields(client),
      enable: true,
      createdAt: client.created_at || now,
      updatedAt: client.updated_at || now,
      inboundIds: [inbound.id],
    })
    return
  }
  merge(store, record, client)
  if (!record.inboundIds.includes(inbound.id)) record.inboundIds.push(inbound.id)
}

/** A record is as old as the oldest time it was ever given, and was changed at the latest. */
function merge(store, record, client) {
  const { uuid, password, auth, security, group, trafficReset, trafficResetDay, createdAt, updatedAt, subId } = record
  if (client.subId !== subId) store.records.touched()
  Object.assign(record, recordFields(client), { createdAt: Math.min(createdAt, client.created_at || createdAt) })
  if (store.facts.recordsMirrorEntries) {
    record.updatedAt = store.now()
    return
  }
  // A client of several protocols has one identity; an entry brings only its own part of it.
  Object.assign(record, { uuid: client.id || uuid, password: client.password || password, auth: client.auth || auth })
  Object.assign(record, { security: client.security || security, group: client.group || group })
  Object.assign(record, {
    trafficReset: client.trafficReset || trafficReset,
    trafficResetDay: client.trafficResetDay || trafficResetDay,
    updatedAt: Math.max(updatedAt, client.updated_at),
  })
}

/** An inbound is gone: its clients stay, without it. */
function leave(store, inboundId) {
  for (const record of store.records.all()) unlink(record, inboundId)
}

function unlink(record, inboundId) {
  if (record.inboundIds.includes(inboundId)) record.inboundIds = record.inboundIds.filter((id) => id !== inboundId)
}

/** The flow that is in effect: that of an inbound which can carry one. */
function effectiveFlow(store, record) {
  if (!store.facts.showsEffectiveFlow) return record.flow
  for (const id of record.inboundIds) {
    const inbound = store.inbounds.byId(id)
    const entry = inbound && settingsOf(inbound).clients?.find(({ email }) => email === record.email)
    if (entry?.flow && carriesFlow(inbound)) return entry.flow
  }
  return record.inboundIds.length === 0 ? record.flow : ''
}

module.exports = { recordOf, sync, leave, effectiveFlow }
