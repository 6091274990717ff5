/*
 * Every name that the original's types export, and every method of its class, used once. It has to compile against
 * the original's types and against ours.
 */

import ThreeXUI, {
  BaseBuilder,
  CredentialGenerator,
  CustomSessionHandler,
  DatabaseSessionStore,
  MemorySessionStore,
  ProtocolBuilder,
  RedisSessionStore,
  SecurityEnhancer,
  SessionConfig,
  SessionStore,
  ShadowsocksBuilder,
  TrojanBuilder,
  VLESSBuilder,
  VMESSBuilder,
  WireGuardBuilder,
  createCustomHandler,
  createDatabaseStore,
  createExpressMiddleware,
  createMemoryStore,
  createNextjsRoutes,
  createReactHook,
  createRedisStore,
  createSessionManager,
  withThreeXUI,
} from '3xui-api-client'
import type {
  AddCustomGeoPayload,
  AddModernClientPayload,
  AddNodePayload,
  BuilderConfig,
  BulkAdjustPayload,
  BulkAdjustResult,
  BulkAffectedResult,
  BulkAttachDetachResult,
  BulkCreateClientEntry,
  BulkCreateResult,
  BulkDeleteResult,
  BulkSkipReport,
  ClientConfig,
  CredentialOptions,
  CustomGeoResource,
  ExpressMiddlewareConfig,
  GRPCOptions,
  HTTP2Options,
  InboundConfig,
  LoginResponse,
  ModernApiResponse,
  ModernClient,
  ModernClientDetail,
  ModernClientTraffic,
  ModernGroup,
  NextJSConfig,
  NodeData,
  NodeHistoryPoint,
  PagedClientsResult,
  ReactHookMethods,
  RealityKeys,
  RealityOptions,
  SessionManager,
  ShadowsocksCredentials,
  SocksCredentials,
  TLSOptions,
  TestNodeResult,
  ThreeXUIOptions,
  TrojanCredentials,
  VLESSCredentials,
  VMESSCredentials,
  ValidationResult,
  WebSocketOptions,
  WireGuardCredentials,
  WireGuardKeys,
} from '3xui-api-client'

const url = 'https://panel.example:2053/base'
const options: ThreeXUIOptions = { token: 'token', isDevelopment: true, panelType: 'modern', maxLoginRetries: 1 }
const client = new ThreeXUI(url, options)

// --- Logging in ---------------------------------------------------------------------------------------------------

const session: LoginResponse = await client.login(true)
const valid: boolean = await client.isSessionValid()
console.log(session.success, valid, (await client.getSessionStats()).size)

// --- Credentials --------------------------------------------------------------------------------------------------

const wanted: CredentialOptions = { email: 'user_1', passwordLength: 24, allowedIPs: ['10.0.0.2/32'], keepAlive: 25 }
const vless = client.generateCredentials('vless', wanted) as VLESSCredentials
const vmess = client.generateCredentials('vmess') as VMESSCredentials
const trojan = client.generateCredentials('trojan') as TrojanCredentials
const shadowsocks = client.generateCredentials('shadowsocks') as ShadowsocksCredentials
const wireguard = client.generateCredentials('wireguard') as WireGuardCredentials
const socks = client.generateCredentials('socks5') as SocksCredentials
const texts: string[] = [vless.id, vmess.id, trojan.password, shadowsocks.method, wireguard.publicKey, socks.user]
texts.push(client.generateUUID(true), client.generatePassword(16, { includeSymbols: true }))
texts.push(...client.getShadowsocksCiphers(), client.getRecommendedShadowsocksCipher(), client.generateSecureToken())
const wireguardKeys: WireGuardKeys = client.generateWireGuardKeys()
const realityKeys: RealityKeys = client.generateRealityKeys()
const port: number = client.generatePort(20000, 30000)
const verdict: ValidationResult = client.validateCredentials(vless, 'vless')
console.log(texts, port, verdict.errors.length, client.validateCredentialStrength('x', 'password').strength)
console.log(wireguardKeys.generateClientConfig(['0.0.0.0/0']).publicKey)
console.log(realityKeys.generateRealityConfig('site.example:443', ['site.example']).serverNames[0])
for (const { id } of client.generateBulkCredentials('vless', 3, wanted)) console.log(id)

const made: string[] = [
  CredentialGenerator.generateUUID(),
  CredentialGenerator.generateSecureUUID(),
  CredentialGenerator.generatePassword(20, { excludeSimilar: true }),
  CredentialGenerator.generateShadowsocks2022PSK('2022-blake3-aes-256-gcm'),
  CredentialGenerator.generateUsername('user'),
  CredentialGenerator.getRecommendedShadowsocksCipher(),
  CredentialGenerator.generateRealityShortId(),
  ...CredentialGenerator.getShadowsocksCipherMethods(),
]
const pairs: [WireGuardKeys, RealityKeys] = [
  CredentialGenerator.generateWireGuardKeys(),
  CredentialGenerator.generateRealityKeys(),
]
const ports: number[] = [CredentialGenerator.generatePort(), CredentialGenerator.generatePort(1, 2)]
console.log(made, pairs, ports, CredentialGenerator.generateForProtocol('trojan', wanted).password)
console.log(CredentialGenerator.generateBulk('vmess', 2)[0].id)
console.log(CredentialGenerator.validateCredentials(trojan, 'trojan').valid)

// --- Clients ------------------------------------------------------------------------------------------------------

const one: ModernClient = { email: 'user_1', totalGB: 10, tgId: '', group: 'premium', expiryTime: 0, reset: 0 }
const payload: AddModernClientPayload = { client: one, inboundIds: [1] }
const entries: BulkCreateClientEntry[] = [payload, { client: { email: 'user_2' }, inboundIds: [1, 2] }]
const listed: ModernClient[] = (await client.getClients()).obj
const paged: PagedClientsResult = (
  await client.getPagedClients({ page: 1, size: 25, sort: 'email', order: 'desc', email: 'user' })
).obj
for (const { email, traffic } of paged.items) console.log(email, traffic?.up, paged.summary?.['online'])
const detail: ModernClientDetail = (await client.getClient('user_1')).obj
const traffic: ModernClientTraffic | null = (await client.getClientTraffic('user_1')).obj
if (traffic) console.log(traffic.up + traffic.down, traffic.lastOnline + traffic.reset, traffic.uuid, traffic.subId)
console.log(detail.client.subId, detail.inboundIds[0], listed[0]?.['inboundIds'])
const links: string[] = [...(await client.getSubLinks('sub')).obj, ...(await client.getClientLinks('user_1')).obj]
const nothing: null[] = [
  (await client.addModernClient(payload)).obj,
  (await client.addModernClient({ client: { ...listed[0], email: 'copy' }, inboundIds: [1] })).obj,
  (await client.updateModernClient('user_1', { ...detail.client, totalGB: 20 })).obj,
  (await client.updateModernClient('user_1', { enable: false })).obj,
  (await client.deleteModernClient('user_1')).obj,
  (await client.resetAllModernClientTraffics()).obj,
  (await client.resetModernClientTrafficByEmail('user_1')).obj,
  (await client.updateModernClientTrafficByEmail('user_1', { up: 0, down: 0 })).obj,
  (await client.clearModernClientIps('user_1')).obj,
]
await client.attachClientToInbounds('user_1', { inboundIds: [2] })
await client.detachClientFromInbounds('user_1', { inboundIds: [2] })
const emails: string[] = ['user_1', 'user_2']
const adjustment: BulkAdjustPayload = { emails, addDays: 30, addBytes: -1 }
const createdMany: BulkCreateResult = (await client.bulkCreateModernClients(entries)).obj
const adjusted: BulkAdjustResult = (await client.bulkAdjustModernClients(adjustment)).obj
const deletedMany: BulkDeleteResult = (await client.bulkDeleteModernClients({ emails })).obj
const attached: BulkAttachDetachResult = (await client.bulkAttachModernClients({ emails, inboundIds: [1] })).obj
const detached: BulkAttachDetachResult = (await client.bulkDetachModernClients({ emails, inboundIds: [1] })).obj
const affected: BulkAffectedResult = (await client.bulkResetTrafficModernClients({ emails })).obj
const depleted: number = (await client.deleteDepletedModernClients()).obj.deleted
const skipped: BulkSkipReport[] = [createdMany, adjusted, deletedMany].flatMap((each) => each.skipped ?? [])
console.log(links, nothing, skipped.map(({ email, reason }) => `${email}: ${reason}`), depleted, affected.affected)
console.log(createdMany.created, adjusted.adjusted, deletedMany.deleted, attached.attached?.length, attached.errors?.[0])
console.log(detached.detached?.[0], detached.skipped?.[0])
const seen: Record<string, number> = (await client.getModernLastOnline()).obj
const online: string[] = (await client.getOnlines()).obj
console.log(seen['user_1'], online, (await client.getModernClientIps('user_1')).obj.length)

await client.addClientWithCredentials(1, 'vless', wanted)
await client.updateClientWithCredentials(vless.id, 1, { limitIp: 2, totalGB: 5 })

// --- Groups -------------------------------------------------------------------------------------------------------

const groups: ModernGroup[] = (await client.getGroups()).obj
const members: string[] = (await client.getGroupEmails('premium')).obj
await client.createGroup({ name: 'premium' })
await client.renameGroup({ oldName: 'premium', newName: 'gold' })
await client.deleteGroup({ name: 'gold' })
const grouped: BulkAffectedResult[] = [
  (await client.bulkAddGroups({ emails: members, group: 'gold' })).obj,
  (await client.bulkRemoveGroups({ emails: members })).obj,
]
console.log(groups.map(({ name, clientCount, trafficUsed }) => [name, clientCount, trafficUsed]), grouped)

// --- Nodes --------------------------------------------------------------------------------------------------------

const wantedNode: AddNodePayload = {
  name: 'ams-1',
  scheme: 'https',
  address: 'ams.example',
  port: 2053,
  basePath: '/',
  apiToken: 'token',
  allowPrivateAddress: false,
  tlsVerifyMode: 'verify',
  pinnedCertSha256: '',
}
const nodes: NodeData[] = (await client.getNodes()).obj
const node: NodeData = (await client.getNode('7')).obj
const added: NodeData = (await client.addNode(wantedNode)).obj
const history: NodeHistoryPoint[] = (await client.getNodeHistory(node.id, 'cpu', '60')).obj
const probes: TestNodeResult[] = [
  (await client.testNode(wantedNode)).obj,
  (await client.testNode({ address: 'ams.example', port: 2053 })).obj,
  (await client.probeNode(added.id)).obj,
]
await client.updateNode(7, { remark: 'slow' })
await client.setNodeEnable(7)
await client.setNodeEnable('7', true)
await client.deleteNode(7)
const figures: number[] = [node.cpuPct, node.memPct, node.latencyMs, node.onlineCount, node.uptimeSecs, node.createdAt]
const words: string[] = [node.guid, node.status, node.xrayVersion, node.panelVersion, node.lastError, node.xrayState]
console.log(nodes.length, history[0]?.t, history[0]?.v, probes.map(({ status, error }) => status + error), figures, words)

// --- Geo files ----------------------------------------------------------------------------------------------------

const geo: AddCustomGeoPayload = { type: 'geosite', alias: 'ads', url: 'https://site.example/ads.dat' }
const geos: CustomGeoResource[] = (await client.getCustomGeos()).obj
const aliases: string[] = (await client.getGeoAliases()).obj.geosite ?? []
await client.addCustomGeo(geo)
await client.updateCustomGeo(1, geo)
await client.deleteCustomGeo('1')
await client.downloadCustomGeo(1)
const downloaded: number | undefined = (await client.updateAllCustomGeo()).obj.succeeded?.length
console.log(geos.map(({ id, localPath, lastUpdatedAt }) => [id, localPath, lastUpdatedAt]), aliases, downloaded)

// --- Inbounds and their clients -----------------------------------------------------------------------------------

const inbound: InboundConfig = { remark: 'main', port: 4443, protocol: 'vless', settings: '{"clients":[]}' }
const raw: ClientConfig = { id: 1, settings: '{"clients":[]}' }
const answers: ModernApiResponse[] = [
  await client.getInbounds(),
  await client.getInbound(1),
  await client.addInbound(inbound),
  await client.updateInbound(1, inbound),
  await client.deleteInbound(1),
  ...(await client.importInbounds(inbound)),
  ...(await client.importInbounds([inbound])),
  await client.getLastOnline(),
  await client.addClient(raw),
  await client.updateClient(vless.id, raw),
  await client.deleteClient(1, vless.id),
  await client.deleteClientByEmail(1, 'user_1'),
  await client.updateClientTraffic('user_1', { totalGB: 0, expiryTime: 0 }),
  await client.getClientTrafficsByEmail('user_1'),
  await client.getClientTrafficsById(vless.id),
  await client.getClientIps('user_1'),
  await client.clearClientIps('user_1'),
  await client.resetClientTraffic(1, 'user_1'),
  await client.resetAllTraffics(),
  await client.resetAllClientTraffics(1),
  await client.deleteDepletedClients(1),
  await client.getOnlineClients(),
  await client.createBackup(),
  await client.backupToTgBot(),
]
console.log(answers.every(({ success, msg }) => success && msg !== ''))

// --- Server, settings, xray ---------------------------------------------------------------------------------------

const cpu: Array<{ cpu: number; t: number }> = (await client.getCPUHistory(60)).obj
const database: string = (await client.getDb()).obj
const form = new FormData()
form.append('db', new Blob([Buffer.from(database, 'latin1')]), 'x-ui.db')
const managed: ModernApiResponse[] = [
  await client.getServerStatus(),
  await client.getXrayVersion(),
  await client.getConfigJson(),
  await client.stopXrayService(),
  await client.restartXrayService(),
  await client.installXray('v25.8.29'),
  await client.getPanelLogs(50),
  await client.getXrayLogs(50),
  await client.updateGeofile('geoip.dat'),
  await client.updateGeofile(),
  await client.importDB(form),
  await client.getAllSettings(),
  await client.updateSetting({ webPort: 7070, anything: true }),
  await client.updateUser('admin', 'admin', 'root', 'better'),
  await client.restartPanel(),
  await client.getDefaultSettings(),
  await client.getDefaultJsonConfig(),
  await client.getXrayConfig(),
  await client.updateXrayConfig({ log: {} }),
  await client.updateXrayConfig('{}'),
  await client.manageWarp('license', { license: 'key' }),
  await client.getOutboundsTraffic(),
  await client.resetOutboundsTraffic(),
  await client.getXrayResult(),
  await client.getWebCertFiles(),
]
const status = await client.getServerStatus()
console.log(cpu[0]?.t, managed.length, status.obj?.xray.version, status.obj?.mem.total)
const tested = await client.testOutbound({ protocol: 'freedom' }, { allOutbounds: [{ tag: 'a' }], mode: 'http' })
console.log(tested.obj.delay, tested.obj.tag, tested.obj.error)
const keys: (string | undefined)[] = [
  (await client.getNewUUID()).obj.uuid,
  (await client.getNewX25519Cert()).obj.privateKey,
  (await client.getNewX25519Cert()).obj.password,
  (await client.getNewmldsa65()).obj.verify,
  (await client.getNewmlkem768()).obj.client,
  (await client.getNewEchCert('site.example')).obj.echConfigList,
]
console.log(keys, Object.keys((await client.getNewVlessEnc()).obj))

// --- Sessions -----------------------------------------------------------------------------------------------------

declare const redis: { get(key: string): Promise<string | null> }
declare const mysql: { query(sql: string, values?: unknown[]): Promise<unknown> }
const handlers = { getSession: async () => null, setSession: async () => {}, deleteSession: async () => {} }
class Logged extends SessionStore {
  override async get(key: string): Promise<any> {
    return super.get(key)
  }
}
const stores: SessionStore[] = [
  new SessionStore(),
  new Logged(),
  new MemorySessionStore(),
  new RedisSessionStore(redis, { keyPrefix: 'xui:' }),
  new DatabaseSessionStore(mysql, { tableName: 'kept' }),
  createMemoryStore(),
  createRedisStore(redis),
  createDatabaseStore(mysql),
]
const handler: CustomSessionHandler = createCustomHandler(handlers)
const config: SessionConfig = { store: stores[0], customHandler: handlers, sessionTTL: 60 }
const manager: SessionManager = createSessionManager(config)
const key: string = manager.generateSessionKey(url, 'admin')
console.log(key, await manager.storeSession(url, 'admin', { cookie: 'x' }), await manager.getSession(url, 'admin'))
console.log(await manager.hasValidSession(url, 'admin'), manager.shouldRefreshSession({ createdAt: 0 }))
console.log((await manager.getStats()).size, new MemorySessionStore().getStats().size)
console.log(handler, new CustomSessionHandler(handlers))
const cleaned: number = await new DatabaseSessionStore(mysql).cleanupExpired()
await manager.deleteSession(url, 'admin')
await manager.clearAllSessions()
console.log(cleaned)
for (const choice of [
  SessionConfig.memory(),
  SessionConfig.redis(redis, {}),
  SessionConfig.database(mysql),
  SessionConfig.custom(handlers),
]) {
  new ThreeXUI(url, 'admin', 'secret', { ...choice, timeout: 1000 })
}

// --- Web frameworks -----------------------------------------------------------------------------------------------

const next: NextJSConfig = { baseURL: url, username: 'admin', password: 'secret', sessionManager: manager }
const express: ExpressMiddlewareConfig = { ...next, sessionKey: 'panel' }
const middleware: (req: object, res: object, next: () => void) => unknown = createExpressMiddleware(express)
const wrapped: (req: object, res: object) => Promise<unknown> = withThreeXUI(next, async (req: any, res: any) => {
  res.json(await req.threeXUI.getInbounds())
})
const hook: ReactHookMethods = createReactHook('/api/panel')
console.log(middleware, wrapped, createNextjsRoutes(next).inbounds, createNextjsRoutes(next).clientTraffic)
await hook.generateCredentials('vless', wanted)
await hook.addClientWithCredentials(1, 'vless', wanted)
const shown: any[] = await hook.getInbounds()
console.log(shown.length, (await hook.getClientTraffic('user_1')).up)

// --- Builders -----------------------------------------------------------------------------------------------------

const tls: TLSOptions = { serverName: 'site.example', certFile: '/cert', keyFile: '/key', certificates: [] }
const reality: RealityOptions = { keys: realityKeys, dest: 'a:443', serverNames: ['a'], shortIds: ['ab'] }
const websocket: WebSocketOptions = { path: '/ws', headers: { Host: 'a' } }
const http2: HTTP2Options = { path: '/h2', host: ['a'] }
const grpc: GRPCOptions = { serviceName: 'g' }
const vlessBuilder: VLESSBuilder = ProtocolBuilder.vless().remark('a').port(443).listen().enable()
const built: BuilderConfig[] = [
  vlessBuilder.addClient(wanted).network('tcp').tls(tls).reality(reality).websocket(websocket).http2(http2).build(),
  new VLESSBuilder().grpc(grpc).flow('').randomPort(1, 2).build(),
  ProtocolBuilder.vmess().addClient().network('ws').tls().websocket().build(),
  new VMESSBuilder().build(),
  ProtocolBuilder.trojan().addClient({ email: 'a' }).tls(tls).fallbacks([{ dest: 80 }]).build(),
  new TrojanBuilder().build(),
  ProtocolBuilder.shadowsocks().method('aes-256-gcm').password().generatePassword(8).network('tcp,udp').build(),
  new ShadowsocksBuilder().password('secret').build(),
  ProtocolBuilder.wireguard().serverKeys(wireguardKeys).address(['10.0.0.1/24']).address('a').addPeer({}).mtu(1).build(),
  new WireGuardBuilder().serverKeys().addPeer().build(),
  new BaseBuilder().remark('a').build(),
  ProtocolBuilder.templates.vlessReality({ remark: 'a', dest: 'a:443', client: { email: 'a' } }),
  ProtocolBuilder.templates.vmessWsTls({ port: 443, path: '/ws', serverName: 'a' }),
  ProtocolBuilder.templates.trojanTls({ certFile: '/cert', keyFile: '/key' }),
  ProtocolBuilder.templates.shadowsocks({ method: 'aes-256-gcm', passwordLength: 32 }),
]
const handWritten: BuilderConfig = { protocol: 'vless', settings: {} }
console.log(built.map(({ protocol, port, remark }) => [protocol, port, remark]), handWritten)

// --- Security -----------------------------------------------------------------------------------------------------

const stats = client.getSecurityStats()
console.log(stats.blockedIPs, stats.activeRateLimits.general)
client.clearBlockedIPs()
client.setDevelopmentMode(true)
const { InputValidator, SecureHeaders, CredentialSecurity, ErrorSecurity } = SecurityEnhancer
const address: string = InputValidator.validateURL(`${url}/`)
console.log(address, InputValidator.validateInboundConfig(inbound), InputValidator.validateClientConfig(raw))
console.log(InputValidator.validateUsername('admin'), InputValidator.validatePassword('secret'))
console.log(SecureHeaders.getSecureHeaders({ enableCSP: true })['User-Agent'], CredentialSecurity.hashForLogging('x'))
console.log(CredentialSecurity.generateSessionToken(16), CredentialSecurity.validateCredentialStrength('x').issues)
ErrorSecurity.logError(ErrorSecurity.sanitizeError(new Error('x'), true), { username: 'admin' })
const monitor = new SecurityEnhancer.SecurityMonitor({ maxRequestsPerMinute: 5 })
if (monitor.checkRateLimit('a', 'login')) monitor.logSuspiciousActivity('login_failed', { user: 'admin' })
monitor.blockIP('192.0.2.1')
monitor.clearBlockedIPs()
console.log(monitor.getStats().recentActivities[0]?.type)

await client.clearAllSessions()
await client.logout()
