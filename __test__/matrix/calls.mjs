/*
 * One call of every public method, with what it needs to be there, what its answer looks like and what it must have
 * done. The same on every panel version: which version has a method, and how, is in `cells.json`.
 */

import { randomUUID } from 'node:crypto'

import {
  arrayOf, bool, either, is, nothing, number, object, record, settingsText, string, whole, words,
} from './shapes.mjs'

/** The methods that ask no panel: they are the same whatever the version. */
export const LOCAL = {
  generateCredentials: (client) => client.generateCredentials('vless'),
  generateUUID: (client) => client.generateUUID(),
  generatePassword: (client) => client.generatePassword(),
  generateBulkCredentials: (client) => client.generateBulkCredentials('vless', 2),
  getShadowsocksCiphers: (client) => client.getShadowsocksCiphers(),
  getRecommendedShadowsocksCipher: (client) => client.getRecommendedShadowsocksCipher(),
  generateWireGuardKeys: (client) => client.generateWireGuardKeys(),
  generateRealityKeys: (client) => client.generateRealityKeys(),
  generatePort: (client) => client.generatePort(),
  validateCredentials: (client) => client.validateCredentials({ id: randomUUID(), email: 'a' }, 'vless'),
  getSessionStats: (client) => client.getSessionStats(),
  isSessionValid: (client) => client.isSessionValid(),
  getSecurityStats: (client) => client.getSecurityStats(),
  clearBlockedIPs: (client) => client.clearBlockedIPs(),
  validateCredentialStrength: (client) => client.validateCredentialStrength('Ab1!xyz-Ab1!xyz-', 'password'),
  generateSecureToken: (client) => client.generateSecureToken(),
  setDevelopmentMode: (client) => client.setDevelopmentMode(true),
}

const CLIENT_ROW = { id: number, inboundId: number, enable: bool, email: string, up: number, down: number, total: number }
const RECORD = { email: string, uuid: string, password: string, subId: string, flow: string, limitIp: number }
const DETAILS = { ...RECORD, totalGB: number, expiryTime: number, enable: bool, comment: string }
const INBOUND = { id: number, port: number, protocol: string, remark: string, enable: bool, settings: settingsText }
const GB = 1024 ** 3

/*
 * Each row: [method, call, shape of `obj`, effect]. `call` and `effect` get a `Stage` (stage.mjs); `effect` also the
 * answer.
 */
export const CALLS = [
  ...groupOf('Session', [
    [
      'login',
      ({ client }) => client.login(true),
      whole(object({ success: is(true), fromCache: is(false), cookie: string, data: object({ success: is(true), obj: nothing }) })),
      async (stage, { cookie }) => {
        await stage.client.getInbounds()
        stage.same(stage.askedFor('/login'), 1, 'the number of logins')
        const { headers } = stage.requests().at(-1)
        stage.same(headers.cookie, cookie, 'the session of the next call')
      },
    ],
    [
      'logout',
      ({ client }) => client.logout(),
      whole(is(undefined)),
      async (stage) => {
        stage.same(stage.answeredFor('/logout'), 1, 'the number of requests that end the session')
        await stage.hasToLogIn()
      },
    ],
    ['clearAllSessions', ({ client }) => client.clearAllSessions(), whole(is(undefined)), (stage) => stage.hasToLogIn()],
    ['getTwoFactorEnable', ({ client }) => client.getTwoFactorEnable(), bool],
  ]),

  ...groupOf('Inbounds', [
    ['getInbounds', ({ client }) => client.getInbounds(), arrayOf(object(INBOUND))],
    ['getInbound', ({ client, vless }) => client.getInbound(vless), object(INBOUND)],
    ['addInbound', (stage) => stage.client.addInbound(stage.inbound({ remark: 'added' })), object(INBOUND), (stage) => stage.hasInbound('added')],
    [
      'updateInbound',
      async (stage) => {
        const id = await stage.newInbound({ up: 1 })
        await stage.setInboundTraffic(id)
        stage.made = id
        stage.mark()
        return stage.client.updateInbound(id, { remark: 'renamed' })
      },
      object({ id: number }),
      async (stage) => {
        const after = await stage.inboundWith(stage.made)
        stage.same(after.remark, 'renamed', 'the remark')
        stage.same(after.protocol, 'vless', 'the protocol')
        stage.same(stage.clientsIn(after).length, 0, 'the number of clients')
      },
    ],
    [
      'deleteInbound',
      async (stage) => {
        stage.made = await stage.newInbound()
        stage.mark()
        return stage.client.deleteInbound(stage.made)
      },
      number,
      async (stage) => stage.same((await stage.inboundWith(stage.made)) ?? null, null, 'the deleted inbound'),
    ],
    [
      'importInbounds',
      (stage) => stage.client.importInbounds(stage.exported({ remark: 'imported' })).then(([answer]) => answer),
      object(INBOUND),
      (stage) => stage.hasInbound('imported'),
    ],
    ['resetAllTraffics', ({ client }) => client.resetAllTraffics(), nothing],
  ]),

  ...groupOf('Clients with credentials', [
    [
      'addClientWithCredentials',
      (stage) => stage.client.addClientWithCredentials(stage.vless, 'vless', { email: stage.email(), totalGB: 2 }),
      nothing,
      async (stage, { credentials }) => {
        const { id, totalGB, subId, flow = '' } = await stage.entry(stage.vless, credentials.email)
        stage.same([id, totalGB, subId], [credentials.id, 2 * GB, credentials.subId], 'what is stored')
        stage.same(flow, credentials.flow ?? '', 'the stored flow')
        stage.same(flow, '', 'the flow of an inbound without TLS')
      },
    ],
    [
      'updateClientWithCredentials',
      async (stage) => {
        const { id } = await stage.newClient()
        stage.mark()
        return stage.client.updateClientWithCredentials(id, stage.vless, { totalGB: 3 })
      },
      nothing,
      async (stage) => {
        const { id, totalGB, limitIp } = await stage.entry(stage.vless, stage.made.email)
        stage.same([id, totalGB, limitIp], [stage.made.id, 3 * GB, 2], 'what is stored')
      },
    ],
  ]),

  ...groupOf('Clients', [
    [
      'getClients',
      prepared((stage) => stage.client.getClients()),
      arrayOf(object({ ...DETAILS, inboundIds: arrayOf(number) })),
      (stage, { obj }) => stage.names(obj.find(({ email }) => email === stage.made.email)),
    ],
    [
      'getPagedClients',
      prepared((stage) => stage.client.getPagedClients({ page: 1, pageSize: 5, search: stage.made.email })),
      object({ items: arrayOf(object({ email: string, subId: string, enable: bool })), total: number, filtered: number, page: number, pageSize: number, summary: object({}) }),
      (stage, { obj }) => stage.same(obj.items.map(({ email }) => email), [stage.made.email], 'the found clients'),
    ],
    [
      'getClient',
      prepared((stage) => stage.client.getClient(stage.made.email)),
      object({ client: object(DETAILS), inboundIds: arrayOf(number) }),
      (stage, { obj }) => stage.names(obj.client),
    ],
    ['getClientTraffic', prepared((stage) => stage.client.getClientTraffic(stage.made.email)), object(CLIENT_ROW)],
    ['getSubLinks', prepared((stage) => stage.client.getSubLinks(stage.made.subId)), arrayOf(string), (stage, { obj }) => stage.links(obj)],
    ['getClientLinks', prepared((stage) => stage.client.getClientLinks(stage.made.email)), arrayOf(string), (stage, { obj }) => stage.links(obj)],
    [
      'addModernClient',
      (stage) => {
        stage.made = { email: stage.email() }
        return stage.client.addModernClient({ client: { email: stage.made.email, totalGB: 1 }, inboundIds: [stage.vless] })
      },
      nothing,
      async (stage) => {
        const { id, totalGB, enable } = await stage.entry(stage.vless, stage.made.email)
        stage.same([typeof id, totalGB, enable], ['string', GB, true], 'what is stored')
      },
    ],
    [
      'updateModernClient',
      prepared((stage) => stage.client.updateModernClient(stage.made.email, { email: stage.made.email, comment: 'changed' })),
      nothing,
      async (stage) => {
        const { id, comment, limitIp, enable } = await stage.entry(stage.vless, stage.made.email)
        stage.same([id, comment, limitIp, enable], [stage.made.id, 'changed', 2, true], 'what is stored')
      },
    ],
    ['deleteModernClient', prepared((stage) => stage.client.deleteModernClient(stage.made.email)), nothing, (stage) => stage.isGone()],
    [
      'attachClientToInbounds',
      prepared((stage) => stage.client.attachClientToInbounds(stage.made.email, { inboundIds: [stage.vmess] })),
      nothing,
      (stage) => stage.isIn([stage.vless, stage.vmess]),
    ],
    [
      'detachClientFromInbounds',
      attached((stage) => stage.client.detachClientFromInbounds(stage.made.email, { inboundIds: [stage.vless] })),
      nothing,
      (stage) => stage.isNotIn(stage.vless),
    ],
    ['getOnlines', ({ client }) => client.getOnlines(), arrayOf(string)],
    ['getModernLastOnline', ({ client }) => client.getModernLastOnline(), record(number)],
    ['getModernClientIps', prepared((stage) => stage.client.getModernClientIps(stage.made.email)), either(string, arrayOf(either(string, object({ ip: string }))))],
    ['clearModernClientIps', prepared((stage) => stage.client.clearModernClientIps(stage.made.email)), nothing],
    [
      'resetModernClientTrafficByEmail',
      used((stage) => stage.client.resetModernClientTrafficByEmail(stage.made.email)),
      nothing,
      (stage) => stage.hasUsed(0),
    ],
    [
      'updateModernClientTrafficByEmail',
      prepared((stage) => stage.client.updateModernClientTrafficByEmail(stage.made.email, { upload: 3, download: 4 })),
      nothing,
      (stage) => stage.hasUsed(7),
    ],
    ['resetAllModernClientTraffics', used((stage) => stage.client.resetAllModernClientTraffics()), nothing, (stage) => stage.hasUsed(0)],
    ['deleteDepletedModernClients', depleted((stage) => stage.client.deleteDepletedModernClients()), object({ deleted: number }), (stage) => stage.isGoneAndInboundStays()],
  ]),

  ...groupOf('Many clients at once', [
    [
      'bulkCreateModernClients',
      (stage) => {
        stage.made = { email: stage.email(), other: stage.email() }
        const client = (email) => ({ client: { email, totalGB: 1 }, inboundIds: [stage.vless] })
        return stage.client.bulkCreateModernClients([client(stage.made.email), client(stage.made.other)])
      },
      object({ created: number }),
      async (stage, { obj }) => {
        stage.same(obj.created, 2, 'the number created')
        stage.same((await stage.entry(stage.vless, stage.made.other)).totalGB, GB, 'the stored quota')
      },
    ],
    [
      'bulkDeleteModernClients',
      prepared((stage) => stage.client.bulkDeleteModernClients({ emails: [stage.made.email, 'nobody'] })),
      object({ deleted: number, skipped: arrayOf(object({ email: string, reason: string })) }),
      async (stage, { obj }) => {
        stage.same(obj.deleted, 1, 'the number deleted')
        await stage.isGone()
      },
    ],
    [
      'bulkAdjustModernClients',
      prepared((stage) => stage.client.bulkAdjustModernClients({ emails: [stage.made.email], addDays: 0, addBytes: 1024 })),
      object({ adjusted: number }),
      async (stage) => stage.same((await stage.entry(stage.vless, stage.made.email)).totalGB, GB + 1024, 'the quota'),
    ],
    [
      'bulkAttachModernClients',
      prepared((stage) => stage.client.bulkAttachModernClients({ emails: [stage.made.email], inboundIds: [stage.vmess] })),
      object({ attached: arrayOf(string) }),
      (stage) => stage.isIn([stage.vless, stage.vmess]),
    ],
    [
      'bulkDetachModernClients',
      attached((stage) => stage.client.bulkDetachModernClients({ emails: [stage.made.email], inboundIds: [stage.vless] })),
      object({ detached: arrayOf(string) }),
      (stage) => stage.isNotIn(stage.vless),
    ],
    [
      'bulkResetTrafficModernClients',
      used((stage) => stage.client.bulkResetTrafficModernClients({ emails: [stage.made.email] })),
      object({ affected: number }),
      (stage) => stage.hasUsed(0),
    ],
  ]),

  ...groupOf('Clients as entries of an inbound', [
    [
      'addClient',
      (stage) => {
        stage.made = stage.description()
        return stage.client.addClient({ id: stage.vless, settings: { clients: [stage.made] } })
      },
      nothing,
      async (stage) => stage.same((await stage.entry(stage.vless, stage.made.email)).id, stage.made.id, 'the stored id'),
    ],
    [
      'updateClient',
      prepared((stage) =>
        stage.client.updateClient(stage.made.id, { id: stage.vless, settings: { clients: [{ ...stage.made, limitIp: 5 }] } }),
      ),
      nothing,
      async (stage) => stage.same((await stage.entry(stage.vless, stage.made.email)).limitIp, 5, 'the stored limit'),
    ],
    ['deleteClient', prepared((stage) => stage.client.deleteClient(stage.vless, stage.made.id)), nothing, (stage) => stage.isGone()],
    ['deleteClientByEmail', prepared((stage) => stage.client.deleteClientByEmail(stage.vless, stage.made.email)), nothing, (stage) => stage.isGone()],
    ['getClientTrafficsByEmail', prepared((stage) => stage.client.getClientTrafficsByEmail(stage.made.email)), object(CLIENT_ROW)],
    [
      'getClientTrafficsById',
      prepared((stage) => stage.client.getClientTrafficsById(stage.made.id)),
      arrayOf(object(CLIENT_ROW)),
      (stage, { obj }) => stage.same(obj.map(({ email }) => email), [stage.made.email], 'the rows'),
    ],
    ['getClientIps', prepared((stage) => stage.client.getClientIps(stage.made.email)), arrayOf(string)],
    ['clearClientIps', prepared((stage) => stage.client.clearClientIps(stage.made.email)), nothing],
    ['resetClientTraffic', used((stage) => stage.client.resetClientTraffic(stage.vless, stage.made.email)), nothing, (stage) => stage.hasUsed(0)],
    ['resetAllClientTraffics', alone((stage) => stage.client.resetAllClientTraffics(stage.spare)), nothing, (stage) => stage.hasUsed(0)],
    [
      'updateClientTraffic',
      prepared((stage) => stage.client.updateClientTraffic(stage.made.email, { upload: 3, download: 4 })),
      nothing,
      (stage) => stage.hasUsed(7),
    ],
    ['deleteDepletedClients', depleted((stage) => stage.client.deleteDepletedClients(stage.spare)), nothing, (stage) => stage.isGoneAndInboundStays()],
    ['getOnlineClients', ({ client }) => client.getOnlineClients(), arrayOf(string)],
    ['getLastOnline', ({ client }) => client.getLastOnline(), record(number)],
  ]),

  ...groupOf('Groups', [
    ['createGroup', ({ client }) => client.createGroup({ name: 'silver' }), object({ name: string })],
    ['bulkAddGroups', prepared((stage) => stage.client.bulkAddGroups({ emails: [stage.made.email], group: 'silver' })), object({ affected: number })],
    ['getGroups', ({ client }) => client.getGroups(), arrayOf(object({ name: string, clientCount: number }))],
    ['getGroupEmails', ({ client }) => client.getGroupEmails('silver'), arrayOf(string)],
    ['renameGroup', ({ client }) => client.renameGroup({ oldName: 'silver', newName: 'gold' }), object({ affected: number })],
    ['bulkRemoveGroups', prepared((stage) => stage.client.bulkRemoveGroups({ emails: [stage.made.email] })), object({ affected: number })],
    ['deleteGroup', ({ client }) => client.deleteGroup({ name: 'gold' }), object({ affected: number })],
  ]),

  ...groupOf('Nodes', [
    ['addNode', (stage) => stage.client.addNode(stage.node), object({ id: number, name: string }), (stage, { obj }) => void (stage.shared.node = obj.id)],
    ['getNodes', ({ client }) => client.getNodes(), arrayOf(object({ id: number, name: string }))],
    ['getNode', ({ client, shared }) => client.getNode(shared.node ?? 1), object({ id: number, name: string })],
    ['getNodeHistory', ({ client, shared }) => client.getNodeHistory(shared.node ?? 1, 'cpu', 60), arrayOf(object({}))],
    ['updateNode', (stage) => stage.client.updateNode(stage.shared.node ?? 1, { ...stage.node, remark: 'changed' }), either(nothing, object({}))],
    ['setNodeEnable', ({ client, shared }) => client.setNodeEnable(shared.node ?? 1, false), nothing],
    ['testNode', (stage) => stage.client.testNode(stage.node), object({ status: string })],
    ['probeNode', ({ client, shared }) => client.probeNode(shared.node ?? 1), object({ status: string })],
    ['deleteNode', ({ client, shared }) => client.deleteNode(shared.node ?? 1), nothing],
  ]),

  ...groupOf('Custom geo files', [
    ['getCustomGeos', ({ client }) => client.getCustomGeos(), arrayOf(object({}))],
    ['getGeoAliases', ({ client }) => client.getGeoAliases(), object({})],
    ['addCustomGeo', ({ client, geo }) => client.addCustomGeo(geo), nothing],
    ['updateCustomGeo', ({ client, geo }) => client.updateCustomGeo(1, geo), nothing],
    ['downloadCustomGeo', ({ client }) => client.downloadCustomGeo(1), nothing],
    ['updateAllCustomGeo', ({ client }) => client.updateAllCustomGeo(), object({})],
    ['deleteCustomGeo', ({ client }) => client.deleteCustomGeo(1), nothing],
  ]),

  ...groupOf('Server', [
    ['getServerStatus', ({ client }) => client.getServerStatus(), object({ cpu: number, mem: object({}), xray: object({ state: string }) })],
    ['getCPUHistory', ({ client }) => client.getCPUHistory(60), arrayOf(object({ t: number, cpu: number }))],
    ['getXrayVersion', ({ client }) => client.getXrayVersion(), arrayOf(string)],
    ['getConfigJson', ({ client }) => client.getConfigJson(), object({})],
    ['getDb', ({ client }) => client.getDb(), string, (stage, { obj }) => stage.same(obj.slice(0, 15), 'SQLite format 3', 'the head of the database')],
    [
      'importDB',
      async (stage) => {
        const upload = await stage.database()
        stage.mark()
        return stage.client.importDB(upload)
      },
      string,
      (stage) => stage.refusesWhatIsNoDatabase(),
    ],
    ['getPanelLogs', ({ client }) => client.getPanelLogs(5, { level: 'info' }), arrayOf(string)],
    ['getXrayLogs', ({ client }) => client.getXrayLogs(5), either(nothing, arrayOf(either(string, object({}))))],
    ['getNewUUID', ({ client }) => client.getNewUUID(), object({ uuid: string })],
    ['getNewX25519Cert', ({ client }) => client.getNewX25519Cert(), object({ privateKey: string, publicKey: string })],
    ['getNewmldsa65', ({ client }) => client.getNewmldsa65(), object({ seed: string, verify: string })],
    ['getNewmlkem768', ({ client }) => client.getNewmlkem768(), object({ seed: string, client: string })],
    ['getNewVlessEnc', ({ client }) => client.getNewVlessEnc(), object({ auths: arrayOf(object({ label: string, decryption: string, encryption: string })) })],
    ['getNewEchCert', ({ client }) => client.getNewEchCert('example.com'), object({ echServerKeys: string, echConfigList: string })],
    ['getWebCertFiles', ({ client }) => client.getWebCertFiles(), object({ webCertFile: string, webKeyFile: string })],
    ['createBackup', ({ client }) => client.createBackup(), nothing],
    ['backupToTgBot', ({ client }) => client.backupToTgBot(), nothing],
    ['updateGeofile', ({ client }) => client.updateGeofile('geoip.dat'), nothing],
    ['installXray', ({ client }) => client.installXray('v0.0.0'), nothing],
    ['stopXrayService', ({ client }) => client.stopXrayService(), nothing],
    ['restartXrayService', ({ client }) => client.restartXrayService(), nothing],
  ]),

  ...groupOf('Xray', [
    ['getXrayConfig', ({ client }) => client.getXrayConfig(), string, (stage, { obj }) => void (stage.shared.xray = JSON.parse(obj).xraySetting)],
    ['updateXrayConfig', ({ client, shared }) => client.updateXrayConfig(shared.xray ?? {}), nothing],
    ['getXrayResult', ({ client }) => client.getXrayResult(), string],
    ['getOutboundsTraffic', ({ client }) => client.getOutboundsTraffic(), either(nothing, arrayOf(object({ tag: string })))],
    ['resetOutboundsTraffic', ({ client }) => client.resetOutboundsTraffic(), words],
    ['testOutbound', ({ client }) => client.testOutbound({ protocol: 'freedom', tag: 'direct' }), object({ success: bool })],
    ['manageWarp', ({ client }) => client.manageWarp('data'), string],
  ]),

  ...groupOf('Settings', [
    ['getAllSettings', ({ client }) => client.getAllSettings(), object({ webPort: number, webBasePath: string, pageSize: number })],
    [
      'updateSetting',
      ({ client }) => client.updateSetting({ pageSize: 33 }),
      nothing,
      async (stage) => stage.same((await stage.client.getAllSettings()).obj.pageSize, 33, 'the stored page size'),
    ],
    ['getDefaultSettings', ({ client }) => client.getDefaultSettings(), object({})],
    ['getDefaultJsonConfig', ({ client }) => client.getDefaultJsonConfig(), object({})],
    ['updateUser', ({ client }) => client.updateUser('admin', 'admin', 'admin', 'admin'), nothing],
    ['restartPanel', ({ client }) => client.restartPanel(), nothing],
  ]),
]

function groupOf(group, rows) {
  return rows.map(([method, call, shape, effect]) => ({ group, method, call, shape, effect }))
}

/** A call about a client that was made for it. */
function prepared(call) {
  return async (stage) => {
    await stage.newClient()
    stage.mark()
    return call(stage)
  }
}

/** A call about a client that has used some of its quota. */
function used(call) {
  return async (stage) => {
    await stage.newClient()
    await stage.use(5)
    stage.mark()
    return call(stage)
  }
}

/** The same with an inbound of its own. */
function alone(call) {
  return async (stage) => {
    stage.spare = await stage.newInbound()
    await stage.newClient(stage.spare)
    await stage.use(5)
    stage.mark()
    return call(stage)
  }
}

/** A call about a client that is in two inbounds, where a panel can do that. */
function attached(call) {
  return async (stage) => {
    await stage.newClient()
    await stage.attach()
    stage.mark()
    return call(stage)
  }
}

/** A call about a client without time left, the only one of an inbound of its own. */
function depleted(call) {
  return async (stage) => {
    stage.spare = await stage.newInbound()
    await stage.newClient(stage.spare, { expiryTime: 1000 })
    await stage.switchedOff()
    stage.mark()
    return call(stage)
  }
}
