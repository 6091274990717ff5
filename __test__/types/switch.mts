/*
 * A program written for the original library and its types, from its guide. It has to compile as it is against both:
 * the original's types, which proves the program right, and ours, which proves the switch to be one line.
 */

import express from 'express'
import ThreeXUI from '3xui-api-client'
import type {
  ClientConfig,
  CredentialOptions,
  InboundConfig,
  LoginResponse,
  ModernApiResponse,
  SessionConfig,
  SessionManager,
  SessionStore,
  ShadowsocksCredentials,
  ThreeXUIOptions,
  TrojanCredentials,
  ValidationResult,
  VLESSCredentials,
  VMESSCredentials,
} from '3xui-api-client'

const GB = 1024 ** 3

// --- Making a client of the panel ---------------------------------------------------------------------------------

declare const redisClient: { get(key: string): Promise<string | null> }
declare const mysql: { query(sql: string, values?: unknown[]): Promise<unknown> }

const options: ThreeXUIOptions = {
  timeout: 15_000,
  userAgent: 'shop/1.0',
  maxRequestsPerMinute: 120,
  maxLoginAttemptsPerHour: 5,
  enableCSP: true,
  isDevelopment: false,
  autoGenerateCredentials: true,
  panelType: 'auto',
  maxLoginRetries: 3,
  loginRetryBackoff: 0,
  sessionManager: { redis: redisClient, redisOptions: { keyPrefix: 'xui:' }, sessionTTL: 3600 },
}
const client = new ThreeXUI('https://panel.example:2053/base', 'admin', 'secret', options)
const byToken = new ThreeXUI('https://panel.example:2053/base', { token: process.env.XUI_TOKEN, timeout: 5000 })
export const others: ThreeXUI[] = [new ThreeXUI('http://127.0.0.1:2053', 'admin', 'secret'), byToken]

const config: SessionConfig = { database: mysql, autoRefresh: true, refreshThreshold: 0.9 }
config.sessionTTL = 60
export const withDatabase = new ThreeXUI('http://127.0.0.1:2053', 'admin', 'secret', { sessionManager: config })

class FileStore implements SessionStore {
  private readonly kept = new Map<string, string>()
  async get(key: string): Promise<any> {
    return JSON.parse(this.kept.get(key) ?? 'null')
  }
  async set(key: string, value: any, ttl?: number): Promise<void> {
    this.kept.set(key, JSON.stringify({ ...value, ttl }))
  }
  async delete(key: string): Promise<void> {
    this.kept.delete(key)
  }
  async clear(): Promise<void> {
    this.kept.clear()
  }
  async exists(key: string): Promise<boolean> {
    return this.kept.has(key)
  }
}
const store: SessionStore = new FileStore()
await store.set('key', { cookie: 'x' })
const known: boolean = await store.exists('key')
await store.clear()
export const withStore = new ThreeXUI('http://127.0.0.1:2053', 'admin', 'secret', { sessionManager: { store } })

export async function isKnown(manager: SessionManager): Promise<boolean> {
  return (await manager.hasValidSession('http://127.0.0.1:2053', 'admin')) || known
}

// --- Logging in ---------------------------------------------------------------------------------------------------

const session: LoginResponse = await client.login()
if (!session.success) throw new Error(session.message ?? session.data.msg)
const again = await client.login(true)
console.log(again.fromCache, again.cookie?.length, again.headers['set-cookie'], again.data.success)
const valid: boolean = await client.isSessionValid()
const sessions = await client.getSessionStats()
console.log(valid, sessions.size, sessions.keys)

// --- Inbounds -----------------------------------------------------------------------------------------------------

const inbound: InboundConfig = {
  remark: 'main',
  port: 4443,
  protocol: 'vless',
  enable: true,
  listen: '',
  settings: { clients: [], decryption: 'none', fallbacks: [] },
  streamSettings: { network: 'tcp', security: 'none' },
}
inbound.settings.clients.push({ id: client.generateUUID(), email: 'first', enable: true })
const nextPort: number = inbound.port + 1
const added = await client.addInbound({ ...inbound, port: nextPort, settings: JSON.stringify(inbound.settings) })
const inboundId: number = added.obj.id
await client.updateInbound(inboundId, { ...inbound, remark: inbound.remark.toUpperCase() })
const all = await client.getInbounds()
for (const one of all.obj) {
  const settings = JSON.parse(one.settings)
  const emails: string[] = settings.clients.map((each: { email: string }) => each.email)
  console.log(one.id, one.remark.padEnd(20), one.up + one.down, one.allTime / GB, emails.join())
}
const found = all.obj.find((one: any) => one.port === nextPort)
if (!found) throw new Error('the inbound is gone')
const { obj: read }: { obj: { id: number; settings: string; tag: string } } = await client.getInbound(found.id)
console.log(read.tag, JSON.parse(read.settings).clients.length)

// --- Credentials --------------------------------------------------------------------------------------------------

const vless = client.generateCredentials('vless') as VLESSCredentials
const vmess = client.generateCredentials('vmess') as VMESSCredentials
const trojan = client.generateCredentials('trojan', { passwordLength: 32, level: 1 }) as TrojanCredentials
const shadowsocks = client.generateCredentials('shadowsocks', { method: 'aes-256-gcm' }) as ShadowsocksCredentials
const texts: string[] = [vless.id, vless.flow, vless.encryption, vmess.id, trojan.password, shadowsocks.method]
const levels: number[] = [vmess.level, vmess.alterId, trojan.level]
console.log(texts, levels, shadowsocks.password, client.generatePassword(24, { includeSymbols: true }))

export function secretOf(protocol: string): string {
  const made = client.generateCredentials(protocol)
  if ('password' in made) return made.password
  if ('id' in made) return made.id
  if ('pass' in made) return made.pass
  return made.privateKey
}

const bulk = client.generateBulkCredentials('vless', 10)
const ids: string[] = bulk.map((each) => each.id)
const mixed = client.generateBulkCredentials('trojan' as string, 5, { passwordLength: 24 })
console.log(ids, mixed[0].password, mixed[0].email)

const verdict: ValidationResult = client.validateCredentials(vless, 'vless')
if (!verdict.valid) console.error(verdict.errors.join('; '))
const strength = client.validateCredentialStrength(trojan.password, 'password')
const grade: 'weak' | 'medium' | 'strong' = strength.strength
console.log(grade, strength.isValid, strength.issues.length)

// --- Clients ------------------------------------------------------------------------------------------------------

interface Plan {
  limitIp: number
  totalGB: number
  expiryTime?: number
}
const plan: Plan = { limitIp: 2, totalGB: 100 }
const wanted: CredentialOptions = { email: 'user_1', enable: true, subId: 'sub', flow: '', ...plan }

const created = await client.addClientWithCredentials(inboundId, 'vless', wanted)
const uuid: string = created.credentials.id
const subscription: string = created.credentials.subId
const link = `vless://${uuid}@server:443?flow=${created.credentials.flow}#${created.credentials.email}`
console.log(created.success, created.msg, created.obj, subscription, link, created.credentials.totalGB / GB)
await client.addClientWithCredentials(inboundId, 'vless', plan)

export async function sell(protocol: 'vless' | 'trojan', email: string): Promise<string> {
  const { credentials } = await client.addClientWithCredentials(inboundId, protocol, { email })
  return protocol === 'vless' ? credentials.id : credentials.password
}

const raw: ClientConfig = {
  id: inboundId,
  settings: JSON.stringify({ clients: [{ id: uuid, email: 'user_2', totalGB: 50 * GB, enable: true }] }),
}
await client.addClient(raw)
const replaced = await client.updateClient(uuid, raw)
const updated = await client.updateClientWithCredentials(uuid, inboundId, { limitIp: 3 })
if (!replaced.success || !updated.success) console.error(replaced.msg, updated.message, updated.error)
const deleted = await client.deleteClient(inboundId, uuid)
if (!deleted.success) console.error(deleted.msg)

export async function createBulkClients(protocol: string, count: number, extra: CredentialOptions = {}) {
  const results: Array<{ success: boolean; credentials?: unknown; error?: string }> = []
  for (const cred of client.generateBulkCredentials(protocol, count, extra)) {
    try {
      const result = await client.addClientWithCredentials(inboundId, protocol, { ...cred, ...extra })
      results.push({ success: true, credentials: result.credentials })
    } catch (error) {
      results.push({ success: false, error: (error as Error).message, credentials: cred })
    }
  }
  return results
}

// --- Traffic ------------------------------------------------------------------------------------------------------

const traffic = await client.getClientTrafficsByEmail('user_1')
if (traffic.success && traffic.obj) console.log((traffic.obj.up + traffic.obj.down) / GB, traffic.obj.lastOnline ?? 0)
const byId = await client.getClientTrafficsById(uuid)
console.log(byId.obj)
const reset = await client.resetClientTraffic(inboundId, 'user_1')
const resetAll = await client.resetAllClientTraffics(inboundId)
const depleted = await client.deleteDepletedClients(inboundId)
console.log(reset.success, resetAll.msg, depleted.msg)
const ips: ModernApiResponse<string[]> = await client.getClientIps('user_1')
console.log(ips.obj.map((ip) => ip.split('.')[0]))
await client.clearClientIps('user_1')
const online = await client.getOnlineClients()
console.log(online.obj?.length)

// --- Security -----------------------------------------------------------------------------------------------------

const stats = await client.getSecurityStats()
stats.recentActivities
  .filter((activity: any) => activity.type.includes('client'))
  .forEach((activity: any) => console.log(`${activity.type} - ${activity.details}`))
const limited: boolean = stats.recentActivities.some((a: { type: string }) => a.type === 'rate_limit_exceeded')
console.log(limited, stats.blockedIPs, stats.activeRateLimits.login)

// --- A program of one's own around it -----------------------------------------------------------------------------

class ClientManager {
  readonly client: ThreeXUI

  constructor(url: string, username: string, password: string, database: unknown) {
    this.client = new ThreeXUI(url, username, password, { sessionManager: { database, sessionTTL: 3600 } })
  }

  async create(inboundId: number, email: string, options: CredentialOptions = {}) {
    const result = await this.client.addClientWithCredentials(inboundId, 'vless', { email, ...options })
    if (!result.success) return { success: false, error: result.msg }
    return { success: true, uuid: result.credentials.id, config: JSON.stringify(result.credentials) }
  }
}

class Audited extends ThreeXUI {
  override async getInbounds(): Promise<any> {
    console.log('inbounds are read')
    return super.getInbounds()
  }
  override async deleteClient(inboundId: number, clientId: string): Promise<any> {
    return super.deleteClient(inboundId, clientId)
  }
}
export const audited: ThreeXUI = new Audited('http://127.0.0.1:2053', 'admin', 'secret')

const app = express()
const manager = new ClientManager(process.env.XUI_URL ?? '', 'admin', 'secret', mysql)
app.post('/api/clients', async (req, res) => {
  try {
    const { inboundId, email, limitIp, totalGB, expiryDays } = req.body
    const expiryTime = expiryDays ? Date.now() + expiryDays * 24 * 60 * 60 * 1000 : 0
    res.json(await manager.create(inboundId, email, { limitIp: limitIp || 0, totalGB: totalGB || 0, expiryTime }))
  } catch (error) {
    res.status(500).json({ error: (error as Error).message })
  }
})
app.post('/api/clients/:protocol/bulk', async (req, res) => {
  const { protocol, count, options } = req.body
  const made = manager.client.generateBulkCredentials(protocol, count, options)
  const { credentials } = await manager.client.addClientWithCredentials(req.body.inboundId, protocol, made[0])
  res.json({ password: credentials.password, id: credentials.id })
})
app.get('/api/clients/:email/traffic', async (req, res) => {
  res.json(await manager.client.getClientTrafficsByEmail(req.params.email))
})

await client.clearAllSessions()
await client.logout()
