'use strict'

/*
 * Share links of clients (3.0.1 and later). Their outlines only: who it is, where, and what it is called.
 */

const { envelope } = require('../wire/answer')
const { clientsOf } = require('../store/settings')
const { failingWith } = require('./handling')
const inbounds = require('../store/inbounds')

function linkRoutes({ facts }) {
  if (facts.clientTable) {
    return [
      ['GET', '/panel/api/clients/links/:email', (panel, { params }) => linksOf(panel, ({ email }) => email === params.email)],
      ['GET', '/panel/api/clients/subLinks/:subId', bySubscription],
    ]
  }
  if (!facts.linksOfEntries) return []
  return [
    ['GET', '/panel/api/inbounds/getSubLinks/:subId', bySubscription],
    ['GET', '/panel/api/inbounds/getClientLinks/:id/:email', inInbound],
  ]
}

const bySubscription = (panel, { params }) => linksOf(panel, ({ subId, enable }) => enable && subId === params.subId)

function inInbound(panel, { params }) {
  const inbound = failingWith(panel.texts.obtain, () => inbounds.requireInbound(panel.store, Number(params.id)))
  return linksOf(panel, ({ email }) => email === params.email, [inbound])
}

function linksOf({ store }, isMeant, among = store.inbounds.all()) {
  const links = among.flatMap((inbound) =>
    clientsOf(inbound)
      .filter(isMeant)
      .map((client) => link(inbound, client)),
  )
  return envelope(true, '', links)
}

function link({ protocol, port, remark }, { id, password, email }) {
  return `${protocol}://${encodeURIComponent(id || password)}@localhost:${port}?security=none&type=tcp#${remark}-${email}`
}

module.exports = { linkRoutes }
