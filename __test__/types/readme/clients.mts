/*
 * Clients of an inbound: with generated credentials and with one's own, one and many, their traffic and addresses.
 */

import ThreeXUI from '3xui-api-client'
import type {
  ClientConfig,
  CredentialOptions,
  ShadowsocksCredentials,
  TrojanCredentials,
  VLESSCredentials,
  VMESSCredentials,
} from '3xui-api-client'

const client = new ThreeXUI('https://panel.example:2053', 'admin', 'secret')
const inboundId = 10
const GIB = 1024 ** 3
const DAY = 24 * 60 * 60 * 1000

// --- Generated ----------------------------------------------------------------------------------------------------

const { credentials } = await client.addClientWithCredentials(inboundId, 'vless', { email: 'user_001' })
console.log(credentials.id, credentials.flow, credentials.encryption, credentials.subId, credentials.enable)
const vless = client.generateCredentials('vless') as VLESSCredentials
const vmess = client.generateCredentials('vmess') as VMESSCredentials
const trojan = client.generateCredentials('trojan', { passwordLength: 32 }) as TrojanCredentials
const shadowsocks = client.generateCredentials('shadowsocks', { method: 'aes-256-gcm' }) as ShadowsocksCredentials
const secrets: string[] = [vless.id, vmess.id, trojan.password, shadowsocks.password, shadowsocks.method]
console.log(secrets, vmess.alterId, trojan.level, client.generateUUID(true), client.generatePort(20_000, 30_000))

const limits: CredentialOptions = { limitIp: 2, totalGB: 100, expiryTime: Date.now() + 30 * DAY, enable: true }
for (const protocol of ['trojan', 'shadowsocks']) {
  const made = await client.addClientWithCredentials(inboundId, protocol, { email: `${protocol}_1`, ...limits })
  if (!made.success) throw new Error(made.msg)
  console.log(made.credentials.password, made.obj)
}
const team = client.generateBulkCredentials('vless', 10, limits)
const ids: string[] = team.map((member) => member.id)
for (const member of team) await client.addClientWithCredentials(inboundId, 'vless', member)
const outcome = await client.updateClientWithCredentials(ids[0]!, inboundId, { totalGB: 200, email: 'renamed' })
console.log(outcome.success ? outcome.msg : outcome.message)

// --- By hand ------------------------------------------------------------------------------------------------------

const described = (id: string, email: string): ClientConfig => ({
  id: inboundId,
  settings: JSON.stringify({
    clients: [{ id, email, flow: '', limitIp: 0, totalGB: 50 * GIB, expiryTime: 0, enable: true, tgId: '', reset: 0 }],
  }),
})
const own = client.generateUUID()
const results: Array<{ email: string; success: boolean; error?: string }> = []
for (const email of ['client_1', 'client_2']) {
  try {
    const added = await client.addClient(described(client.generateUUID(), email))
    results.push({ email, success: added.success })
  } catch (error) {
    results.push({ email, success: false, error: (error as Error).message })
  }
}
await client.addClient(described(own, 'client_3'))
await client.updateClient(own, described(own, 'client_4'))
const settled = await Promise.allSettled([client.deleteClient(inboundId, own), client.deleteClientByEmail(10, 'client_1')])
console.log(settled.filter(({ status }) => status === 'fulfilled').length, results.filter(({ success }) => success))

// --- Traffic and addresses ----------------------------------------------------------------------------------------

const traffic = await client.getClientTrafficsByEmail('user_001')
if (traffic.success && traffic.obj) {
  const { up, down, total, expiryTime, enable, reset } = traffic.obj
  const used = ((up + down) / GIB).toFixed(2)
  console.log(used, total ? (total / GIB).toFixed(1) : '∞', enable, reset, expiryTime === 0 ? 'never' : new Date(expiryTime))
}
const byId = await client.getClientTrafficsById(own)
console.log(byId.success, byId.obj)
await client.updateClientTraffic('user_001', { totalGB: 100 * GIB, expiryTime: 0 })
const answers = [
  await client.resetClientTraffic(inboundId, 'user_001'),
  await client.resetAllClientTraffics(inboundId),
  await client.resetAllTraffics(),
  await client.deleteDepletedClients(inboundId),
  await client.clearClientIps('user_001'),
]
for (const { success, msg } of answers) if (!success && msg.includes('not found')) console.error(msg)
const addresses = await client.getClientIps('user_001')
addresses.obj.forEach((ip, at) => console.log(at + 1, ip.trim()))

// --- Checks -------------------------------------------------------------------------------------------------------

const checked = client.validateCredentials(vless, 'vless')
if (!checked.valid) console.error(checked.errors.join('; '))
const verdicts = [
  client.validateCredentialStrength(vless.id, 'uuid'),
  client.validateCredentialStrength(trojan.password, 'password'),
  client.validateCredentialStrength((8443).toString(), 'port'),
]
console.log(verdicts.every(({ isValid, strength }) => isValid && strength !== 'weak'))
console.log(client.getShadowsocksCiphers().includes(client.getRecommendedShadowsocksCipher()))
const wireguard = client.generateWireGuardKeys()
console.log(wireguard.publicKey, client.generateRealityKeys().privateKey, wireguard.generateClientConfig())
