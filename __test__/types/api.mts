/*
 * What our types promise beyond the original's: everything the guide shows, types that follow the protocol, classes of
 * errors, and refusal of what cannot be right.
 */

import ThreeXUI, {
  AuthenticationError,
  LoginRateLimitError,
  NetworkError,
  NotFoundError,
  PanelError,
  SessionManager,
  ThreeXUIError,
  TimeoutError,
  TlsError,
  UnsupportedByPanelError,
  ValidationError,
  createSessionManager,
} from '3xui-api-client'
import type { AddedClient, ClientOptions, Inbound, Reply, SecurityStats, SessionStore } from '3xui-api-client'

const url = 'https://panel.example:2053/base'
const client = new ThreeXUI(url, 'admin', 'secret')
new ThreeXUI(url, { token: 'token' })
new ThreeXUI(url, { apiToken: undefined, username: 'admin', password: 'secret', timeout: undefined })
// @ts-expect-error a URL is needed
new ThreeXUI()
// @ts-expect-error the password is missing
new ThreeXUI(url, 'admin')
// @ts-expect-error a time limit is a number
new ThreeXUI(url, { token: 'token', timeout: '5s' })

// --- Sessions -----------------------------------------------------------------------------------------------------

const redis = { get: async (_key: string) => null }
const database = { query: async (_sql: string, _values?: unknown[]) => [] }
const own = { get: async () => null, set: async () => {}, delete: async () => {} }
const ways: ThreeXUI.SessionManagerOptions[] = [
  {},
  { type: 'memory' },
  { redis },
  { type: 'redis', redis, redisOptions: { keyPrefix: 'xui:', defaultTTL: 60 } },
  { type: 'database', database, defaultTTL: 3600 },
  { database, databaseOptions: { tableName: 'kept', keyColumn: 'id', valueColumn: 'text', expiresColumn: 'until' } },
  { type: 'custom', custom: { getSession: () => null, setSession: () => {}, deleteSession: () => {} } },
  { store: own, sessionTTL: 60, autoRefresh: false, refreshThreshold: 0.5 },
]
for (const sessionManager of ways) new ThreeXUI(url, 'admin', 'secret', { sessionManager })
new ThreeXUI(url, 'admin', 'secret', { sessionManager: new SessionManager({ store: own }) })
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
