/*
 * The panel's own way to make many clients at once: one request.
 */

import { randomBytes, randomUUID } from 'node:crypto'

const GIB = 1_073_741_824
const OLD = '/panel/api/inbounds/addClient'
const NEW = '/panel/api/clients/bulkCreate'

export function bulkRequest(version, count) {
  const clients = Array.from({ length: count }, (_, index) => clientOf(`user_${String(index).padStart(6, '0')}`))
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
  if (version.startsWith('2.')) return { ...json, path: OLD, body: JSON.stringify({ id: 1, settings: JSON.stringify({ clients }) }) }
  return { ...json, path: NEW, body: JSON.stringify(clients.map((client) => ({ client, inboundIds: [1] }))) }
}

function clientOf(email) {
  const limits = { limitIp: 2, totalGB: 50 * GIB, expiryTime: 0 }
  return { id: randomUUID(), email, flow: '', enable: true, ...limits, subId: randomBytes(8).toString('hex') }
}
