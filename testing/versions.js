'use strict'

/*
 * What sets one panel version apart from another, as facts the rest of the panel asks for by name.
 *
 * Owns the boundaries. Nothing else in testing/ may compare versions: a rule that changed in 3.4 is a fact here and
 * a question there. The newest state of the panel's repository is called HEAD; it still reports itself as 3.6.0.
 */

const NEWEST = 'HEAD'

/** The versions this panel has been compared with recordings of. */
const VERSIONS = ['2.3.15', '2.5.8', '2.6.7', '2.8.11', '2.9.4', '3.0.2', '3.1.0', '3.3.1', '3.6.0', NEWEST]

/** Every version there has been since 2.3.0, oldest first: those in between are played by the same facts. */
const RELEASES = [
  '2.3.0', '2.3.1', '2.3.3', '2.3.4', '2.3.5', '2.3.6', '2.3.7', '2.3.8', '2.3.9', '2.3.10', '2.3.11', '2.3.12', '2.3.13', '2.3.14', '2.3.15',
  '2.4.0', '2.4.1', '2.4.2', '2.4.3', '2.4.4', '2.4.5', '2.4.6', '2.4.7', '2.4.8', '2.4.9', '2.4.10', '2.4.11',
  '2.5.0', '2.5.1', '2.5.2', '2.5.3', '2.5.4', '2.5.5', '2.5.6', '2.5.7', '2.5.8',
  '2.6.0', '2.6.1', '2.6.2', '2.6.3', '2.6.5', '2.6.6', '2.6.7', '2.6.8',
  '2.7.0',
  '2.8.0', '2.8.1', '2.8.2', '2.8.3', '2.8.4', '2.8.5', '2.8.6', '2.8.7', '2.8.8', '2.8.9', '2.8.10', '2.8.11',
  '2.9.0', '2.9.1', '2.9.2', '2.9.3', '2.9.4',
  '3.0.0', '3.0.1', '3.0.2',
  '3.1.0',
  '3.2.0', '3.2.5', '3.2.6', '3.2.7', '3.2.8',
  '3.3.0', '3.3.1',
  '3.4.0', '3.4.1', '3.4.2',
  '3.5.0',
  '3.6.0',
  NEWEST,
]

/**
 * The facts of a version.
 *
 * @param {string} [name] - One of `RELEASES`; the newest when left out or called `newest`.
 * @throws {RangeError} for any other.
 */
function factsOf(name = NEWEST) {
  const version = name === 'newest' ? NEWEST : String(name).replace(/^v(?=\d)/, '')
  if (!RELEASES.includes(version)) {
    const played = `${VERSIONS.join(', ')} (or newest), and every release between them`
    throw new RangeError(`Unknown panel version: ${name}. This panel plays ${played}.`)
  }
  const number = version === NEWEST ? [Infinity] : version.split('.').map(Number)
  const from = (...boundary) => !isBefore(number, boundary)
  return Object.freeze({
    version,
    /** What `server/status` says of itself; older panels say nothing. */
    panelVersion: from(3, 1, 0) ? (version === NEWEST ? '3.6.0' : version) : null,
    /** Clients have a table and routes of their own; before, they live in the settings of their inbound. */
    clientTable: from(3, 1, 0),
    /** One write at a time, whatever comes. */
    oneWriter: from(3, 1, 0),
    /** A client that is added while too many others write is stored, although the answer says that it could not be. */
    storesWhatItRefusesAsBusy: version === NEWEST,
    /** A client that is added beside another write mostly crashes the handler, with its counters stored already. */
    addsCrashEachOther: !from(3, 0, 0),
    /** How a session names its user: a panel reads only sessions of its own kind. */
    sessionKind: from(3, 0, 0) ? 'number' : from(2, 8, 3) ? 'struct of 2.8' : 'struct',
    /** A panel that is upgraded gives entries without a subId one, and makes numbers of Telegram ids. */
    mendsEntries: from(3, 2, 0),
    /** `settings`, `streamSettings` and `sniffing` are answered as objects; before, as JSON text. */
    nestedJson: from(3, 1, 0),
    /** An unknown route is a 404 without a body; up to 2.6 the router's own words, or nothing at all once compressed. */
    missingRouteIsEmpty: from(2, 7, 0),
    /** Compression swallows the status, too. */
    missingRouteIsHidden: from(2, 5, 0),
    /** An answer without a body still is a whole stream once compressed. */
    zipsNothing: !from(2, 5, 0),
    /** A handler that crashes: 500; seen as 200 without a body on 3.0. */
    crashStatus: from(3, 0, 0) && !from(3, 1, 0) ? 200 : 500,
    /** Once compressed it is a 200. */
    crashIsHidden: !from(2, 5, 0),
    /** The server's routes are part of the API, and asked by GET. */
    serverInApi: from(2, 7, 0),
    /** The pages link their styles by addresses that end in the version. */
    pagesNameVersionInStyles: !from(3, 0, 0),
    /** Counters by UUID are asked for; before, they are only in the list. */
    findsTrafficById: from(2, 3, 11),
    hasXrayLog: from(2, 6, 5),
    hasCpuHistory: from(2, 8, 1),
    updatesGeoFileByName: from(2, 6, 0),
    updatesAllGeoFiles: from(2, 6, 6),
    makesMldsa65: from(2, 6, 3),
    makesEchKeys: from(2, 6, 5),
    makesVlessEnc: from(2, 6, 8),
    namesCertificates: from(3, 2, 7),
    testsOutbounds: from(2, 8, 10),
    /** The backup for Telegram, by verb and path. */
    backupRoute: from(2, 7, 0)
      ? [from(3, 0, 2) ? 'POST' : 'GET', '/panel/api/backuptotgbot']
      : ['GET', '/panel/api/inbounds/createbackup'],
    hasNodes: from(3, 0, 0),
    hasCustomGeo: from(2, 9, 0) && !from(3, 3, 1),
    /** Links of clients that are entries of an inbound. */
    linksOfEntries: from(3, 0, 1),
    csrf: from(3, 0, 0),
    bearer: from(3, 0, 0),
    loginLimiter: from(3, 0, 0),
    logoutVerb: from(3, 0, 2) ? 'POST' : 'GET',
    /** An API call of a browser script without a session: 401 from 3.0.2 on, 404 before. */
    lostSessionStatus: from(3, 0, 2) ? 401 : 404,
    /** Up to 2.8.3 a browser script is told in words, and everybody else sent to the login page. */
    lostSessionIsSaid: !from(2, 8, 4),
    cookieBelowBasePath: from(2, 9, 0),
    sameSiteCookie: from(2, 8, 0),
    securityHeaders: from(3, 0, 0),
    toastsNameOutcome: !from(2, 6, 0),
    failuresShowInbound: !from(2, 6, 0),
    sessionMinutes: from(2, 6, 0) ? 360 : 60,
    loginSetsCookieTwice: !from(2, 5, 0),
    /** Before, a login could ask for a secret word instead. */
    secondFactor: from(2, 6, 0),
    greetingHasLeadingBlank: !from(3, 1, 0),
    xrayPrefix: from(3, 3, 0) ? '/panel/api/xray' : '/panel/xray',
    settingPrefix: from(3, 3, 0) ? '/panel/api/setting' : '/panel/setting',
    validatesSettings: from(3, 2, 0),
    /** Which settings there are, by the most telling of those that came together, or were there when we looked. */
    settingsHaveTitle: from(2, 5, 0),
    settingsHaveDirectory: from(2, 8, 11),
    settingsHaveClash: from(2, 9, 4),
    settingsHaveProxies: from(3, 0, 2),
    settingsHaveTheme: from(3, 3, 1),
    settingsHaveMail: from(3, 6, 0),
    settingsHaveAllowlist: version === NEWEST,
    settingsHideSecrets: from(3, 4, 0),
    blankKeepsSecrets: from(3, 0, 2),
    newUserEndsSessions: from(3, 0, 2),
    validatesInbounds: from(3, 2, 0),
    refusesEmptySettings: from(3, 6, 0),
    /** Entries are given the times they were made and changed. */
    stampsClients: from(2, 6, 0),
    countsAllTime: from(2, 6, 0),
    inboundsHaveAllocation: from(2, 5, 0) && !from(2, 6, 0),
    setsClientTraffic: from(2, 6, 3),
    importsInbounds: from(2, 7, 0),
    inboundsHaveResetPeriod: from(2, 7, 0),
    inboundsHaveSortIndex: from(3, 3, 1),
    inboundsHaveResetDay: from(3, 6, 0),
    inboundsHaveShareAddress: from(3, 3, 0),
    inboundsCanRefuseFlow: version === NEWEST,
    /** The row of a client in several inbounds names the last of them; before, the first. */
    rowFollowsClient: from(3, 6, 0),
    rowsNameTheirClient: from(2, 8, 0),
    /** Setting the counters of a client raises what it has used of all time. */
    settingTrafficRaisesAllTime: from(2, 9, 4),
    /** A reset of counters leaves its time on the inbound. */
    resetsAreDated: from(3, 0, 0),
    /** The counters of a client that is off begin as those of one that is on. */
    rowsBeginEnabled: !from(2, 8, 0),
    /** A panel that writes a client leaves out the secrets it does not have. */
    clientsOmitEmptySecrets: from(2, 9, 4),
    /** Changing an inbound counts as changing each of its clients. */
    inboundUpdateStampsClients: !from(2, 7, 0),
    clientsRenewByCalendar: version === NEWEST,
    recordsHaveWireGuard: from(3, 4, 2),
    recordsHaveGroup: from(3, 2, 0),
    /** A client that is updated without its group keeps it in its record, and only there. */
    updateLeavesGroup: from(3, 2, 0) && !from(3, 4, 0),
    showsUsedTraffic: from(3, 3, 1),
    showsExternalLinks: from(3, 4, 0),
    /** A record is its latest entry, without the credentials that one lacks; later, others' stay. */
    recordsMirrorEntries: !from(3, 2, 0),
    /** Writing an inbound puts it behind the other inbounds of each of its clients. */
    writingRenewsLinks: version !== NEWEST,
    pagesSortInbounds: from(3, 6, 0),
    /** An inbound that goes takes along the counters of its clients and the addresses they were seen with. */
    inboundTakesCounters: !from(3, 2, 5),
    /** E-mails are looked up in the settings of all inbounds, where one that is no JSON spoils it for all. */
    emailsReadFromSettings: version !== NEWEST,
    clientNeedsEmail: from(3, 0, 0),
    /** An e-mail may be in several inbounds when the subId is the same. */
    sameSubIdSharesEmail: from(3, 0, 0),
    deletingUnknownClientFails: from(2, 9, 4),
    saysWhichClientIsUnknown: from(3, 2, 0),
    /** The toast of a client that cannot be shown; before, its name was mistyped, and nothing was said. */
    failedGetHasToast: from(3, 6, 0),
    /** Depleted is whom the panel has switched off; it looks every ten seconds, we at once. */
    depletedMeansSwitchedOff: !from(2, 8, 0),
    depletedInboundStays: from(3, 0, 0),
    deletesByEmail: from(2, 8, 0),
    knowsLastOnline: from(2, 6, 8),
    /** A single client is shown with the flow that is in effect; before, with the one it was given. */
    showsEffectiveFlow: from(3, 2, 7),
    stripsFlow: from(3, 2, 5),
    checksClientNames: from(3, 2, 5),
    rotatesOmittedCredentials: from(3, 1, 0) && !from(3, 3, 1),
    /** Adding a client again to an inbound it is in is refused, makes a second entry, or changes nothing. */
    repeatedAddFails: !from(3, 2, 0),
    repeatedAddAppends: from(3, 2, 0) && !from(3, 6, 0),
    /** A client that is written leaves the records of the others in its inbound alone. */
    syncsOnlyChanged: version === NEWEST,
    renamingLeavesRecord: !from(3, 2, 0),
    bulkRoutes: from(3, 2, 0),
    switchesInBulk: from(3, 4, 1),
    /** Limits are moved in all inbounds at once; before, client by client, each as if it were updated. */
    adjustsInOneGo: from(3, 2, 0),
    searchesCredentials: from(3, 2, 0),
    summaryCounts: from(3, 6, 0),
    inboundUpdateSetsCounters: !from(3, 0, 0),
    deletingUnknownInboundSucceeds: from(3, 3, 1),
    portConflictNamesInbound: from(3, 2, 8),
    tagNamesTransport: from(3, 3, 1),
    statsInGetInbound: from(3, 2, 5),
    /** Before it has asked xray for the first time, an older panel says null. */
    onlinesAlwaysListed: from(3, 6, 0),
    nobodyOnlineIsNull: !from(2, 7, 0),
    unknownTrafficIsNull: from(3, 2, 8) || !from(2, 8, 1),
    resettingUnknownCrashes: !from(2, 8, 1),
    ipsAsText: !from(2, 8, 11),
    ipsAsObjects: from(3, 4, 0),
    resetRevivesClient: from(3, 3, 1),
  })
}

/** Whether the first of two versions is the older. */
const isOlder = (version, other) => RELEASES.indexOf(version) < RELEASES.indexOf(other)

function isBefore(number, boundary) {
  for (let at = 0; at < boundary.length; at++) {
    const part = number[at] ?? 0
    if (part !== boundary[at]) return part < boundary[at]
  }
  return false
}

module.exports = { VERSIONS, RELEASES, NEWEST, factsOf, isOlder }
