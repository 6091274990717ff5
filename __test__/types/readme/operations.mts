/*
 * Inbounds, traffic, the server, xray, the panel's settings and its backups.
 */

import ThreeXUI from '3xui-api-client'
import type { InboundConfig } from '3xui-api-client'

const client = new ThreeXUI('https://panel.example:2053', 'admin', 'secret')

// --- Inbounds -----------------------------------------------------------------------------------------------------

const listed = await client.getInbounds()
listed.obj.forEach((inbound: any) => console.log(inbound.remark, inbound.protocol, inbound.clientStats.length))
for (const inbound of listed.obj) {
  console.log(inbound.id, inbound.port, inbound.enable, inbound.up + inbound.down, inbound.tag)
  const stream = JSON.parse(inbound.streamSettings)
  console.log(stream.network, stream.security, JSON.parse(inbound.sniffing).enabled)
  if (inbound.clientStats.length === 0) continue
  for (const { email, up, down, total, expiryTime, reset } of inbound.clientStats) {
    console.log(email, up, down, total, expiryTime === 0 ? 'never' : new Date(expiryTime), reset)
  }
  for (const each of JSON.parse(inbound.settings).clients) console.log(each.email, each.id, each.subId, each.limitIp)
}
const busy: Record<string, number> = {}
for (const { protocol, clientStats } of listed.obj) busy[protocol] = (busy[protocol] || 0) + (clientStats?.length || 0)

const reality: InboundConfig = {
  remark: 'main',
  port: 443,
  protocol: 'vless',
  settings: JSON.stringify({ clients: [], decryption: 'none', fallbacks: [] }),
  streamSettings: JSON.stringify({
    network: 'tcp',
    security: 'reality',
    realitySettings: { dest: 'site.example:443', serverNames: ['site.example'], shortIds: [''] },
  }),
}
const added = await client.addInbound(reality)
const id: number = added.obj?.id
const one = (await client.getInbound(id)).obj
await client.updateInbound(one.id, { ...reality, remark: `${one.remark} (new)`, enable: false })
for (const { success, msg } of await client.importInbounds([reality, { ...reality, port: 8443 }])) console.log(success, msg)
await client.importInbounds(reality)
console.log((await client.deleteInbound(id)).msg, (await client.getLastOnline()).obj)

// --- Who is online ------------------------------------------------------------------------------------------------

const online = await client.getOnlineClients()
const connected = online.success ? (online.obj ?? []) : []
console.log(Array.isArray(connected), connected.length)
connected.forEach((each: any) => console.log(each.email ?? each))
const names: string[] = connected
console.log(names.map((name) => name.toUpperCase()))

// --- The server and xray ------------------------------------------------------------------------------------------

const status = await client.getServerStatus()
console.log(status.success && status.obj, (await client.getXrayVersion()).obj, (await client.getConfigJson()).obj)
const history = (await client.getCPUHistory(60)).obj
console.log(Math.max(...history.map(({ cpu }) => cpu)), history.at(-1)?.t)
await client.stopXrayService()
await client.restartXrayService()
await client.installXray('v25.8.29')
await client.updateGeofile('geoip.dat')
console.log((await client.getPanelLogs(100)).obj, (await client.getXrayLogs(100)).obj)
const template = await client.getXrayConfig()
const changed = JSON.parse(template.obj)
await client.updateXrayConfig(JSON.stringify(changed))
await client.updateXrayConfig(changed)
await client.manageWarp('reg')
console.log((await client.manageWarp('config')).obj, (await client.manageWarp('license', { license: 'key' })).success)
const freedom = { tag: 'direct', protocol: 'socks', settings: { servers: [{ address: '192.0.2.1', port: 1080 }] } }
const tested = await client.testOutbound(freedom, { allOutbounds: [freedom], mode: 'http' })
console.log(tested.obj.success ? `${tested.obj.delay} ms` : tested.obj.error)
console.log((await client.getOutboundsTraffic()).obj, (await client.getXrayResult()).obj)
await client.resetOutboundsTraffic()

// --- Settings and backups -----------------------------------------------------------------------------------------

const settings = (await client.getAllSettings()).obj
console.log(settings.webPort, settings.subURI, (await client.getDefaultSettings()).obj)
await client.updateSetting({ webPort: 7070, tgBotEnable: false })
await client.updateUser('admin', 'secret', 'root', 'better')
await client.restartPanel()
console.log((await client.getDefaultJsonConfig()).success)

const response = await client.createBackup()
if (response === '' || response.success) console.log('sent', response.fileSize || 'unknown')
if (typeof response === 'object' && response.success === false) throw new Error(response.msg || 'no backup')
console.log((await client.backupToTgBot()).success)
const database = Buffer.from((await client.getDb()).obj, 'latin1')
const form = new FormData()
form.append('db', new Blob([database]), 'x-ui.db')
await client.importDB(form)
