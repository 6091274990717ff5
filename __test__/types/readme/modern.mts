/*
 * What panels from 3.0 on have: clients that belong to no inbound, groups, nodes, geo files, keys from the server.
 */

import ThreeXUI from '3xui-api-client'
import type { AddModernClientPayload, AddNodePayload, ModernClient, NodeData, TestNodeResult } from '3xui-api-client'

const client = new ThreeXUI('https://panel.example:2053', { token: 'of the panel' })

// --- Clients ------------------------------------------------------------------------------------------------------

const alice: ModernClient = {
  email: 'alice',
  uuid: client.generateUUID(),
  totalGB: 50,
  expiryTime: 1_751_500_800_000,
  enable: true,
  flow: 'xtls-rprx-vision',
  limitIp: 2,
}
const wanted: AddModernClientPayload = { inboundIds: [1, 3], client: alice }
await client.addModernClient(wanted)
await client.updateModernClient('alice', { totalGB: 100, expiryTime: 0, enable: true, limitIp: 3 })
const page = await client.getPagedClients({ page: 1, size: 20, sort: 'email', order: 'asc', email: 'ali' })
for (const { email, subId, enable, traffic } of page.obj.items) console.log(email, subId, enable, traffic?.down ?? 0)
console.log(page.obj.total, page.obj.filtered, page.obj.summary?.['total'])
const { client: stored, inboundIds } = (await client.getClient('alice')).obj
console.log(stored.uuid, stored.group, inboundIds.includes(1), (await client.getClients()).obj.map(({ email }) => email))
const counters = (await client.getClientTraffic('alice')).obj
console.log(counters?.up, counters?.lastOnline)
const links = [...(await client.getSubLinks(stored.subId ?? '')).obj, ...(await client.getClientLinks('alice')).obj]
console.log(links.filter((link) => link.startsWith('vless://')))
await client.attachClientToInbounds('alice', { inboundIds: [1, 2, 4] })
await client.detachClientFromInbounds('alice', { inboundIds: [4] })
const seen = await client.getModernClientIps('alice')
console.log(typeof seen.obj === 'string' ? [] : seen.obj)
await client.clearModernClientIps('alice')
await client.resetModernClientTrafficByEmail('alice')
await client.updateModernClientTrafficByEmail('alice', { up: 0, down: 0 })
console.log((await client.getOnlines()).obj.includes('alice'), (await client.getModernLastOnline()).obj['alice'])
await client.deleteModernClient('alice')

const emails = ['user_001', 'user_002']
const made = await client.bulkCreateModernClients(emails.map((email) => ({ inboundIds: [1], client: { email, enable: true } })))
for (const { email, reason } of made.obj.skipped ?? []) console.log(email, reason)
const changed: number[] = [
  made.obj.created,
  (await client.bulkAdjustModernClients({ emails, addDays: 30, addBytes: 10 * 1024 ** 3 })).obj.adjusted,
  (await client.bulkResetTrafficModernClients({ emails })).obj.affected,
  (await client.bulkDeleteModernClients({ emails })).obj.deleted,
  (await client.deleteDepletedModernClients()).obj.deleted,
]
const attached = await client.bulkAttachModernClients({ emails, inboundIds: [1, 2] })
const detached = await client.bulkDetachModernClients({ emails, inboundIds: [2] })
console.log(changed, attached.obj.attached?.length, detached.obj.detached?.length, attached.obj.errors?.join())
await client.resetAllModernClientTraffics()

// --- Groups -------------------------------------------------------------------------------------------------------

await client.createGroup({ name: 'premium' })
await client.bulkAddGroups({ emails, group: 'premium' })
for (const { name, clientCount, trafficUsed } of (await client.getGroups()).obj) console.log(name, clientCount, trafficUsed)
console.log((await client.getGroupEmails('premium')).obj.length, (await client.bulkRemoveGroups({ emails })).obj.affected)
await client.renameGroup({ oldName: 'premium', newName: 'vip' })
await client.deleteGroup({ name: 'vip' })

// --- Nodes --------------------------------------------------------------------------------------------------------

const singapore: AddNodePayload = {
  name: 'SG 1',
  remark: 'second panel',
  scheme: 'https',
  address: 'sg.panel.example',
  port: 2053,
  basePath: '/base/',
  apiToken: 'of that panel',
  enable: true,
  allowPrivateAddress: false,
  tlsVerifyMode: 'verify',
  pinnedCertSha256: '',
}
const node: NodeData = (await client.addNode(singapore)).obj
await client.updateNode(node.id, { ...singapore, name: 'SG 1 (slow)' })
for (const enable of [false, true]) await client.setNodeEnable(node.id, enable)
await client.setNodeEnable(node.id)
const { name: _, ...reachable } = singapore
const probes: TestNodeResult[] = [(await client.testNode(reachable)).obj, (await client.probeNode(node.id)).obj]
for (const probe of probes) console.log(probe.status, probe.latencyMs, probe.xrayVersion, probe.panelVersion, probe.error)
for (const { t, v } of (await client.getNodeHistory(node.id, 'cpu', 60)).obj) console.log(new Date(t * 1000), v.toFixed(1))
console.log((await client.getNodes()).obj.map((each) => each.status), (await client.getNode(2)).obj.guid)
await client.deleteNode(node.id)

// --- Geo files, and keys from the server --------------------------------------------------------------------------

const file = { type: 'geosite' as const, alias: 'blocked', url: 'https://files.example/geosite.dat' }
await client.addCustomGeo(file)
const entry = (await client.getCustomGeos()).obj.find(({ alias }) => alias === file.alias)
if (entry) {
  await client.updateCustomGeo(entry.id, file)
  await client.downloadCustomGeo(entry.id)
  await client.deleteCustomGeo(entry.id)
}
const aliases = (await client.getGeoAliases()).obj
console.log(aliases.geosite, aliases.geoip, (await client.updateAllCustomGeo()).obj.failed)

const uuid: string = (await client.getNewUUID()).obj.uuid
const x25519 = (await client.getNewX25519Cert()).obj
const seeds: string[] = [(await client.getNewmldsa65()).obj.seed, (await client.getNewmlkem768()).obj.seed]
const ech = [await client.getNewEchCert(), await client.getNewEchCert('panel.example')].map(({ obj }) => obj.echConfigList)
const files = (await client.getWebCertFiles()).obj
console.log(uuid, x25519.privateKey, x25519.publicKey, seeds, ech, files.webCertFile, (await client.getNewVlessEnc()).obj)
