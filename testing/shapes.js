'use strict'

/*
 * What rows look like in answers: the fields each version shows, in its order.
 */

const { clientsOf } = require('./store/settings')
const { effectiveFlow } = require('./store/records')

/**
 * An inbound.
 *
 * @param {object[] | null} stats - Its traffic rows; null where the call does not load them.
 */
function inboundShape(store, inbound, stats, more = {}) {
  const { facts } = store
  const { id, up, down, total, remark, enable, expiryTime, trafficReset, lastTrafficResetTime } = inbound
  const { listen, port, protocol, tag } = inbound
  const clientStats = stats?.map((row) => trafficShape(facts, row)) ?? null
  const nested = (text) => (text === '' ? null : JSON.parse(text))
  if (!facts.nestedJson) {
    const { allTime, settings, streamSettings, sniffing, allocate } = inbound
    const period = facts.inboundsHaveResetPeriod ? { trafficReset, lastTrafficResetTime } : {}
    const ever = facts.countsAllTime ? { allTime } : {}
    const counters = { id, up, down, total, ...ever, remark, enable, expiryTime, ...period }
    const rest = { listen, port, protocol, settings, streamSettings, tag, sniffing }
    return { ...counters, clientStats, ...rest, ...(facts.inboundsHaveAllocation ? { allocate } : {}) }
  }
  const { subSortIndex, trafficResetDay, disableFlow } = inbound
  return {
    ...{ id, up, down, total, remark, ...(facts.inboundsHaveSortIndex ? { subSortIndex } : {}), enable, expiryTime },
    ...{ trafficReset, ...(facts.inboundsHaveResetDay ? { trafficResetDay } : {}) },
    ...{ lastTrafficResetTime, clientStats, listen, port, protocol, tag },
    ...(facts.inboundsHaveShareAddress ? { shareAddrStrategy: 'node', shareAddr: '' } : {}),
    ...(facts.inboundsCanRefuseFlow ? { disableFlow } : {}),
    ...more,
    settings: nested(inbound.settings),
    streamSettings: nested(inbound.streamSettings),
    sniffing: nested(inbound.sniffing),
  }
}

/** The traffic rows of an inbound, then those its clients share with others; with what the clients add to them. */
function statsOf(store, inbound) {
  const clients = new Map(clientsOf(inbound).map((client) => [client.email.toLowerCase(), client]))
  const own = store.traffic.where((row) => row.inboundId === inbound.id)
  const shared = (row) => row.inboundId !== inbound.id && clients.has(row.email.toLowerCase())
  const rows = store.facts.sameSubIdSharesEmail ? [...own, ...store.traffic.where(shared)] : own
  return rows.map((row) => {
    const client = clients.get(row.email.toLowerCase())
    return client ? { ...row, uuid: client.id, subId: client.subId } : row
  })
}

/** A traffic row. */
function trafficShape(facts, row) {
  const { id, inboundId, enable, email, uuid = '', subId = '' } = row
  const { up, down, allTime, expiryTime, total, reset, lastOnline } = row
  if (!facts.clientTable) {
    const named = facts.rowsNameTheirClient
    const [who, when] = named ? [{ uuid, subId }, { lastOnline }] : [{}, {}]
    const ever = facts.countsAllTime ? { allTime } : {}
    return { id, inboundId, enable, email, ...who, up, down, ...ever, expiryTime, total, reset, ...when }
  }
  if (!facts.clientsRenewByCalendar) return { id, inboundId, enable, email, uuid, subId, up, down, expiryTime, total, reset, lastOnline }
  const { resetDay, resetMax, resetCount } = row
  const counters = { id, inboundId, enable, email, uuid, subId, up, down, expiryTime, total }
  return { ...counters, reset, resetDay, resetMax, resetCount, lastOnline, lastSubFetch: 0 }
}

const WIREGUARD = { privateKey: '', publicKey: '', allowedIPs: '', preSharedKey: '', keepAlive: 0, secret: '', adTag: '' }

/** A record of the client table. */
function recordShape(store, record, flow = effectiveFlow(store, record)) {
  const { facts } = store
  const calendar = facts.clientsRenewByCalendar
  const { id, email, subId, uuid, password, auth, security, limitIp, totalGB, expiryTime, enable, tgId } = record
  const { group, comment, reset, resetDay, resetMax, trafficReset, trafficResetDay, createdAt, updatedAt } = record
  return {
    ...{ id, email, subId, uuid, password, auth, flow, security },
    ...(facts.recordsHaveWireGuard ? WIREGUARD : {}),
    ...{ limitIp, ...(calendar ? { limitHwid: 0 } : {}), totalGB, expiryTime, enable, tgId },
    ...{ ...(facts.recordsHaveGroup ? { group } : {}), comment, reset },
    ...(calendar ? { resetDay, resetMax, trafficReset, trafficResetDay } : {}),
    ...{ createdAt, updatedAt, reverse: null },
  }
}

/** A record as lists by page show it: without credentials. */
function slimShape(store, record) {
  const calendar = store.facts.clientsRenewByCalendar
  const { email, subId, enable, totalGB, expiryTime, limitIp, reset, resetDay, resetMax, group, comment } = record
  return {
    ...{ email, subId, enable, totalGB, expiryTime, limitIp },
    ...(calendar ? { limitHwid: 0, reset, resetDay, resetMax } : { reset }),
    ...(group && store.facts.recordsHaveGroup ? { group } : {}),
    ...(comment ? { comment } : {}),
    ...{ inboundIds: idsInLists(pageOrder(store, record)), ...bareTraffic(store, record.email) },
    ...{ createdAt: record.createdAt, updatedAt: record.updatedAt },
  }
}

/** A page may sort the inbounds of a client. */
function pageOrder({ facts }, { inboundIds }) {
  return { inboundIds: facts.pagesSortInbounds ? inboundIds.toSorted((a, b) => a - b) : inboundIds }
}

/** The inbounds of a client as lists show them: nothing instead of an empty list. */
function idsInLists({ inboundIds }) {
  return inboundIds.length > 0 ? [...inboundIds] : null
}

/** The traffic of an e-mail as lists of clients show it; nothing where it is not counted. */
function bareTraffic(store, email) {
  const row = store.traffic.firstWith('email', email)
  return row ? { traffic: trafficShape(store.facts, row) } : {}
}

module.exports = { inboundShape, statsOf, trafficShape, recordShape, slimShape, idsInLists, bareTraffic }
