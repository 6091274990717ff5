'use strict'

/*
 * `/panel/api/clients` of 3.1 and later: one client at a time.
 */

const { strict } = require('../go/decode')
const { envelope } = require('../wire/answer')
const { recordShape, trafficShape, idsInLists, bareTraffic } = require('../shapes')
const { CLIENT_SHAPE } = require('../store/client-shape')
const clients = require('../store/clients')
const { dateReset } = require('../store/inbounds')
const { rowOf } = require('../store/traffic')
const { recordOf } = require('../store/records')
const { failingWith } = require('./handling')
const { ips: legacyIps, localTime, onlines, lastOnline } = require('./legacy-clients')

const BASE = '/panel/api/clients'

function clientRoutes() {
  return [
    ['GET', `${BASE}/list`, list],
    ['GET', `${BASE}/get/:email`, get],
    ['GET', `${BASE}/traffic/:email`, traffic],
    ['POST', `${BASE}/add`, add],
    ['POST', `${BASE}/update/:email`, update],
    ['POST', `${BASE}/del/:email`, remove],
    ['POST', `${BASE}/resetTraffic/:email`, resetTraffic],
    ['POST', `${BASE}/updateTraffic/:email`, updateTraffic],
    ['POST', `${BASE}/ips/:email`, ips],
    ['POST', `${BASE}/clearIps/:email`, clearIps],
    ['POST', `${BASE}/resetAllTraffics`, resetAllTraffics],
    ['POST', `${BASE}/delDepleted`, deleteDepleted],
    ['POST', `${BASE}/onlines`, onlines],
    ['POST', `${BASE}/lastOnline`, lastOnline],
    ['POST', `${BASE}/:email/attach`, attach],
    ['POST', `${BASE}/:email/detach`, detach],
  ]
}

function list({ store }) {
  return envelope(
    true,
    '',
    store.records.all().map((record) => ({
      ...recordShape(store, record, record.flow),
      inboundIds: idsInLists(record),
      ...bareTraffic(store, record.email),
    })),
  )
}

function get({ store, texts }, { params }) {
  const toast = store.facts.failedGetHasToast ? texts.obtain : ''
  const record = failingWith(toast, () => clients.requireRecord(store, params.email))
  const { up = 0, down = 0 } = rowOf(store, params.email) ?? {}
  const { showsExternalLinks, showsUsedTraffic } = store.facts
  return envelope(true, '', {
    client: recordShape(store, record),
    ...(showsExternalLinks ? { externalLinks: [] } : {}),
    inboundIds: record.inboundIds.toSorted((a, b) => a - b),
    ...(showsUsedTraffic ? { usedTraffic: up + down } : {}),
  })
}

function traffic({ store, texts }, { params }) {
  const row = rowOf(store, params.email)
  const record = recordOf(store, params.email)
  if (!row && !store.facts.unknownTrafficIsNull) {
    return envelope(false, `${texts.trafficFailed} (Inbound Not Found For Email: ${params.email}\n)`)
  }
  return envelope(true, '', row && trafficShape(store.facts, { ...row, uuid: record?.uuid, subId: record?.subId }))
}

function add({ store, texts }, call) {
  return failingWith(texts.wrong, () => {
    const shape = { client: CLIENT_SHAPE, inboundIds: ['int'], limitHwid: 'int' }
    const [where, names] = payloadNames(store.facts)
    const { client, inboundIds } = strict(call.json(), shape, where, names)
    clients.createClient(store, client, inboundIds)
    return envelope(true, texts.done.clientsAdded)
  })
}

/** The names of structs that errors mention: embedded ones lend theirs to the path of the field that does not fit. */
function payloadNames(facts) {
  if (facts.clientsRenewByCalendar) return ['', { '.client': 'clientPayloadWithHwid.client.Client' }]
  return ['ClientCreatePayload', { 'ClientCreatePayload.client': 'Client.client' }]
}

function update({ store, texts }, call) {
  return failingWith(texts.wrong, () => {
    const client = strict(call.json(), CLIENT_SHAPE, store.facts.clientsRenewByCalendar ? '.Client' : 'Client')
    const only = call.query.get('inboundIds')?.split(',').map(Number) ?? null
    clients.updateClient(store, call.params.email, client, only)
    return envelope(true, texts.done.clientUpdated)
  })
}

function remove({ store, texts }, { params, query }) {
  failingWith(texts.wrong, () => clients.deleteClient(store, params.email, query.get('keepTraffic') === '1'))
  return envelope(true, texts.done.clientDeleted)
}

const inboundIdsOf = (call) => strict(call.json(), { inboundIds: ['int'] }, '').inboundIds

function attach({ store, texts }, call) {
  failingWith(texts.wrong, () => clients.attachClient(store, call.params.email, inboundIdsOf(call)))
  return envelope(true, texts.done.clientsAdded)
}

function detach({ store, texts }, call) {
  failingWith(texts.wrong, () => clients.detachClient(store, call.params.email, inboundIdsOf(call)))
  return envelope(true, texts.done.clientDeleted)
}

function resetTraffic({ store, texts }, { params }) {
  failingWith(texts.wrong, () => clients.resetTraffic(store, params.email))
  dateReset(store, recordOf(store, params.email)?.inboundIds ?? [])
  return envelope(true, texts.done.trafficReset)
}

/** Sets the counters; what is not sent becomes zero. An unknown e-mail is no error. */
function updateTraffic({ store, texts }, call) {
  return failingWith(texts.wrong, () => {
    const { upload, download } = strict(call.json(), { upload: 'int64', download: 'int64' }, 'trafficUpdateRequest')
    Object.assign(rowOf(store, call.params.email) ?? {}, { up: upload, down: download })
    return envelope(true, texts.done.clientUpdated)
  })
}

function ips({ store }, { params }) {
  const seen = store.ips.get(params.email) ?? []
  if (!store.facts.ipsAsObjects) return legacyIps({ store }, { params })
  return envelope(
    true,
    '',
    seen.map(({ ip, timestamp }) => ({ ip, time: localTime(timestamp), node: '' })),
  )
}

function clearIps({ store, texts }, { params }) {
  store.ips.delete(params.email)
  return envelope(true, texts.done.logCleared)
}

function resetAllTraffics({ store, texts }) {
  clients.resetAllTraffics(store)
  return envelope(true, texts.done.allClientTrafficReset)
}

function deleteDepleted({ store }) {
  return envelope(true, '', { deleted: clients.deleteDepleted(store) })
}

module.exports = { clientRoutes }
