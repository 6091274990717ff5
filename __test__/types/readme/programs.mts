/*
 * Whole programs around a client: a shop, an administrator, a dashboard, a web app with its page.
 */

import { EventEmitter } from 'node:events'

import ThreeXUI, {
  CredentialGenerator,
  ProtocolBuilder,
  SessionConfig,
  createExpressMiddleware,
  createNextjsRoutes,
  createReactHook,
  withThreeXUI,
} from '3xui-api-client'
import type { CredentialOptions, ModernApiResponse, VLESSCredentials } from '3xui-api-client'

const GIB = 1024 ** 3
const { XUI_URL = '', XUI_USERNAME = '', XUI_PASSWORD = '' } = process.env

// --- A shop -------------------------------------------------------------------------------------------------------

interface Plan {
  inboundId: number
  limitIp: number
  totalGB: number
  days: number
}

class Shop {
  private readonly panel: ThreeXUI

  constructor(redis: unknown, private readonly customers: Map<string, string>) {
    this.panel = new ThreeXUI(XUI_URL, XUI_USERNAME, XUI_PASSWORD, {
      maxRequestsPerMinute: 30,
      sessionManager: { redis, sessionTTL: 7200 },
    })
  }

  async sell(email: string, { inboundId, days, ...limits }: Plan) {
    const expiryTime = Date.now() + days * 86_400_000
    const result = await this.panel.addClientWithCredentials(inboundId, 'vless', { email, expiryTime, ...limits })
    if (!result.success) return { success: false, error: result.msg }
    this.customers.set(email, result.credentials.id)
    return { success: true, url: this.urlOf(result.credentials), kept: JSON.stringify(result.credentials) }
  }

  async sellMany(emails: string[], { inboundId, days: _, ...limits }: Plan) {
    const made = this.panel.generateBulkCredentials('vless', emails.length, limits)
    const results = await Promise.allSettled(
      emails.map((email, at) => this.panel.addClientWithCredentials(inboundId, 'vless', { ...made[at], email })),
    )
    return { total: emails.length, failed: results.filter(({ status }) => status === 'rejected').length }
  }

  async bill(inboundId: number): Promise<void> {
    const { blockedIPs, totalSuspiciousActivities } = await this.panel.getSecurityStats()
    console.log(`${blockedIPs} blocked, ${totalSuspiciousActivities} suspicious`)
    for (const [email, uuid] of this.customers) {
      const traffic = await this.panel.getClientTrafficsByEmail(email)
      if (!traffic.success || !traffic.obj) continue
      const percent = (100 * (traffic.obj.up + traffic.obj.down)) / traffic.obj.total
      if (percent > 90) await this.panel.deleteClient(inboundId, uuid)
      else await this.panel.resetClientTraffic(inboundId, email)
    }
  }

  private urlOf({ id, flow, email }: VLESSCredentials): string {
    return `vless://${id}@panel.example:443?flow=${flow}#${email}`
  }
}
const shop = new Shop(null, new Map())
console.log(await shop.sell('customer', { inboundId: 1, limitIp: 2, totalGB: 50, days: 30 }), shop.sellMany, shop.bill)

// --- An administrator ---------------------------------------------------------------------------------------------

class Administrator {
  constructor(private readonly panel: ThreeXUI) {}

  async maintain(): Promise<{ tasks: string[]; events: unknown[] }> {
    const tasks: string[] = []
    const { recentActivities } = await this.panel.getSecurityStats()
    const backup = await this.panel.createBackup()
    if (backup.success) tasks.push('backed up')
    const inbounds = await this.panel.getInbounds()
    for (const { id } of inbounds.obj) {
      const { success } = await this.panel.deleteDepletedClients(id)
      if (success) tasks.push(`cleaned ${id}`)
    }
    return { tasks, events: recentActivities }
  }

  async weak() {
    const issues: Array<{ inbound: number; client: string; issues: string[] }> = []
    for (const inbound of (await this.panel.getInbounds()).obj) {
      for (const each of JSON.parse(inbound.settings).clients ?? []) {
        const check =
          inbound.protocol === 'trojan'
            ? this.panel.validateCredentialStrength(each.password, 'password')
            : this.panel.validateCredentialStrength(each.id, 'uuid')
        if (!check.isValid) issues.push({ inbound: inbound.id, client: each.email, issues: check.issues })
      }
    }
    return issues
  }

  async usage() {
    const { obj: inbounds } = await this.panel.getInbounds()
    let bytes = 0
    for (const { clientStats } of inbounds) for (const { total } of clientStats) bytes += total || 0
    const active: number = inbounds.filter((each: any) => each.enable).length
    return { total: inbounds.length, active, traffic: (bytes / GIB).toFixed(2) }
  }

  async health(): Promise<Record<string, boolean>> {
    const [inbounds, online] = await Promise.all([this.panel.getInbounds(), this.panel.getOnlineClients()])
    const answers: ModernApiResponse[] = [inbounds, online]
    return { api: answers.every(({ success }) => success), security: Boolean(await this.panel.getSecurityStats()) }
  }

  async open(port: number, domain: string) {
    const strength = this.panel.validateCredentialStrength(String(port), 'port')
    if (!strength.isValid) throw new Error(strength.issues.join(', '))
    const trojan = ProtocolBuilder.templates.trojanTls({ remark: domain, port, serverName: domain, network: 'tcp' })
    const vless = ProtocolBuilder.vless().remark(domain).port(port).reality({ serverNames: [domain] })
    const first = vless.addClient({ email: 'first' }).build()
    console.log(trojan.protocol, first.streamSettings, CredentialGenerator.generateRealityKeys().publicKey)
    const settings = { clients: [], decryption: 'none' }
    const result = await this.panel.addInbound({ remark: domain, port, protocol: 'vless', settings })
    return result.success ? result.obj?.id : result.msg
  }
}
const administrator = new Administrator(new ThreeXUI(XUI_URL, XUI_USERNAME, XUI_PASSWORD))
console.log(await administrator.maintain(), await administrator.weak(), await administrator.usage(), administrator.open)

// --- A dashboard --------------------------------------------------------------------------------------------------

class Dashboard extends EventEmitter {
  constructor(private readonly panel: ThreeXUI) {
    super()
  }

  async update(): Promise<void> {
    const top: Array<{ email: string; traffic: string }> = []
    for (const inbound of (await this.panel.getInbounds()).obj) {
      if (!inbound.clientStats) continue
      for (const each of inbound.clientStats) top.push({ email: each.email, traffic: (each.total / GIB).toFixed(2) })
    }
    top.sort((a, b) => parseFloat(b.traffic) - parseFloat(a.traffic))
    const online = (await this.panel.getOnlineClients()).obj?.length || 0
    this.emit('update', { top: top.slice(0, 10), online, health: await administrator.health() })
  }

  async details(email: string): Promise<void> {
    const [traffic, ips] = [await this.panel.getClientTrafficsByEmail(email), await this.panel.getClientIps(email)]
    this.emit('details', { email, traffic: traffic.obj, ips: ips.obj })
  }
}
export const dashboard = new Dashboard(new ThreeXUI(XUI_URL, { token: 'of the panel' }))

// --- A web app ----------------------------------------------------------------------------------------------------

const account = { baseURL: XUI_URL, username: XUI_USERNAME, password: XUI_PASSWORD }
export const middleware = createExpressMiddleware({ ...account, ...SessionConfig.memory(), sessionKey: 'panel' })
export const GET = withThreeXUI(account, async (request: any) => Response.json(await request.threeXUI.getInbounds()))
export const routes = createNextjsRoutes(account)
export const pages = [routes.inbounds, routes.generateCredentials, routes.addClient, routes.clientTraffic]

const page = createReactHook('/api/3xui')
const options: CredentialOptions = { email: 'page', totalGB: 1 }
const shown: number[] = (await page.getInbounds()).map((inbound) => inbound.id)
console.log(shown, (await page.generateCredentials('vless', options)).id, (await page.getClientTraffic('page')).obj.up)
console.log((await page.addClientWithCredentials(1, 'vless', options)).credentials)
