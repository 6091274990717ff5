/*
 * The panel's own ways to make clients: one at a time, and many in one request.
 */

import { randomUUID } from 'node:crypto'

const GIB = 1_073_741_824
const OLD = '/panel/api/inbounds/addClient'
const NEW_ONE = '/panel/api/clients/add'
const NEW_MANY = '/panel/api/clients/bulkCreate'

/** A request for each. */
export function addRequests({ isOld, inbound, count, prefix }) {
  const one = isOld ? (client) => old(inbound, [client]) : (client) => post(NEW_ONE, { client, inboundIds: [inbound] })
  return clientsOf(count, prefix).map(one)
}

/** One request for all. */
export function bulkRequest({ isOld, inbound, count, prefix }) {
  const clients = clientsOf(count, prefix)
  return isOld ? old(inbound, clients) : post(NEW_MANY, clients.map((client) => ({ client, inboundIds: [inbound] })))
}

const old = (inbound, clients) => post(OLD, { id: inbound, settings: JSON.stringify({ clients }) })

function post(path, body) {
  return { method: 'POST', path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** With the members that a client of `addClientWithCredentials` has: panels take longer for more of them. */
function clientsOf(count, prefix) {
  const limits = { enable: true, limitIp: 2, totalGB: 50 * GIB, expiryTime: 0 }
  const others = { tgId: 0, reset: 0, comment: '' }
  return Array.from({ length: count }, (_, index) => {
    const email = `${prefix}_${String(index).padStart(6, '0')}`
    return { id: randomUUID(), email, flow: '', encryption: 'none', ...limits, subId: randomUUID(), ...others }
  })
}
