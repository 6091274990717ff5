'use strict'

/*
 * What sets one panel version apart from another, as facts the rest of the panel asks for by name.
 *
 * Owns the boundaries. Nothing else in testing/ may compare versions: a rule that changed in 3.4 is a fact here and
 * a question there. The newest state of the panel's repository is called HEAD; it still reports itself as 3.6.0.
 */

const NEWEST = 'HEAD'

/** The versions this panel has been compared with recordings of. */
const VERSIONS = ['2.8.11', NEWEST]

/**
 * The facts of a version.
 *
 * @param {string} [name] - One of `VERSIONS`; the newest when left out or called `newest`.
 * @throws {RangeError} for any other.
 */
function factsOf(name = NEWEST) {
  const version = name === 'newest' ? NEWEST : String(name).replace(/^v(?=\d)/, '')
  if (!VERSIONS.includes(version)) {
    throw new RangeError(`Unknown panel version: ${name}. This panel plays ${VERSIONS.join(', ')} (or newest).`)
  }
  const number = version === NEWEST ? [Infinity] : version.split('.').map(Number)
  const from = (...boundary) => !isBefore(number, boundary)
  return Object.freeze({
    version,
    /** What `server/status` says of itself; older panels say nothing. */
    panelVersion: from(3, 1, 0) ? (version === NEWEST ? '3.6.0' : version) : null,
    /** Clients have a table and routes of their own; before, they live in the settings of their inbound. */
    clientTable: from(3, 1, 0),
    /** `settings`, `streamSettings` and `sniffing` are answered as objects; before, as JSON text. */
    nestedJson: from(3, 1, 0),
    csrf: from(3, 0, 0),
    bearer: from(3, 0, 0),
    loginLimiter: from(3, 0, 0),
    logoutVerb: from(3, 0, 2) ? 'POST' : 'GET',
    /** An API call of a browser script without a session: 401 from 3.0.2 on, 404 before. */
    lostSessionStatus: from(3, 0, 2) ? 401 : 404,
    cookieBelowBasePath: from(2, 9, 0),
    securityHeaders: from(3, 0, 0),
    greetingHasLeadingBlank: !from(3, 1, 0),
    xrayPrefix: from(3, 3, 0) ? '/panel/api/xray' : '/panel/xray',
    validatesInbounds: from(3, 2, 0),
    inboundUpdateSetsCounters: !from(3, 0, 0),
    deletingUnknownInboundSucceeds: from(3, 3, 1),
    portConflictNamesInbound: from(3, 2, 8),
    tagNamesTransport: from(3, 3, 1),
    statsInGetInbound: from(3, 2, 5),
    /** Before it has asked xray for the first time, an older panel says null. */
    onlinesAlwaysListed: from(3, 6, 0),
    unknownTrafficIsNull: from(3, 2, 8),
    ipsAsObjects: from(3, 4, 0),
    resetRevivesClient: from(3, 3, 1),
  })
}

function isBefore(number, boundary) {
  for (let at = 0; at < boundary.length; at++) {
    const part = number[at] ?? 0
    if (part !== boundary[at]) return part < boundary[at]
  }
  return false
}

module.exports = { VERSIONS, NEWEST, factsOf }
