'use strict'

/*
 * `/panel/api/clients/list/paged`: clients by page, searched, filtered and sorted.
 */

const { envelope } = require('../wire/answer')
const { slimShape } = require('../shapes')
const { rowOf, isDepleted } = require('../store/traffic')

const DEFAULT_SIZE = 25
const LARGEST_SIZE = 200
const SOON_MS = 3 * 86_400_000

function clientPageRoutes() {
  return [['GET', '/panel/api/clients/list/paged', paged]]
}

function paged({ store }, { query }) {
  const all = store.records.all()
  const found = sort(all.filter((record) => matches(store, record, query)), query)
  const page = Math.max(1, Number(query.get('page')) || 1)
  const pageSize = Math.min(LARGEST_SIZE, Number(query.get('pageSize')) || DEFAULT_SIZE)
  const items = found.slice((page - 1) * pageSize, page * pageSize).map((record) => slimShape(store, record))
  const counts = { total: all.length, filtered: found.length, page, pageSize }
  const groups = store.facts.recordsHaveGroup ? { groups: groupsOf(all) } : {}
  return envelope(true, '', { items, ...counts, summary: summaryOf(store, all), ...groups })
}

/** The groups that clients are in, each once, by name without regard to letter case. */
function groupsOf(records) {
  const lower = (name) => name.toLowerCase()
  const names = [...new Set(records.map(({ group }) => group).filter(Boolean))]
  return names.sort((a, b) => (lower(a) < lower(b) ? -1 : lower(a) > lower(b) ? 1 : 0))
}

/** `search` looks into names and credentials alike, without regard to letter case. */
function matches(store, record, query) {
  const wanted = (query.get('search') ?? '').toLowerCase()
  const { email, subId, comment, uuid, password, auth } = record
  const credentials = store.facts.searchesCredentials ? [uuid, password, auth] : []
  if (wanted && ![email, subId, comment, ...credentials].some((text) => text.toLowerCase().includes(wanted))) return false
  const inbounds = (query.get('inbound') ?? '').split(',').filter(Boolean).map(Number)
  if (inbounds.length > 0 && !inbounds.some((id) => record.inboundIds.includes(id))) return false
  const states = (query.get('filter') ?? '').split(',').filter(Boolean)
  return states.length === 0 || states.some((state) => isIn(store, record, state))
}

function isIn(store, record, state) {
  const row = rowOf(store, record.email)
  const depleted = Boolean(row && isDepleted(row, store.now()))
  const { enable, expiryTime } = record
  const now = store.now()
  return {
    online: (store.online ?? []).includes(record.email),
    depleted,
    deactive: !enable,
    active: enable && !depleted,
    expiring: enable && expiryTime > now && expiryTime - now < SOON_MS,
  }[state]
}

function sort(records, query) {
  const key = { email: (record) => record.email, enable: ({ enable }) => enable, expiryTime: ({ expiryTime }) => expiryTime }[query.get('sort')]
  if (!key) return records
  const direction = query.get('order') === 'descend' ? -1 : 1
  return records.sort((a, b) => direction * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

function summaryOf(store, all) {
  const emails = (state) => all.filter((record) => isIn(store, record, state)).map(({ email }) => email)
  const [online, depleted, expiring] = ['online', 'depleted', 'expiring'].map(emails)
  const deactive = emails('deactive').filter((email) => !depleted.includes(email))
  const [onlineCount, depletedCount, expiringCount, deactiveCount] = [online, depleted, expiring, deactive].map(({ length }) => length)
  const counts = { onlineCount, depletedCount, expiringCount, deactiveCount }
  return {
    ...{ total: all.length, active: emails('active').length },
    ...(store.facts.summaryCounts ? counts : {}),
    ...{ online, depleted, expiring, deactive },
  }
}

module.exports = { clientPageRoutes }
