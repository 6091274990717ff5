/*
 * The guide's "API Reference": every call is there, and returns what the comment below it says.
 */

import assert from 'node:assert/strict'

import { runBlock, valueOf } from '../support/guide-blocks.mjs'
import { onEachPanel } from '../support/guide-panel.mjs'
import { GIB, IDENTIFIER, PASSWORD, UUID } from '../support/guide-shapes.mjs'

const UUID_OF_CLIENT = '5c3d8f4e-6d0b-4f5e-9a38-0d8b8fb5b0a1'
const CLIENT = { id: UUID_OF_CLIENT, email: 'existing', limitIp: 1, totalGB: 0, expiryTime: 0 }

onEachPanel('the enhanced methods return what the guide says', async (panel) => {
  const inboundId = await panel.addInbound('vless', [CLIENT])
  const { client, results } = watched(panel.client())
  const options = { limitIp: 2, totalGB: 5 }
  const names = { client, inboundId, protocol: 'vless', options, clientUuid: CLIENT.id, count: 3 }

  await runBlock('22-enhanced-methods.js', names)

  const { credentials, ...added } = await results.addClientWithCredentials
  assert.equal(added.success, true, added.msg)
  assert.equal(typeof added.msg, 'string')
  assert.equal((await panel.clientNamed(inboundId, credentials.email)).id, credentials.id)
  const updated = await results.updateClientWithCredentials
  assert.equal(updated.success, true, updated.msg)
  assert.equal(typeof updated.msg, 'string')
  const { id, limitIp, totalGB } = await panel.clientNamed(inboundId, CLIENT.email)
  assert.deepEqual({ id, limitIp, totalGB }, { id: CLIENT.id, limitIp: 2, totalGB: 5 * GIB })
  assert.deepEqual(Object.keys(results.generateCredentials), ['id', 'email', 'flow', 'encryption'])
  assert.ok(Array.isArray(results.generateBulkCredentials))
  assert.equal(results.generateBulkCredentials.length, 3)
  assert.match(results.generateUUID, UUID)
  assert.match(results.generatePassword, PASSWORD)
  assert.match(results.generateIdentifier, IDENTIFIER)
})

onEachPanel('the individual generators have the defaults of the guide', async (panel) => {
  const client = panel.client()
  assert.match(client.generateUUID(), UUID)
  assert.match(client.generatePassword(), PASSWORD)
  assert.match(client.generateIdentifier(), IDENTIFIER)
  assert.match(client.generateIdentifier('vip'), /^vip_[a-z0-9]+$/)
  assert.equal(client.generatePassword(40).length, 40)
})

onEachPanel('the standard methods all do their work', async (panel) => {
  const inboundId = await panel.addInbound('vless', [CLIENT])
  const { client, results } = watched(panel.client())
  const uuid = '0f3f1d1e-6ea9-4d1c-8d5c-3d1b0f7a2c11'
  const clients = [{ id: uuid, email: 'standard', enable: true }]
  const config = { id: inboundId, settings: JSON.stringify({ clients }) }
  await panel.setTraffic(CLIENT.email, { up: 1, down: 2 })

  await runBlock('23-standard-methods.js', {
    client,
    config,
    inboundId,
    clientUuid: uuid,
    email: CLIENT.email,
    uuid: CLIENT.id,
  })

  for (const [name, result] of Object.entries(results)) {
    const { success, msg } = await result
    assert.equal(success, true, `${name}: ${msg}`)
  }
  assert.deepEqual(Object.keys(results).sort(), [
    'addClient',
    'clearClientIps',
    'deleteClient',
    'deleteDepletedClients',
    'getClientIps',
    'getClientTrafficsByEmail',
    'getClientTrafficsById',
    'resetAllClientTraffics',
    'resetClientTraffic',
    'updateClient',
  ])
  assert.equal((await results.getClientTrafficsByEmail).obj.down, 2)
  assert.equal((await results.getClientTrafficsById).obj[0].email, CLIENT.email)
  assert.equal((await panel.trafficOf(CLIENT.email)).down, 0)
  assert.deepEqual((await panel.clientsOf(inboundId)).map(({ email }) => email), [CLIENT.email])
  assert.equal(panel.logins, 1)
})

onEachPanel('an added client is answered as the guide shows it', async (panel) => {
  const inboundId = await panel.addInbound('vless')
  const answer = await panel.client().addClient({ id: inboundId, settings: JSON.stringify({ clients: [CLIENT] }) })
  assert.deepEqual(answer, valueOf('24-add-client-success.js'))
})

onEachPanel('traffic is answered as the guide shows it', async (panel) => {
  const { obj: shown, ...envelope } = valueOf('25-traffic-response.js')
  const { email, up, down, total: totalGB, expiryTime } = shown
  const inboundId = await panel.addInbound('vless', [{ id: CLIENT.id, email, totalGB, expiryTime }])
  await panel.setTraffic(email, { up, down })

  const { obj, ...rest } = await panel.client().getClientTrafficsByEmail(email)

  assert.deepEqual(rest, envelope)
  assert.equal(typeof obj.id, 'number')
  // Ids are the panel's to give.
  assert.deepEqual({ ...obj, ...shown, id: obj.id, inboundId }, obj)
})

/** The client, with the latest result of each method that is called on it from outside. */
function watched(client) {
  const results = {}
  const watching = new Proxy(client, {
    get(_, name) {
      const value = client[name]
      if (typeof value !== 'function') return value
      return (...args) => (results[name] = value.apply(client, args))
    },
  })
  return { client: watching, results }
}
