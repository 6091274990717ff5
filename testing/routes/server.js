'use strict'

/*
 * What a panel says of itself, of its xray and of its files, and the keys it makes.
 *
 * Nothing is downloaded and no xray runs: what depends on one is answered as where all is well.
 */

const { randomBytes, randomUUID } = require('node:crypto')

const { empty, envelope } = require('../wire/answer')

const VERSIONS_OF_XRAY = ['v26.7.28', 'v26.3.27', 'v26.2.6']
const GEO_FILES = ['geoip.dat', 'geosite.dat', 'geoip_IR.dat', 'geosite_IR.dat', 'geoip_RU.dat', 'geosite_RU.dat']
const BUCKETS = [2, 30, 60, 120, 180, 300]

/** Up to 2.6 the routes are outside the API, and all but the download are asked by POST. */
function serverRoutes({ facts }) {
  const base = facts.serverInApi ? '/panel/api/server' : '/server'
  const reading = facts.serverInApi ? 'GET' : 'POST'
  const only = (has, ...rows) => (has ? rows : [])
  return [
    [reading, `${base}/status`, status],
    [reading, `${base}/getXrayVersion`, () => envelope(true, '', VERSIONS_OF_XRAY)],
    [reading, `${base}/getConfigJson`, ({ store }) => envelope(true, '', store.template)],
    ['GET', `${base}/getDb`, database],
    ['POST', `${base}/importDB`, importDatabase],
    ['POST', `${base}/stopXrayService`, ({ texts, store }) => setXray(store, { state: 'stop' }, texts.xrayStopped)],
    ['POST', `${base}/restartXrayService`, ({ texts, store }) => setXray(store, { state: 'running' }, texts.xrayRestarted)],
    ['POST', `${base}/installXray/:version`, ({ texts, store }, { params }) => setXray(store, { version: params.version.replace(/^v/, '') }, texts.xrayInstalled)],
    ['POST', `${base}/logs/:count`, logs],
    [reading, `${base}/getNewX25519Cert`, () => envelope(true, '', { privateKey: key(), publicKey: key() })],
    ...only(facts.hasXrayLog, ['POST', `${base}/xraylogs/:count`, () => envelope(true, '', null)]),
    ...only(facts.updatesGeoFileByName, ['POST', `${base}/updateGeofile/:fileName`, updateGeofile]),
    ...only(facts.updatesAllGeoFiles, ['POST', `${base}/updateGeofile`, ({ texts }) => envelope(true, texts.geofileUpdated)]),
    ...only(facts.makesMldsa65, [reading, `${base}/getNewmldsa65`, () => envelope(true, '', { seed: key(), verify: key(1952) })]),
    ...only(facts.makesEchKeys, ['POST', `${base}/getNewEchCert`, echKeys]),
    ...only(facts.makesVlessEnc, [reading, `${base}/getNewVlessEnc`, vlessEnc]),
    ...only(facts.serverInApi, ['GET', `${base}/getNewUUID`, () => envelope(true, '', { uuid: randomUUID() })]),
    ...only(facts.serverInApi, ['GET', `${base}/getNewmlkem768`, () => envelope(true, '', { client: key(1184), seed: key(64) })]),
    ...only(facts.hasCpuHistory, ['GET', `${base}/cpuHistory/:bucket`, cpuHistory]),
    ...only(facts.namesCertificates, ['GET', `${base}/getWebCertFiles`, certificates]),
    [...facts.backupRoute, () => empty(200)],
  ]
}

function setXray(store, change, text) {
  Object.assign(store.xray, change)
  return envelope(true, text)
}

/** Figures of a machine at rest: the fields are the panel's, their values mean nothing. */
function status({ facts, guid, store }) {
  const newer = facts.inboundsHaveShareAddress
  return envelope(true, '', {
    ...{ cpu: 0.5, cpuCores: 2, logicalPro: 2, cpuSpeedMhz: 2600 },
    ...{ mem: { current: 498110464, total: 4294967296 }, swap: { current: 0, total: 0 } },
    disk: { current: 2147483648, total: 42949672960 },
    ...(newer ? { diskIO: { read: 0, write: 0 }, diskTraffic: { read: 0, write: 0 } } : {}),
    xray: { state: 'running', errorMsg: '', version: newer ? '26.7.28' : '26.2.6', ...store.xray },
    ...(facts.panelVersion ? { panelVersion: facts.panelVersion } : {}),
    ...(newer ? { panelGuid: guid } : {}),
    ...{ uptime: 3600, loads: [0, 0, 0], tcpCount: 11, udpCount: 2 },
    netIO: { up: 0, down: 0, ...(newer ? { pktUp: 0, pktDown: 0 } : {}) },
    netTraffic: { sent: 0, recv: 0, ...(newer ? { pktSent: 0, pktRecv: 0 } : {}) },
    ...{ publicIP: { ipv4: 'N/A', ipv6: 'N/A' }, appStats: { threads: 10, mem: 31893784, uptime: 3600 } },
  })
}

/** A file that begins as a database does; there is none behind it. */
function database() {
  const body = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080)])
  const headers = { 'content-disposition': 'attachment; filename=x-ui.db' }
  return { status: 200, type: 'application/octet-stream', body, headers }
}

function importDatabase({ texts }, call) {
  const isForm = /^multipart\/form-data\b/.test(call.headers['content-type'] ?? '')
  const fault = isForm ? 'Invalid db file format\n' : "request Content-Type isn't multipart/form-data"
  if (!isForm || !call.body.includes('SQLite format 3\0')) return envelope(false, `${texts.importFailed} (${fault})`)
  return envelope(true, '', 'The database has been successfully imported.')
}

/** Lines of one level and worse; a new panel has written nothing but that it started. */
function logs(_, call) {
  const started = '2026/01/02 15:04:05 INFO - Web server running HTTP on 127.0.0.1'
  return envelope(true, '', ['debug', 'info'].includes(call.form().get('level')) ? [started] : null)
}

function updateGeofile({ texts }, { params }) {
  if (GEO_FILES.includes(params.fileName)) return envelope(true, texts.geofileUpdated)
  return envelope(false, `${texts.geofileUpdated} (Invalid geofile name: "${params.fileName}" not in allowlist)`)
}

function cpuHistory({ store }, { params }) {
  const bucket = Number(params.bucket)
  if (!BUCKETS.includes(bucket)) return envelope(false, 'invalid bucket (unsupported bucket)')
  return envelope(true, '', [{ cpu: 0.5, t: Math.floor(store.now() / 1000 / bucket) * bucket }])
}

function certificates({ store }) {
  const { webCertFile, webKeyFile } = store.settings
  return envelope(true, '', { webCertFile, webKeyFile })
}

function echKeys() {
  return envelope(true, '', { echConfigList: key(94, 'base64'), echServerKeys: key(130, 'base64') })
}

function vlessEnc() {
  const auth = (label, id, length) => {
    const prefix = 'mlkem768x25519plus.native'
    return { decryption: `${prefix}.600s.${key()}`, encryption: `${prefix}.0rtt.${key(length)}`, id, label }
  }
  const auths = [auth('X25519, not Post-Quantum', 'x25519', 32), auth('ML-KEM-768, Post-Quantum', 'mlkem768', 1184)]
  return envelope(true, '', { auths })
}

const key = (length = 32, encoding = 'base64url') => randomBytes(length).toString(encoding)

module.exports = { serverRoutes }
