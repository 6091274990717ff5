'use strict'

/*
 * What a panel says of itself and of its xray.
 */

const { envelope } = require('../wire/answer')

function serverRoutes({ facts }) {
  return [
    facts.serverInApi ? ['GET', '/panel/api/server/status', status] : ['POST', '/server/status', status],
    ['GET', `${facts.xrayPrefix}/getXrayResult`, () => envelope(true, '', '')],
  ]
}

/** Figures of a machine at rest: the fields are the panel's, their values mean nothing. */
function status({ facts, guid }) {
  const newer = facts.inboundsHaveShareAddress
  return envelope(true, '', {
    ...{ cpu: 0.5, cpuCores: 2, logicalPro: 2, cpuSpeedMhz: 2600 },
    ...{ mem: { current: 498110464, total: 4294967296 }, swap: { current: 0, total: 0 } },
    disk: { current: 2147483648, total: 42949672960 },
    ...(newer ? { diskIO: { read: 0, write: 0 }, diskTraffic: { read: 0, write: 0 } } : {}),
    xray: { state: 'running', errorMsg: '', version: newer ? '26.7.28' : '26.2.6' },
    ...(facts.panelVersion ? { panelVersion: facts.panelVersion } : {}),
    ...(newer ? { panelGuid: guid } : {}),
    ...{ uptime: 3600, loads: [0, 0, 0], tcpCount: 11, udpCount: 2 },
    netIO: { up: 0, down: 0, ...(newer ? { pktUp: 0, pktDown: 0 } : {}) },
    netTraffic: { sent: 0, recv: 0, ...(newer ? { pktSent: 0, pktRecv: 0 } : {}) },
    ...{ publicIP: { ipv4: 'N/A', ipv6: 'N/A' }, appStats: { threads: 10, mem: 31893784, uptime: 3600 } },
  })
}

module.exports = { serverRoutes }
