'use strict'

/*
 * A 3x-ui panel to test against: an HTTP server on loopback, with state, that answers as the panel of that version
 * does. For this package's tests and for those of its users; it shares nothing with the client.
 */

const { Panel } = require('./panel')
const { RELEASES, VERSIONS, factsOf } = require('./versions')

async function startPanel(options = {}) {
  const { version, port, ...rest } = options
  const panel = new Panel(factsOf(version), rest)
  await panel.listen(port)
  return handleOf(panel)
}

/** What a test sees of a panel. */
function handleOf(panel) {
  return {
    url: panel.url,
    get version() {
      return panel.facts.version
    },
    get token() {
      return panel.token
    },
    requests: panel.received,
    get logins() {
      return panel.logins
    },
    get inbounds() {
      return panel.store.inbounds.all().map((inbound) => ({ ...inbound, settings: JSON.parse(inbound.settings || 'null') }))
    },
    addInbound: (inbound) => panel.seed(inbound).id,
    expireSessions: () => panel.sessions.expireAll(),
    rotateCsrf: () => panel.sessions.rotateCsrf(),
    restart: (options) => panel.restart(options),
    failNext: (fault) => panel.faults.failNext(fault),
    delay: (ms) => panel.faults.delay(ms),
    setTraffic: (email, counters) => panel.setTraffic(email, counters),
    setInboundTraffic: (id, counters) => panel.setInboundTraffic(id, counters),
    setIps: (email, ips, at) => panel.setIps(email, ips, at),
    setOnline: (emails) => void (panel.store.online = emails && [...emails]),
    close: () => panel.close(),
  }
}

module.exports = { startPanel, VERSIONS, RELEASES }
