/*
 * The tour: the library at its main job, by its public methods alone.
 */

import { clientsOf, refuseFailure } from './answers.mjs'
import { METHOD, PROTOCOLS, freePort, inboundOf } from './inbounds.mjs'

const BULK = 100
const CHUNK = 10
const GB = 2 ** 30
const DAY_MS = 86_400_000

/** Everything but logging in and out and cleaning up. Gives what was made, in words. */
export async function tour({ client, traces: { mark }, interruption, say, use }) {
  const call = (promise) => interruption.during(promise).then(refuseFailure)

  const inbounds = await say.step('Make four inbounds', () => makeInbounds(client, mark, call))
  say.table(inbounds.map(({ id, protocol, port, remark }) => ({ id, protocol, port, remark })))

  const oneOnEach = () => makeClients(client, inbounds, mark, call)
  const clients = await say.step('Make a client with generated credentials on each', oneOnEach)
  say.table(clients.map(credentialsOf))
  use(clients.map(({ credentials }) => credentials.email))

  const manyOnOne = () => makeMany(client, inbounds[0], mark, call, say.bar('made', BULK))
  await say.step(`Make ${BULK} more on the first`, manyOnOne)
  const stored = await say.step('Read all of them back', () => readBack(client, inbounds, call))
  say.detail(`${stored} clients on ${inbounds.length} inbounds`)

  say.table(await say.step('Read traffic, addresses, and who is online', () => read(client, clients, call)))
  say.detail(await say.step('Update one', () => update(client, clients[0], call)))
  await say.step('Reset the counters of one client and of one inbound', () => reset(client, clients, call))
  await say.step('Forget the addresses of one', () => forgetAddresses(client, clients[0], call))
  await say.step('Delete one', () => deleteOne(client, clients[0], call))
  return `${inbounds.length} inbounds and ${stored} clients`
}

async function makeInbounds(client, mark, call) {
  const { obj } = await call(client.getInbounds())
  // The panel's own port is in no list, and an inbound on it would keep Xray from starting.
  const taken = new Set([...obj.map(({ port }) => port), Number(new URL(client.baseURL).port)])
  const made = []
  for (const protocol of PROTOCOLS) {
    const config = inboundOf(client, protocol, freePort(taken), `${mark}-${protocol}`)
    made.push((await call(client.addInbound(config))).obj)
  }
  return made
}

async function makeClients(client, inbounds, mark, call) {
  const limits = { totalGB: 100, limitIp: 2, expiryTime: Date.now() + 30 * DAY_MS }
  const made = []
  for (const inbound of inbounds) {
    const options = { ...limits, method: METHOD, emailPrefix: mark }
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
async function makeMany(client, inbound, mark, call, progress) {
  const all = client.generateBulkCredentials(inbound.protocol, BULK, { emailPrefix: mark })
  for (let at = 0; at < all.length; at += CHUNK) {
    const clients = all.slice(at, at + CHUNK).map(({ id, email }) => {
      return { id, email, subId: client.generateUUID(), enable: true, totalGB: 10 * GB }
    })
    await call(client.addClient({ id: inbound.id, settings: { clients } }))
    progress(clients.length)
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
    const { email } = credentials
    const traffic = await trafficOf(client, credentials, call)
    const { obj: ips } = await call(client.getClientIps(email))
    const used = `${gigabytes(traffic.up + traffic.down)} of ${gigabytes(traffic.total)} GB`
    const isOnline = (online ?? []).includes(email)
    rows.push({ identifier: email, used, addresses: ips.length, online: isOnline ? 'yes' : 'no' })
  }
  return rows
}

/** The counters by the identifier; also by the UUID, where the protocol has one, which has to give the same. */
async function trafficOf(client, { email, id }, call) {
  const { obj: traffic } = await call(client.getClientTrafficsByEmail(email))
  if (!id) return traffic
  const { obj: rows } = await call(client.getClientTrafficsById(id))
  if (!rows.some((row) => row.email === email)) throw new Error(`The panel does not know the UUID of ${email}`)
  return traffic
}

const gigabytes = (bytes) => Number((bytes / GB).toFixed(2))

async function update(client, { inbound, credentials }, call) {
  await call(client.updateClientWithCredentials(credentials.id, inbound.id, { totalGB: 200, limitIp: 5 }))
  const { obj } = await call(client.getInbound(inbound.id))
  const { email, limitIp, totalGB, id } = clientsOf(obj).find((each) => each.email === credentials.email)
  if (limitIp !== 5 || totalGB !== 200 * GB || id !== credentials.id) {
    throw new Error(`The panel did not take the update of ${email}`)
  }
  return `${email}: ${totalGB / GB} GB, ${limitIp} addresses, the same UUID`
}

async function reset(client, [one, other], call) {
  await call(client.resetClientTraffic(one.inbound.id, one.credentials.email))
  await call(client.resetAllClientTraffics(other.inbound.id))
  for (const { credentials } of [one, other]) {
    const { up, down } = await trafficOf(client, credentials, call)
    if (up + down !== 0) throw new Error(`The panel still counts ${up + down} bytes for ${credentials.email}`)
  }
}

async function forgetAddresses(client, { credentials }, call) {
  await call(client.clearClientIps(credentials.email))
  const { obj: ips } = await call(client.getClientIps(credentials.email))
  if (ips.length > 0) throw new Error(`The panel still has addresses of ${credentials.email}`)
}

async function deleteOne(client, { inbound, credentials }, call) {
  await call(client.deleteClient(inbound.id, credentials.id))
  const { obj } = await call(client.getClientTrafficsByEmail(credentials.email))
  if (obj !== null) throw new Error(`The panel still knows ${credentials.email}`)
}
