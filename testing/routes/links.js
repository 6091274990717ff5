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

function link(inbound, client) {
  const { protocol, port, remark } = inbound
  const { id, password, email } = client
  if (protocol === 'hysteria' || protocol === 'hysteria2') return hysteriaLink(inbound, client)
  return `${protocol}://${encodeURIComponent(id || password)}@localhost:${port}?security=none&type=tcp#${remark}-${email}`
}

/** The one link of which more is given: real panels write it in no other way than this. */
function hysteriaLink({ port, remark, settings, streamSettings }, { auth, email }) {
  const parsed = (text) => (typeof text === 'string' ? JSON.parse(text || '{}') : (text ?? {}))
  const { version } = parsed(settings)
  const { tlsSettings: tls = {}, finalmask } = parsed(streamSettings)
  const obfs = finalmask?.udp?.find(({ type }) => type === 'salamander')?.settings?.password
  const query = {
    ...(tls.alpn?.length > 0 ? { alpn: tls.alpn.join() } : {}),
    ...(tls.settings?.fingerprint === undefined ? {} : { fp: tls.settings.fingerprint }),
    ...(obfs ? { obfs: 'salamander', 'obfs-password': obfs } : {}),
    security: 'tls',
    ...(tls.serverName === undefined ? {} : { sni: tls.serverName }),
  }
  const scheme = version === 1 ? 'hysteria' : 'hysteria2'
  return `${scheme}://${encodeURIComponent(auth)}@localhost:${port}?${new URLSearchParams(query)}#${remark}-${email}`
}

module.exports = { linkRoutes }
