'use strict'

/*
 * The client table of 3.1 and later: one record for an e-mail, and the inbounds each client is in. The settings of
 * the inbounds stay what xray reads; the table follows them.
 */

const { clientsOf, settingsOf } = require('./settings')
const { recordFields } = require('./client-shape')
const { carriesFlow } = require('./flow')

const recordOf = (store, email) => store.records.first((record) => record.email === email)

/** Brings the records of an inbound's clients in line with its settings. */
function sync(store, inbound) {
  const clients = clientsOf(inbound)
  const present = new Set(clients.map(({ email }) => email))
  for (const record of store.records.all()) {
    if (!present.has(record.email)) record.inboundIds = record.inboundIds.filter((id) => id !== inbound.id)
  }
  for (const client of clients) if (client.email !== '') upsert(store, inbound, client)
}

function upsert(store, inbound, client) {
  const record = recordOf(store, client.email)
  if (!record) {
    const now = store.now()
    store.records.add({
      ...recordFields(client),
      createdAt: client.created_at || now,
      updatedAt: client.updated_at || now,
      inboundIds: [inbound.id],
    })
    return
  }
  const { uuid, password, auth, group } = record
  Object.assign(record, recordFields(client))
  // A client of several protocols has one identity; an entry brings only its own part of it.
  Object.assign(record, { uuid: client.id || uuid, password: client.password || password, auth: client.auth || auth })
  record.group = client.group || group
  record.updatedAt = client.updated_at || record.updatedAt
  if (!record.inboundIds.includes(inbound.id)) record.inboundIds.push(inbound.id)
}

/** An inbound is gone: its clients stay, without it. */
function leave(store, inboundId) {
  for (const record of store.records.all()) record.inboundIds = record.inboundIds.filter((id) => id !== inboundId)
}

/** The flow that is in effect: that of an inbound which can carry one. */
function effectiveFlow(store, record) {
  for (const id of record.inboundIds) {
    const inbound = store.inbounds.byId(id)
    const entry = inbound && settingsOf(inbound).clients?.find(({ email }) => email === record.email)
    if (entry?.flow && carriesFlow(inbound)) return entry.flow
  }
  return record.inboundIds.length === 0 ? record.flow : ''
}

module.exports = { recordOf, sync, leave, effectiveFlow }
