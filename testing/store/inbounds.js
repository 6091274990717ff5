'use strict'

/*
 * Inbounds: making, changing and deleting them. Their clients are touched only as far as these three do.
 */

const { encodeIndented, sorted } = require('../go/encode')
const { PanelError, recordNotFound } = require('../go/error')
const { clientsOf, settingsOf, duplicateEmail, sharesCounters, textWithStructs } = require('./settings')
const { structOf } = require('./client-shape')
const { addTrafficRow, removeTrafficRow } = require('./traffic')
const { usableKey } = require('./shadowsocks')
const records = require('./records')

/** The fields of an inbound that callers send. */
const INBOUND_SHAPE = {
  id: 'int',
  up: 'int64',
  down: 'int64',
  total: 'int64',
  allTime: 'int64',
  remark: 'string',
  enable: 'bool',
  expiryTime: 'int64',
  trafficReset: 'string',
  trafficResetDay: 'int',
  lastTrafficResetTime: 'int64',
  clientStats: 'any',
  tag: 'string',
  listen: 'string',
  port: 'int',
  protocol: 'string',
  settings: 'string',
  streamSettings: 'string',
  sniffing: 'string',
  subSortIndex: 'int',
  disableFlow: 'bool',
  allocate: 'string',
}

/** The same of panels that take JSON and JSON text alike. */
const NESTED_INBOUND_SHAPE = { ...INBOUND_SHAPE, settings: 'json', streamSettings: 'json', sniffing: 'json' }

const inboundShapeOf = (facts) => (facts.nestedJson ? NESTED_INBOUND_SHAPE : INBOUND_SHAPE)

const ANY_ADDRESS = ['', '0.0.0.0', '::', '::0']

function requireInbound(store, id) {
  const inbound = store.inbounds.byId(id)
  if (!inbound) throw recordNotFound()
  return inbound
}

function addInbound(store, sent) {
  refuseTakenPort(store, sent, 0)
  const clients = clientsOf(sent)
  const taken = duplicateEmail(store, clients)
  if (taken) throw new PanelError('Duplicate email:', taken)
  for (const client of clients) requireCredential(sent.protocol, client)
  const settings = clients.length > 0 && store.facts.stampsClients ? stamped(store, sent, clients) : sent.settings
  const { clientStats: _, ...row } = sent
  const inbound = store.inbounds.add({
    ...row,
    settings,
    trafficReset: sent.trafficReset || 'never',
    trafficResetDay: sent.trafficResetDay || 1,
    subSortIndex: sent.subSortIndex || 1,
    tag: tagOf(store.facts, sent),
  })
  for (const client of clients) addTrafficRow(store, inbound.id, client)
  if (store.facts.clientTable) records.sync(store, inbound)
  return inbound
}

/** Replaces what was sent, and what was not by its zero value. Gives the body as the panel echoes it. */
function updateInbound(store, id, sent) {
  const { facts } = store
  const inbound = facts.clientTable ? requireInbound(store, id) : store.inbounds.byId(id)
  refuseTakenPort(store, sent, id)
  if (!inbound) throw recordNotFound()
  if (facts.refusesEmptySettings && sent.settings === '') throw new PanelError('inbound settings is empty')

  moveTrafficRows(store, inbound, sent)
  const settings = withStampsOf(store, inbound, sent)
  const { up, down } = facts.inboundUpdateSetsCounters ? sent : inbound
  const { remark, enable, expiryTime, total, trafficReset, listen, port, protocol, streamSettings, sniffing } = sent
  Object.assign(inbound, { up, down, remark, enable, expiryTime, total, trafficReset, listen, port, protocol })
  Object.assign(inbound, { settings, streamSettings, sniffing, allocate: sent.allocate, tag: tagOf(facts, sent) })
  if (facts.clientTable) records.sync(store, inbound)
  const echoedTag = facts.tagNamesTransport ? inbound.tag : sent.tag ?? ''
  return { ...sent, id, settings, tag: echoedTag, subSortIndex: sent.subSortIndex || 1, trafficResetDay: sent.trafficResetDay || 1 }
}

function deleteInbound(store, id) {
  const inbound = store.inbounds.byId(id)
  if (store.facts.inboundTakesCounters) store.traffic.remove((row) => row.inboundId === id)
  if (!inbound) {
    if (store.facts.deletingUnknownInboundSucceeds) return
    throw recordNotFound()
  }
  if (store.facts.inboundTakesCounters) for (const { email } of clientsOf(inbound)) store.ips.delete(email)
  store.inbounds.remove((row) => row.id === id)
  if (store.facts.clientTable) {
    records.leave(store, id)
    if (store.inbounds.all().length === 0) store.inbounds.restartIds()
  }
}

/** Notes on inbounds that counters of theirs were reset. */
function dateReset(store, ids) {
  if (!store.facts.resetsAreDated) return
  for (const inbound of store.inbounds.where(({ id }) => ids.includes(id))) inbound.lastTrafficResetTime = store.now()
}

/** An inbound that was sent, with the tag that it would get. */
const tagged = ({ facts }, sent) => ({ ...sent, tag: tagOf(facts, sent) })

/** Legacy panels ask for the credential that their protocol tells clients apart by. */
function requireCredential(protocol, client) {
  const key = { trojan: 'password', shadowsocks: 'email', hysteria: 'auth' }[protocol] ?? 'id'
  if (client[key] === '') throw new PanelError('empty client ID')
}

function refuseTakenPort(store, { listen, port }, ownId) {
  const other = store.inbounds.first(
    (row) => row.id !== ownId && row.port === port && (ANY_ADDRESS.includes(listen) || [listen, ...ANY_ADDRESS].includes(row.listen)),
  )
  if (!other) return
  if (!store.facts.portConflictNamesInbound) throw new PanelError('Port already exists:', port)
  const where = ANY_ADDRESS.includes(other.listen) ? '*' : other.listen
  throw new PanelError(`port ${port} (tcp) already used by inbound '${other.remark}' (#${other.id}) on ${where}`)
}

function tagOf(facts, { listen, port, protocol, settings, streamSettings }) {
  if (!facts.tagNamesTransport) return ANY_ADDRESS.includes(listen) ? `inbound-${port}` : `inbound-${listen}:${port}`
  return `in-${port}-${transportOf(protocol, settings, streamSettings)}`
}

function transportOf(protocol, settings, streamSettings) {
  const parsed = (text) => {
    try {
      return JSON.parse(text) ?? {}
    } catch {
      return {}
    }
  }
  if (['wireguard', 'hysteria'].includes(protocol)) return 'udp'
  if (['kcp', 'quic'].includes(parsed(streamSettings).network)) return 'udp'
  return protocol === 'shadowsocks' ? String(parsed(settings).network ?? 'tcp').replace(',', '') : 'tcp'
}

/** The settings of a new inbound with its clients rewritten by the panel: typed, stamped, keys dealt with. */
function stamped(store, sent, clients) {
  const now = store.stamp()
  const settings = settingsOf(sent)
  const struct = structOf(store.facts)
  const rewritten = clients.map((client) => ({ ...client, created_at: client.created_at || now, updated_at: now }))
  if (store.facts.clientTable && sent.protocol === 'shadowsocks') {
    for (const client of rewritten) client.password = usableKey(settings.method, client.password)
  }
  return textWithStructs(settings, rewritten.map(struct))
}

/** The settings of a changed inbound: clients keep the stamps they had, but where a change of theirs is presumed. */
function withStampsOf(store, inbound, sent) {
  if (!store.facts.stampsClients) return sent.settings
  let settings
  try {
    settings = settingsOf(sent)
  } catch {
    return sent.settings
  }
  if (!Array.isArray(settings?.clients)) return sent.settings
  const known = new Map(clientsOf(inbound).map((client) => [client.email, client]))
  const now = store.stamp()
  for (const client of settings.clients) {
    const before = known.get(client.email)
    client.created_at ??= before?.created_at || now
    if (store.facts.inboundUpdateStampsClients) client.updated_at = now
    else if (client.updated_at === undefined && before?.updated_at) client.updated_at = before.updated_at
  }
  return encodeIndented(sorted(settings))
}

function moveTrafficRows(store, inbound, sent) {
  const before = clientsOf(inbound)
  const after = clientsOf(sent)
  const emails = (clients) => new Set(clients.map(({ email }) => email))
  const [had, has] = [emails(before), emails(after)]
  const isGone = (email) => !has.has(email) && !sharesCounters(store, inbound, email)
  for (const { email } of before) if (isGone(email)) removeTrafficRow(store, email)
  for (const client of after) if (!had.has(client.email)) addTrafficRow(store, inbound.id, client)
}

/** Validation of newer panels, which comes before anything else. */
const PROTOCOLS = 'vmess vless trojan shadowsocks wireguard hysteria http mixed tunnel tun mtproto'

function validationIssues({ protocol }) {
  const rule = protocol === '' ? 'required' : PROTOCOLS.split(' ').includes(protocol) ? null : 'oneof'
  if (rule === null) return null
  const message = `Key: 'Inbound.protocol' Error:Field validation for 'protocol' failed on the '${rule}' tag`
  const param = rule === 'oneof' ? { param: PROTOCOLS } : {}
  return { issues: [{ field: 'protocol', rule, ...param, message }], message }
}

module.exports = {
  inboundShapeOf,
  requireInbound,
  requireCredential,
  addInbound,
  updateInbound,
  deleteInbound,
  tagged,
  dateReset,
  validationIssues,
}
