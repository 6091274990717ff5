'use strict'

/*
 * `/panel/api/inbounds`: the routes every version has.
 */

const { strict, lenient } = require('../go/decode')
const { envelope } = require('../wire/answer')
const { inboundShape, statsOf } = require('../shapes')
const inbounds = require('../store/inbounds')
const { failingWith, pathNumber, typed, Answered } = require('./handling')

const BASE = '/panel/api/inbounds'

function inboundRoutes(facts) {
  return [
    ['GET', `${BASE}/list`, list],
    ['GET', `${BASE}/get/:id`, get],
    ['POST', `${BASE}/add`, add],
    ['POST', facts.importsInbounds ? `${BASE}/import` : '/panel/inbound/import', importOne],
    ['POST', `${BASE}/update/:id`, update],
    ['POST', `${BASE}/del/:id`, remove],
    ['POST', `${BASE}/resetAllTraffics`, resetAllTraffics],
  ]
}

function list({ store, guid }) {
  const more = store.facts.inboundsHaveShareAddress ? { originNodeGuid: guid } : {}
  return envelope(
    true,
    '',
    store.inbounds.all().map((inbound) => inboundShape(store, inbound, statsOf(store, inbound), more)),
  )
}

function get({ store, texts }, { params }) {
  const id = failingWith('', () => pathNumber(params.id))
  const inbound = failingWith(texts.obtain, () => inbounds.requireInbound(store, id))
  return envelope(true, '', inboundShape(store, inbound, store.facts.statsInGetInbound ? statsOf(store, inbound) : null))
}

function add(panel, call) {
  return create(panel, bodyOf(panel, call, panel.texts.inboundCreated))
}

/** An inbound as form field `data`, as the panel's own export gives it. */
function importOne(panel, call) {
  const shape = inbounds.inboundShapeOf(panel.facts)
  const sent = failingWith(panel.texts.inboundCreated, () => JSON.parse(call.form().get('data') ?? ''))
  return create(panel, lenient(sent, shape))
}

function create({ store, texts }, sent) {
  const unmade = () => inboundShape(store, inbounds.tagged(store, sent), null)
  const inbound = failing({ store, texts }, texts.inboundCreated, () => inbounds.addInbound(store, sent), unmade)
  return envelope(true, texts.done.inboundCreated, inboundShape(store, inbound, null))
}

function update(panel, call) {
  const { store, texts } = panel
  const id = failingWith(texts.inboundUpdated, () => pathNumber(call.params.id))
  const sent = bodyOf(panel, call, texts.inboundUpdated)
  const unchanged = () => inboundShape(store, { tag: '', ...sent, id }, null)
  const echo = failing(panel, texts.inboundUpdated, () => inbounds.updateInbound(store, id, sent), unchanged)
  return envelope(true, texts.done.inboundUpdated, inboundShape(store, echo, echo.clientStats))
}

function remove({ store, texts }, { params }) {
  const id = failingWith(texts.inboundDeleted, () => pathNumber(params.id))
  failing({ store, texts }, texts.inboundDeleted, () => inbounds.deleteInbound(store, id), () => id)
  return envelope(true, texts.done.inboundDeleted, id)
}

/** The oldest panels say of an inbound what failed, and answer what would have been answered else. */
function failing({ store, texts }, toast, part, shown) {
  return store.facts.failuresShowInbound ? failingWith(toast, part, shown) : failingWith(texts.wrong, part)
}

/** The counters of the inbounds; those of their clients stay. */
function resetAllTraffics({ store, texts }) {
  for (const inbound of store.inbounds.all()) Object.assign(inbound, { up: 0, down: 0 })
  inbounds.dateReset(store, store.inbounds.all().map(({ id }) => id))
  return envelope(true, texts.done.allTrafficReset)
}

function bodyOf({ facts }, call, toast) {
  const shape = inbounds.inboundShapeOf(facts)
  const sent = failingWith(toast, () => (call.isJson ? strict(call.json(), shape, 'Inbound') : lenient(typed(call.form(), shape), shape)))
  const issues = facts.validatesInbounds && inbounds.validationIssues(sent)
  if (issues) throw new Answered(envelope(false, 'request body failed validation', issues))
  return sent
}

module.exports = { inboundRoutes }
