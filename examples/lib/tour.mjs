/*
 * The tour: the library at its main job, by its public methods alone.
 */

import { clientsOf, refuseFailure } from './traces.mjs'

const PROTOCOLS = ['vless', 'vmess', 'trojan', 'shadowsocks']
const BULK = 100
const CHUNK = 10
const GB = 2 ** 30
const DAY_MS = 86_400_000

/** Everything but logging in and out and cleaning up. */
export async function tour(client, traces, say) {
  const call = (promise) => traces.during(promise).then(refuseFailure)
  const inbounds = await say.step('Four inbounds', () => makeInbounds(client, traces, call))
  say.table(inbounds.map(({ id, protocol, port, remark }) => ({ id, protocol, port, remark })))

  const clients = await say.step('A client with generated credentials on each', () => makeClients(client, inbounds, call))
  say.table(clients.map(credentialsOf))

  await say.step(`${BULK} more on the first`, () => makeMany(client, inbounds[0], call, say.bar('made', BULK)))
  const stored = await say.step('All of them read back', () => readBack(client, inbounds, call))
  say.detail(`${stored} clients on ${inbounds.length} inbounds`)

  const reading = await say.step('Traffic, addresses, who is online', () => read(client, clients, call))
  say.table(reading)

  const updated = await say.step('One updated', () => update(client, clients[0], call))
  say.detail(updated)
  await say.step('Counters reset', async () => {
    await call(client.resetClientTraffic(clients[0].inbound.id, clients[0].credentials.email))
    await call(client.resetAllClientTraffics(clients[1].inbound.id))
  })
  await say.step('One deleted', () => deleteOne(client, clients[0], call))
}

async function makeInbounds(client, traces, call) {
  const { obj } = await call(client.getInbounds())
  const taken = new Set(obj.map(({ port }) => port))
  const made = []
  for (const protocol of PROTOCOLS) {
    const config = inboundOf(client, protocol, freePort(taken), `${traces.mark}-${protocol}`)
    made.push((await call(client.addInbound(config))).obj)
  }
  return made
}

/** On loopback, so that a real panel opens nothing to the world for it. */
function inboundOf(client, protocol, port, remark) {
  const settings = {
    vless: { clients: [], decryption: 'none', fallbacks: [] },
    vmess: { clients: [] },
    trojan: { clients: [], fallbacks: [] },
    shadowsocks: { clients: [], method: 'aes-256-gcm', password: client.generatePassword(16), network: 'tcp,udp' },
  }[protocol]
  const streamSettings = { network: 'tcp', security: 'none', tcpSettings: { header: { type: 'none' } } }
  const common = { remark, enable: true, listen: '127.0.0.1', port, protocol, expiryTime: 0, total: 0 }
  return { ...common, settings, streamSettings, sniffing: { enabled: false } }
}

function freePort(taken) {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 40_000)
    if (!taken.has(port)) {
      taken.add(port)
      return port
    }
  }
}

async function makeClients(client, inbounds, call) {
  const made = []
  for (const inbound of inbounds) {
    const options = { totalGB: 100, limitIp: 2, expiryTime: Date.now() + 30 * DAY_MS, method: 'aes-256-gcm' }
    const { credentials } = await call(client.addClientWithCredentials(inbound.id, inbound.protocol, options))
    made.push({ inbound, credentials })
  }
  return made
}

/** One row of the account: these are clients that live for seconds. */
function credentialsOf({ inbound, credentials }) {
  const { email, id, password, subId } = credentials
  return { protocol: inbound.protocol, identifier: email, credential: id ?? password, subscription: subId }
}

/** Several at once: a panel takes ten clients in one call as fast as one. */
async function makeMany(client, inbound, call, onProgress) {
  const all = client.generateBulkCredentials(inbound.protocol, BULK, { emailPrefix: 'bulk' })
  for (let at = 0; at < all.length; at += CHUNK) {
    const clients = all.slice(at, at + CHUNK).map(({ id, email }) => ({ id, email, enable: true, totalGB: 10 * GB, expiryTime: 0, limitIp: 0 }))
    await call(client.addClient({ id: inbound.id, settings: { clients } }))
    onProgress(at + clients.length)
  }
}

async function readBack(client, inbounds, call) {
  const { obj } = await call(client.getInbounds())
  const ours = obj.filter(({ id }) => inbounds.some((inbound) => inbound.id === id))
  const stored = ours.reduce((sum, inbound) => sum + clientsOf(inbound).length, 0)
  const expected = BULK + inbounds.length
  if (stored !== expected) throw new Error(`The panel holds ${stored} of ${expected} clients`)
  return stored
}

async function read(client, clients, call) {
  const { obj: online } = await call(client.getOnlineClients())
  const rows = []
  for (const { credentials } of clients) {
    const { email, id } = credentials
    const { obj: traffic } = await call(client.getClientTrafficsByEmail(email))
    if (id) await call(client.getClientTrafficsById(id))
    const { obj: ips } = await call(client.getClientIps(email))
    const used = `${traffic.up + traffic.down} of ${traffic.total} bytes`
    rows.push({ identifier: email, used, addresses: ips.length, online: (online ?? []).includes(email) ? 'yes' : 'no' })
  }
  return rows
}

async function update(client, { inbound, credentials }, call) {
  await call(client.updateClientWithCredentials(credentials.id, inbound.id, { totalGB: 200, limitIp: 5 }))
  const { obj } = await call(client.getInbound(inbound.id))
  const { email, limitIp, totalGB, id } = clientsOf(obj).find((each) => each.email === credentials.email)
  if (limitIp !== 5 || totalGB !== 200 * GB || id !== credentials.id) throw new Error(`The panel did not take the update of ${email}`)
  return `${email}: ${totalGB / GB} GB, ${limitIp} addresses, the same UUID`
}

async function deleteOne(client, { inbound, credentials }, call) {
  await call(client.deleteClient(inbound.id, credentials.id))
  const { obj } = await call(client.getClientTrafficsByEmail(credentials.email))
  if (obj !== null) throw new Error(`The panel still knows ${credentials.email}`)
}
