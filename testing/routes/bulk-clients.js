'use strict'

/*
 * `/panel/api/clients` of 3.1 and later: many clients in one call. What cannot be done to one is reported and skipped;
 * the others go through.
 */

const { strict } = require('../go/decode')
const { GoError } = require('../go/error')
const { envelope } = require('../wire/answer')
const { CLIENT_SHAPE } = require('../store/client-shape')
const clients = require('../store/clients')
const { requireInbound } = require('../store/inbounds')
const { recordOf } = require('../store/records')
const { failingWith } = require('./handling')

const BASE = '/panel/api/clients'
const DAY_MS = 86_400_000

function bulkClientRoutes(facts) {
  const adjusting = [['POST', `${BASE}/bulkAdjust`, adjust]]
  if (!facts.bulkRoutes) return adjusting
  return [
    ...adjusting,
    ['POST', `${BASE}/bulkCreate`, create],
    ['POST', `${BASE}/bulkDel`, remove],
    ['POST', `${BASE}/bulkAttach`, attach],
    ['POST', `${BASE}/bulkDetach`, detach],
    ['POST', `${BASE}/bulkResetTraffic`, resetTraffic],
    ...(facts.switchesInBulk ? switching : []),
  ]
}

const switching = [
  ['POST', `${BASE}/bulkEnable`, (panel, call) => setEnabled(panel, call, true)],
  ['POST', `${BASE}/bulkDisable`, (panel, call) => setEnabled(panel, call, false)],
]

const bodyOf = ({ texts }, call, shape) => failingWith(texts.wrong, () => strict(call.json(), shape, ''))

/** The reason why something cannot be done to one client, or null once it is done. */
function reasonAgainst(action) {
  try {
    action()
    return null
  } catch (error) {
    if (error instanceof GoError) return error.message
    throw error
  }
}

const unknownClient = ({ facts }) => (facts.saysWhichClientIsUnknown ? 'client not found' : 'record not found')

/** Runs over clients and counts; those that are unknown or refused are listed with a reason, where there are any. */
function counted(store, name, emails, action) {
  const skipped = []
  let count = 0
  for (const email of emails) {
    const reason = recordOf(store, email) ? reasonAgainst(() => action(email)) : unknownClient(store)
    if (reason === null) count += 1
    else skipped.push({ email, reason })
  }
  return envelope(true, '', { [name]: count, ...(skipped.length > 0 ? { skipped } : {}) })
}

function create({ store, texts }, call) {
  const payloads = failingWith(texts.wrong, () => {
    const body = call.json()
    if (!Array.isArray(body)) {
      throw new GoError('json: cannot unmarshal object into Go value of type []service.ClientCreatePayload')
    }
    return body.map((each) => strict(each, { client: CLIENT_SHAPE, inboundIds: ['int'] }, 'ClientCreatePayload'))
  })
  const { prepared, skipped } = prepare(store, payloads)
  joinByInbound(store, prepared)
  for (const { client, reason } of prepared) if (reason) skipped.push({ email: client.email, reason })
  const created = payloads.length - skipped.length
  return envelope(true, '', { created, ...(skipped.length > 0 ? { skipped } : {}) })
}

/** Sorts out what cannot be created whatever the inbound. */
function prepare(store, payloads) {
  const [prepared, skipped, emails] = [[], [], new Set()]
  for (const { client: sent, inboundIds } of payloads) {
    const problem = reasonAgainst(() => {
      if (sent.email.trim() === '') throw new GoError('client email is required')
      if (inboundIds.length === 0) throw new GoError('at least one inbound is required')
      if (emails.has(sent.email)) throw new GoError(`email already in use: ${sent.email}`)
      prepared.push({ client: clients.prepareClient(store, sent, inboundIds), inboundIds, reason: null })
      emails.add(sent.email)
    })
    if (problem !== null) skipped.push({ email: sent.email.trim() || '(missing email)', reason: problem })
  }
  return { prepared, skipped }
}

/** Each inbound takes all of its clients in one go: what one of them breaks fails for all. */
function joinByInbound(store, prepared) {
  for (const id of new Set(prepared.flatMap(({ inboundIds }) => inboundIds))) {
    const meant = prepared.filter(({ inboundIds }) => inboundIds.includes(id))
    const reason = reasonAgainst(() => clients.joinAll(store, requireInbound(store, id), meant.map(({ client }) => client)))
    for (const each of meant) each.reason ??= reason
  }
}

function remove(panel, call) {
  const { emails, keepTraffic } = bodyOf(panel, call, { emails: ['string'], keepTraffic: 'bool' })
  return counted(panel.store, 'deleted', emails, (email) => clients.deleteClient(panel.store, email, keepTraffic))
}

const attach = (panel, call) => moved(panel, call, 'attached', clients.attachClient, (ids, wanted) => wanted.every((id) => ids.includes(id)))

const detach = (panel, call) => moved(panel, call, 'detached', clients.detachClient, (ids, wanted) => !wanted.some((id) => ids.includes(id)))

/** Lists instead of counts, null where a list would be empty; a client that is already so is skipped. */
function moved(panel, call, name, action, isSo) {
  const { store } = panel
  const { emails, inboundIds } = bodyOf(panel, call, { emails: ['string'], inboundIds: ['int'] })
  const lists = { [name]: [], skipped: [], errors: [] }
  for (const email of emails) {
    const record = recordOf(store, email)
    if (record && isSo(record.inboundIds, inboundIds)) {
      lists.skipped.push(email)
      continue
    }
    const reason = reasonAgainst(() => action(store, email, inboundIds))
    if (reason === null) lists[name].push(email)
    else lists.errors.push(`${email}: ${reason}`)
  }
  return envelope(true, '', Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, list.length > 0 ? list : null])))
}

/** Moves expiry and quota. What stays is reported, even of a client whose other limit was moved. */
function adjust(panel, call) {
  const { store, texts } = panel
  const { emails, addDays, addBytes } = bodyOf(panel, call, { emails: ['string'], addDays: 'int', addBytes: 'int64' })
  failingWith(texts.wrong, () => {
    if (addDays === 0 && addBytes === 0) throw new GoError('no adjustment specified\n')
  })
  const skipped = []
  let adjusted = 0
  for (const email of store.facts.adjustsInOneGo ? new Set(emails) : emails) {
    const { limits, reasons } = movedLimits(store, recordOf(store, email), addDays * DAY_MS, addBytes)
    skipped.push(...reasons.map((reason) => ({ email, reason })))
    if (Object.keys(limits).length === 0) continue
    clients.setLimits(store, email, limits)
    adjusted += 1
  }
  return envelope(true, '', { adjusted, ...(skipped.length > 0 ? { skipped } : {}) })
}

/** The new limits, of those that move, and why others do not; who does all in one go gives the first reason. */
function movedLimits(store, record, addMs, addBytes) {
  if (!record) return { limits: {}, reasons: [unknownClient(store)] }
  const { adjustsInOneGo } = store.facts
  const moves = [movedExpiry(record.expiryTime, addMs), movedQuota(record.totalGB, addBytes, adjustsInOneGo)]
  const reasons = moves.flatMap(({ reason }) => reason ?? [])
  const limits = Object.assign({}, ...moves.map((move) => move.limits))
  return { limits, reasons: adjustsInOneGo ? reasons.slice(0, 1) : reasons }
}

/** The new expiry, or the reason why it stays. */
function movedExpiry(expiryTime, addMs) {
  if (addMs === 0) return {}
  if (expiryTime === 0) return { reason: 'unlimited expiry' }
  // Below zero it is the time that is left from the first use on.
  const moved = expiryTime + Math.sign(expiryTime) * addMs
  if (Math.sign(moved) === Math.sign(expiryTime)) return { limits: { expiryTime: moved } }
  return { reason: `reduction exceeds ${expiryTime < 0 ? 'delay window' : 'remaining time'}` }
}

/** The new quota, or the reason why it stays. Without a check, one that is taken away altogether becomes unlimited. */
function movedQuota(totalGB, addBytes, isChecked) {
  if (addBytes === 0) return {}
  if (totalGB === 0) return { reason: 'unlimited traffic' }
  const moved = Math.max(0, totalGB + addBytes)
  return moved > 0 || !isChecked ? { limits: { totalGB: moved } } : { reason: 'reduction exceeds remaining quota' }
}

function setEnabled(panel, call, enable) {
  const { emails } = bodyOf(panel, call, { emails: ['string'] })
  return counted(panel.store, 'changed', emails, (email) => clients.setEnabled(panel.store, email, enable))
}

function resetTraffic(panel, call) {
  const { emails } = bodyOf(panel, call, { emails: ['string'] })
  const known = emails.filter((email) => recordOf(panel.store, email))
  for (const email of known) clients.resetTraffic(panel.store, email)
  return envelope(true, '', { affected: known.length })
}

module.exports = { bulkClientRoutes }
