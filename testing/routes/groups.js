'use strict'

/*
 * Groups of clients (3.2 and later): a label on clients, and a name that is kept without any.
 */

const { strict } = require('../go/decode')
const { envelope } = require('../wire/answer')
const { rowOf } = require('../store/traffic')
const { failingWith } = require('./handling')

const BASE = '/panel/api/clients/groups'

function groupRoutes({ facts }) {
  if (!facts.bulkRoutes) return []
  return [
    ['GET', BASE, list],
    ['GET', `${BASE}/:name/emails`, (panel, { params }) => envelope(true, '', membersOf(panel, params.name).map(({ email }) => email))],
    ['POST', `${BASE}/create`, create],
    ['POST', `${BASE}/rename`, rename],
    ['POST', `${BASE}/delete`, remove],
    ['POST', `${BASE}/bulkAdd`, label],
    ['POST', `${BASE}/bulkRemove`, label],
  ]
}

const membersOf = ({ store }, name) => store.records.all().filter((record) => record.group === name)

function list(panel) {
  const { store } = panel
  const names = new Set([...store.groups, ...store.records.all().map(({ group }) => group)].filter(Boolean))
  return envelope(true, '', [...names].sort().map((name) => figuresOf(panel, name)))
}

function figuresOf(panel, name) {
  const rows = membersOf(panel, name).map(({ email }) => rowOf(panel.store, email) ?? { up: 0, down: 0 })
  const sum = (counter) => rows.reduce((total, row) => total + row[counter], 0)
  const [up, down] = [sum('up'), sum('down')]
  return { name, clientCount: rows.length, trafficUsed: up + down, up, down }
}

const bodyOf = ({ texts }, call, shape) => failingWith(texts.wrong, () => strict(call.json(), shape, ''))

function create(panel, call) {
  const { name } = bodyOf(panel, call, { name: 'string' })
  if (name.trim() === '') return envelope(false, `${panel.texts.wrong} (group name is required\n)`)
  panel.store.groups.add(name)
  return envelope(true, '', { name })
}

function rename(panel, call) {
  const { oldName, newName } = bodyOf(panel, call, { oldName: 'string', newName: 'string' })
  panel.store.groups.delete(oldName)
  panel.store.groups.add(newName)
  return envelope(true, '', { affected: relabel(membersOf(panel, oldName), newName) })
}

function remove(panel, call) {
  const { name } = bodyOf(panel, call, { name: 'string' })
  panel.store.groups.delete(name)
  return envelope(true, '', { affected: relabel(membersOf(panel, name), '') })
}

/** Puts clients into a group, or out of theirs where none is named. */
function label(panel, call) {
  const { emails, group = '' } = bodyOf(panel, call, { emails: ['string'], group: 'string' })
  const meant = panel.store.records.all().filter(({ email }) => emails?.includes(email))
  return envelope(true, '', { affected: relabel(meant, group) })
}

function relabel(records, group) {
  for (const record of records) record.group = group
  return records.length
}

module.exports = { groupRoutes }
