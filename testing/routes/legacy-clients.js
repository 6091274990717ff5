'use strict'

/*
 * The client routes of panels up to 3.0, below `/panel/api/inbounds`.
 */

const { strict } = require('../go/decode')
const { envelope } = require('../wire/answer')
const { trafficShape } = require('../shapes')
const clients = require('../store/legacy-clients')
const { inboundShapeOf, dateReset } = require('../store/inbounds')
const { rowOf } = require('../store/traffic')
const { failingWith, pathNumber } = require('./handling')

const BASE = '/panel/api/inbounds'

function legacyClientRoutes(facts) {
  return [
    ['POST', `${BASE}/addClient`, add],
    ['POST', `${BASE}/updateClient/:clientId`, update],
    ['POST', `${BASE}/:id/delClient/:clientId`, remove],
    ['GET', `${BASE}/getClientTraffics/:email`, trafficByEmail],
    ...(facts.findsTrafficById ? [['GET', `${BASE}/getClientTrafficsById/:id`, trafficById]] : []),
    ['POST', `${BASE}/:id/resetClientTraffic/:email`, resetTraffic],
    ['POST', `${BASE}/resetAllClientTraffics/:id`, resetAllTraffics],
    ['POST', `${BASE}/delDepletedClients/:id`, deleteDepleted],
    ['POST', `${BASE}/clientIps/:email`, ips],
    ['POST', `${BASE}/clearClientIps/:email`, clearIps],
    ['POST', `${BASE}/onlines`, onlines],
    ...(facts.setsClientTraffic ? [['POST', `${BASE}/updateClientTraffic/:email`, updateTraffic]] : []),
    ...(facts.deletesByEmail ? [['POST', `${BASE}/:id/delClientByEmail/:email`, removeByEmail]] : []),
    ...(facts.knowsLastOnline ? [['POST', `${BASE}/lastOnline`, lastOnline]] : []),
  ]
}

const bodyOf = ({ facts, texts }, call) =>
  failingWith(texts.inboundUpdated, () => strict(call.json(), inboundShapeOf(facts), 'Inbound'))

function add(panel, call) {
  const { id, settings } = bodyOf(panel, call)
  failingWith(panel.texts.wrong, () => clients.addClients(panel.store, id, settings))
  return envelope(true, panel.texts.done.clientsAdded)
}

function update(panel, call) {
  const { id, settings } = bodyOf(panel, call)
  failingWith(panel.texts.wrong, () => clients.updateClient(panel.store, call.params.clientId, id, settings))
  return envelope(true, panel.texts.done.clientUpdated)
}

function remove({ store, texts }, { params }) {
  const id = failingWith(texts.inboundUpdated, () => pathNumber(params.id))
  failingWith(texts.wrong, () => clients.deleteClient(store, id, params.clientId))
  return envelope(true, texts.done.clientDeleted)
}

function removeByEmail({ store, texts }, { params }) {
  const id = failingWith('Invalid inbound ID', () => pathNumber(params.id))
  failingWith(texts.clientDeleteByEmailFailed, () => clients.deleteClientByEmail(store, id, params.email))
  return envelope(true, texts.done.clientDeletedByEmail)
}

function trafficByEmail({ store, texts }, { params }) {
  const row = failingWith(texts.trafficFailed, () => clients.trafficByEmail(store, params.email))
  return envelope(true, '', row && trafficShape(store.facts, row))
}

function trafficById({ store }, { params }) {
  return envelope(
    true,
    '',
    clients.trafficById(store, params.id).map((row) => trafficShape(store.facts, row)),
  )
}

/** Sets the counters; what is not sent becomes zero. An unknown e-mail is no error. */
function updateTraffic({ store, texts }, call) {
  const { upload, download } = failingWith(texts.inboundUpdated, () =>
    strict(call.json(), { upload: 'int64', download: 'int64' }, 'TrafficUpdateRequest'),
  )
  const row = rowOf(store, call.params.email)
  if (row) Object.assign(row, { up: upload, down: download })
  if (row && store.facts.settingTrafficRaisesAllTime) row.allTime = Math.max(row.allTime, upload + download)
  return envelope(true, texts.done.clientUpdated)
}

function resetTraffic({ store, texts }, { params }) {
  const id = failingWith(texts.inboundUpdated, () => pathNumber(params.id))
  failingWith(texts.wrong, () => clients.resetTraffic(store, params.email))
  dateReset(store, [id])
  return envelope(true, texts.done.trafficReset)
}

function resetAllTraffics({ store, texts }, { params }) {
  const id = failingWith(texts.inboundUpdated, () => pathNumber(params.id))
  clients.resetAllTraffics(store, id)
  return envelope(true, texts.done.allClientTrafficReset)
}

function deleteDepleted({ store, texts }, { params }) {
  const id = failingWith(texts.inboundUpdated, () => pathNumber(params.id))
  failingWith(texts.wrong, () => clients.deleteDepleted(store, id))
  return envelope(true, texts.done.depletedDeleted)
}

function ips({ store }, { params }) {
  const seen = store.ips.get(params.email) ?? []
  if (seen.length === 0) return envelope(true, '', 'No IP Record')
  if (store.facts.ipsAsText) return envelope(true, '', JSON.stringify(seen.map(({ ip }) => ip)))
  return envelope(
    true,
    '',
    seen.map(({ ip, timestamp }) => (timestamp > 0 ? `${ip} (${localTime(timestamp)})` : ip)),
  )
}

/** `2026-01-02 15:04:05`, in the panel's own time zone. */
function localTime(seconds) {
  const date = new Date(seconds * 1000)
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 19).replace('T', ' ')
}

function clearIps({ store, texts }, { params }) {
  store.ips.delete(params.email)
  return envelope(true, texts.done.logCleared)
}

function onlines({ store }) {
  const { onlinesAlwaysListed, nobodyOnlineIsNull } = store.facts
  const online = store.online ?? (onlinesAlwaysListed ? [] : null)
  return envelope(true, '', nobodyOnlineIsNull && online?.length === 0 ? null : online)
}

function lastOnline({ store }) {
  const rows = store.traffic.all().sort((a, b) => (a.email < b.email ? -1 : 1))
  return envelope(true, '', Object.fromEntries(rows.map((row) => [row.email, row.lastOnline])))
}

module.exports = { legacyClientRoutes, ips, localTime, onlines, lastOnline }
