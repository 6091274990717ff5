/*
 * What our types promise beyond the original's: everything the guide shows, types that follow the protocol, classes of
 * errors, and refusal of what cannot be right.
 */

import ThreeXUI, {
  AuthenticationError,
  CredentialGenerator,
  LoginRateLimitError,
  NetworkError,
  NotFoundError,
  PanelError,
  ProtocolBuilder,
  SessionManager,
  ThreeXUIError,
  TimeoutError,
  TlsError,
  UnsupportedByPanelError,
  ValidationError,
  createSessionManager,
  withThreeXUI,
} from '3xui-api-client'
import type { AddedClient, ClientOptions, Inbound, Reply, SecurityStats, SessionStore } from '3xui-api-client'

const url = 'https://panel.example:2053/base'
const client = new ThreeXUI(url, 'admin', 'secret')
new ThreeXUI(url, { token: 'token' })
new ThreeXUI(url, { apiToken: undefined, username: 'admin', password: 'secret', timeout: undefined })
new ThreeXUI(url, { username: 'admin', password: 'secret', panelVersion: 'auto' })
new ThreeXUI(url, 'admin', 'secret', { panelVersion: 'legacy', panelType: 'legacy' })
// @ts-expect-error a URL is needed
new ThreeXUI()
// @ts-expect-error the password is missing
new ThreeXUI(url, 'admin')
// @ts-expect-error a time limit is a number
new ThreeXUI(url, { token: 'token', timeout: '5s' })

const own: string[] = [client.baseURL, client.cookie ?? '', client.csrfToken ?? '', client.username]
console.log(own, (await client.getTwoFactorEnable()).obj)

// --- Sessions -----------------------------------------------------------------------------------------------------

const redis = { get: async (_key: string) => null }
const database = { query: async (_sql: string, _values?: unknown[]) => [] }
const mine = { get: async () => null, set: async () => {}, delete: async () => {} }
const ways: ThreeXUI.SessionManagerOptions[] = [
  {},
  { type: 'memory' },
  { redis },
  { type: 'redis', redis, redisOptions: { keyPrefix: 'xui:', defaultTTL: 60 } },
  { type: 'database', database, defaultTTL: 3600 },
  { database, databaseOptions: { tableName: 'kept', keyColumn: 'id', valueColumn: 'text', expiresColumn: 'until' } },
  { type: 'custom', custom: { getSession: () => null, setSession: () => {}, deleteSession: () => {} } },
  { store: mine, sessionTTL: 60, autoRefresh: false, refreshThreshold: 0.5 },
]
for (const sessionManager of ways) new ThreeXUI(url, 'admin', 'secret', { sessionManager })
new ThreeXUI(url, 'admin', 'secret', { sessionManager: new SessionManager({ store: mine }) })
// @ts-expect-error no such kind of store
new ThreeXUI(url, 'admin', 'secret', { sessionManager: { type: 'file' } })
// @ts-expect-error a store can set and delete, too
new ThreeXUI(url, 'admin', 'secret', { sessionManager: { store: { get: async () => null } } })

client.options.sessionManager = { type: 'memory' }
client.sessionManager = createSessionManager({ redis })
const connected: boolean | undefined = (await client.getSessionStats()).connected
const { store } = client.sessionManager
const complete = store as SessionStore
await complete.clear()
console.log(connected, await store.get('key'), await client.isSessionValid())

// --- Types that follow the protocol -------------------------------------------------------------------------------

const vless = client.generateCredentials('vless')
const trojan = client.generateCredentials('trojan', { emailPrefix: 'premium', passwordLength: 24 })
const keys: string[] = [vless.id, vless.email, vless.flow, trojan.password, client.generateIdentifier('team')]
// @ts-expect-error a trojan client has no UUID
console.log(keys, trojan.id)
// @ts-expect-error a vless client has no password
console.log(client.generateBulkCredentials('vless', 3, { emailPrefix: 'premium' })[0].password)
// @ts-expect-error a protocol is a text
client.generateCredentials(1)
// @ts-expect-error how many is a number
client.generateBulkCredentials('vless', '3')

const added = await client.addClientWithCredentials('3', 'vless', { totalGB: 100, limitIp: undefined })
const sent: [string, string, boolean, number, number, number] = [
  added.credentials.id,
  added.credentials.subId,
  added.credentials.enable,
  added.credentials.limitIp,
  added.credentials.totalGB,
  added.credentials.expiryTime,
]
const protocol: 'vless' = added.protocol
// @ts-expect-error a vless client has no password
console.log(sent, protocol, added.credentials.password)
// @ts-expect-error there is no such protocol number
await client.addClientWithCredentials(3, 7)
// @ts-expect-error the protocol is missing
await client.addClientWithCredentials(3)
// @ts-expect-error a quota is a number, or its text
await client.addClientWithCredentials(3, 'vless', { totalGB: true })

export async function secretOf(inboundId: number, protocol: string): Promise<string> {
  const { credentials } = await client.addClientWithCredentials(inboundId, protocol)
  return credentials.id ?? credentials.password
}

export function describe({ credentials, msg }: AddedClient): string {
  return `${credentials.email} ${credentials.subId} ${msg}`
}

const all: ClientOptions = {
  email: 'user_1',
  enable: false,
  limitIp: '2',
  totalGB: 1.5,
  expiryDays: 30,
  expiresAfterFirstUse: 7,
  tgId: 1,
  comment: 'paid',
  reset: 30,
  subId: 'sub',
  flow: '',
  method: 'aes-256-gcm',
  level: 1,
  passwordLength: 32,
}
const updated = await client.updateClientWithCredentials(vless.id, '3', all)
console.log(updated.success, updated.message, updated.conversions?.totalGB, updated.updatedOptions?.email)

// --- Answers ------------------------------------------------------------------------------------------------------

const inbounds: Reply<Inbound[]> = await client.getInbounds()
const ports: number[] = inbounds.obj.map((inbound) => inbound.port)
const emails: string[] = inbounds.obj.flatMap(({ clientStats }) => (clientStats ?? []).map(({ email }) => email))
await client.updateInbound('3', { ...inbounds.obj[0]!, remark: 'other' })
// @ts-expect-error an inbound needs a protocol
await client.addInbound({ remark: 'main', port: 4443, settings: {} })
// @ts-expect-error a client is described by the inbound and its settings
await client.addClient({ id: 3 })
await client.addClient({ id: '3', settings: { clients: [{ id: vless.id, email: 'user_2', totalGB: '0' }] } })

const traffic = await client.getClientTrafficsByEmail('user_1')
// @ts-expect-error a client that the panel does not know has no traffic
console.log(ports, emails, traffic.obj.up)
const ips: string[] = (await client.getClientIps('user_1')).obj
const online: string[] = (await client.getOnlineClients()).obj ?? []
const stats: SecurityStats = client.getSecurityStats()
const created = stats.recentActivities.filter(({ type }) => type === 'client_created')
console.log(ips, online, created.map(({ timestamp, severity }) => `${timestamp} ${severity}`))
// @ts-expect-error a credential is one of these
client.validateCredentialStrength('x', 'name')

// --- What came with the panels of today ---------------------------------------------------------------------------

const page = await client.getPagedClients({ page: 1, pageSize: 200, filter: ['online', 'active'], order: 'descend' })
const downloaded: number[] = page.obj.items.map(({ traffic: counters }) => counters?.down ?? 0)
const status = await client.getServerStatus()
const load: number | undefined = status.obj?.loads[0]
// @ts-expect-error the panel has no status in its first seconds
console.log(downloaded, load, status.obj.cpu)
await client.updateModernClientTrafficByEmail('user_1', { upload: 0, download: 1024 })
await client.bulkAdjustModernClients({ emails: ['user_1'], addDays: 30, flow: 'none' })
// @ts-expect-error clients are named in a list
await client.bulkDeleteModernClients({ emails: 'user_1' })
// @ts-expect-error a client needs inbounds
await client.addModernClient({ client: { email: 'user_1' } })
// @ts-expect-error a port is a number
await client.updateSetting({ webPort: '2053' })
const settings = (await client.getAllSettings()).obj
const portOfPanel: number = settings.webPort
const [auth] = (await client.getNewVlessEnc()).obj.auths
console.log(portOfPanel, auth?.encryption, (await client.getModernClientIps('user_1')).obj)
await client.testNode({ scheme: 'https', address: 'ams.example', port: 2053, basePath: '/', apiToken: 'token' })
// @ts-expect-error a node is at an address
await client.addNode({ name: 'ams-1', port: 2053 })

const reality = ThreeXUI.ProtocolBuilder.vless().remark('main').port(443).reality({ dest: 'site.example:443' }).build()
await client.addInbound(reality)
await client.addInbound(ProtocolBuilder.templates.trojanTls({ serverName: 'site.example', client: { totalGB: 0 } }))
// @ts-expect-error trojan has no websocket here
ProtocolBuilder.trojan().websocket()
const psk: string = CredentialGenerator.generateForProtocol('shadowsocks2022').password
// @ts-expect-error a vless client has no password
console.log(psk, CredentialGenerator.generateForProtocol('vless').password)
const bytes: Buffer = await client._request('get', '/panel/api/server/getDb', {}, {}, { responseType: 'arraybuffer' })
client.securityMonitor.blockIP('192.0.2.1')
console.log(bytes.length, client.isDevelopment, client._parseClientIps('No IP Record'))
// @ts-expect-error the steps inside a method are no part of the class
client._planAdd(1, 'vless', {})

interface Page {
  query: { email: string }
}
export const handler = withThreeXUI({ baseURL: url, username: 'admin', password: 'secret' }, async (req, res) => {
  res.status(200).json(await req.threeXUI.getInbounds())
})
export const typed = withThreeXUI(
  { baseURL: url, username: 'admin', password: 'secret' },
  async (req: Page & ThreeXUI.PanelRequest, res: { json(body: unknown): void }) => {
    res.json(await req.threeXUI.getClientTraffic(req.query.email))
  },
)

// --- Errors -------------------------------------------------------------------------------------------------------

export function explain(error: unknown): string {
  if (error instanceof ValidationError) return `${error.field}: ${error.message}`
  if (error instanceof ThreeXUI.AuthenticationError || error instanceof AuthenticationError) return 'wrong password'
  if (error instanceof LoginRateLimitError) return 'later'
  if (error instanceof NotFoundError) return 'not there'
  if (error instanceof UnsupportedByPanelError) return 'too old'
  if (error instanceof TimeoutError || error instanceof TlsError || error instanceof NetworkError) return error.code ?? ''
  if (error instanceof PanelError) return `${error.response?.status} ${error.config?.url}`
  return error instanceof ThreeXUIError && error.isAxiosError ? JSON.stringify(error) : String(error)
}

// --- client.api ---------------------------------------------------------------------------------------------------

const { api } = new ThreeXUI('http://127.0.0.1:2053', { token: 't', panelVersion: 'modern', maxLoginRetries: 2 })
const id: number = api.interceptors.request.use((config) => {
  config.headers.set('X-Trace', '1')
  return config
})
api.interceptors.request.eject(id)
api.defaults.timeout = 5_000
api.defaults.headers.Cookie = '3x-ui=…'
const answered: Promise<number> = api.get<{ success: boolean }>('/panel/api/inbounds/list').then(({ status }) => status)
void answered
