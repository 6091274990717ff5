/*
 * Making a client, logging in, sessions, errors and the activity log.
 */

import ThreeXUI from '3xui-api-client'
import { createSessionManager } from '3xui-api-client'
import type { LoginResponse, SessionConfig as SessionOptions, ThreeXUIOptions } from '3xui-api-client'

declare const redis: { get(key: string): Promise<string | null> }
declare const pool: { query(sql: string, values?: unknown[]): Promise<unknown> }

const address = 'https://panel.example:2053'
const plain = new ThreeXUI(address, 'admin', 'secret')
const token = new ThreeXUI(address, { token: 'of the panel' })
const legacy = new ThreeXUI(address, 'admin', 'secret', { panelType: 'legacy' })
const careful = new ThreeXUI(address, 'admin', 'secret', { maxLoginRetries: 3, loginRetryBackoff: 1000 })
const watched: ThreeXUIOptions = {
  maxRequestsPerMinute: 30,
  maxLoginAttemptsPerHour: 5,
  isDevelopment: process.env.NODE_ENV !== 'production',
  enableCSP: true,
  timeout: 30_000,
  userAgent: 'shop/1.0',
}
const client = new ThreeXUI(address, 'admin', 'secret', watched)

const answer: LoginResponse = await plain.login()
if (answer.success) console.log(answer.data.msg, answer.cookie ?? 'kept', answer.headers['set-cookie'])
const found = await token.getInbounds()
console.log(found.obj.length, await legacy.isSessionValid(), (await careful.login(true)).fromCache)

// --- Where sessions are -------------------------------------------------------------------------------------------

const choices: SessionOptions[] = [
  { redis, redisOptions: { keyPrefix: 'shop:', cluster: 'eu' } },
  { database: pool, databaseOptions: { tableName: 'kept', encryptSessions: true }, sessionTTL: 7200 },
  {
    customHandler: {
      getSession: async (key: string) => JSON.parse((await redis.get(key)) ?? 'null'),
      setSession: async (key: string, session: unknown) => console.log(key, session),
      deleteSession: async (key: string) => console.log(key),
    },
  },
]
for (const choice of choices) createSessionManager(choice)
const shared = new ThreeXUI(address, 'admin', 'secret', { sessionManager: { redis, autoRefresh: true } })
const kept = await shared.getSessionStats()
console.log(kept.size, kept.keys)
await shared.clearAllSessions()
await shared.logout()

// --- What went wrong, and what happened ---------------------------------------------------------------------------

async function robust<T>(operation: () => Promise<T>, attempts = 3): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation()
    } catch (error: any) {
      const lasting = error.response?.status === 401 || error.message.includes('Invalid')
      if (lasting || attempt === attempts) throw error
      await new Promise((resolve) => setTimeout(resolve, 1000 * attempt))
    }
  }
}
const online = await robust(() => client.getOnlineClients())
console.log(online.obj?.length || 0)

const stats = await client.getSecurityStats()
if (stats.blockedIPs > 0) client.clearBlockedIPs()
const grave = stats.recentActivities.filter((activity: any) => activity.severity === 'high').slice(0, 5)
console.log(stats.totalSuspiciousActivities, stats.activeRateLimits, grave.map((activity: any) => activity.timestamp))

client.setDevelopmentMode(true)
const strength = client.validateCredentialStrength(client.generatePassword(24), 'password')
if (!strength.isValid) throw new Error(strength.issues.join(', '))
console.log(strength.strength, client.generateSecureToken().length)
