/*
 * The guide's "Troubleshooting": each trouble is made, and recognised as the guide recognises it.
 */

import assert from 'node:assert/strict'

import { linesOf, runBlock } from '../support/guide-blocks.mjs'
import { brokenDatabase, databaseOf } from '../support/guide-database.mjs'
import { onEachPanel } from '../support/guide-panel.mjs'
import { guideDatabase } from '../support/guide-program.mjs'
import { brokenRedis, ioredis, nodeRedis } from '../support/guide-redis.mjs'

const AUTO_GENERATION = '26-auto-generation-failures.js'

onEachPanel('without trouble a client is generated in silence', async (panel) => {
  const inboundId = await panel.addInbound('vless')
  const { printed } = await runBlock(AUTO_GENERATION, { api: panel.client(), inboundId })
  assert.deepEqual(printed, [])
  assert.equal((await panel.clientsOf(inboundId)).length, 1)
})

onEachPanel('a protocol that there is not is recognised, and no request has left', async (panel) => {
  const client = panel.client()
  const api = { addClientWithCredentials: (id) => client.addClientWithCredentials(id, 'carrier-pigeon') }
  const { printed } = await runBlock(AUTO_GENERATION, { api, inboundId: 1 })
  assert.deepEqual(linesOf(printed), ['error: Unsupported protocol. Use: vless, vmess, trojan, shadowsocks'])
  assert.deepEqual(panel.requests, [])
})

onEachPanel('an inbound that there is not is recognised', async (panel) => {
  const { printed } = await runBlock(AUTO_GENERATION, { api: panel.client(), inboundId: 999_999 })
  assert.deepEqual(linesOf(printed), ['error: Invalid inbound ID. Check with getInbounds()'])
})

onEachPanel('a client that there is not is recognised', async (panel) => {
  const { response, printed } = await runBlock('27-client-not-found.js', { client: panel.client() })
  assert.equal(response.success, true)
  assert.equal(response.obj, null)
  assert.deepEqual(linesOf(printed), ['log: Client not found - check identifier spelling'])
})

onEachPanel('too many requests are recognised, and none is refused', async (panel) => {
  const client = panel.client()
  const calm = await runBlock('28-rate-limiting.js', { client })
  assert.deepEqual(calm.printed, [])

  const answers = await Promise.all(Array.from({ length: 70 }, () => client.getClientTrafficsByEmail('nobody')))
  assert.ok(answers.every(({ success }) => success))

  const busy = await runBlock('28-rate-limiting.js', { client })
  assert.deepEqual(linesOf(busy.printed), ['warn: Rate limiting active - reduce request frequency'])
  assert.equal(panel.logins, 1)
})

onEachPanel('generated credentials pass their own validation', async (panel) => {
  const client = panel.client()
  const { credentials, validation, printed } = await runBlock('29-credential-validation.js', { client })
  assert.deepEqual(validation, { isValid: true, issues: [], strength: 'strong' })
  assert.deepEqual(printed, [])
  assert.deepEqual(client.validateCredentials(credentials, 'vless'), { valid: true, errors: [] })
})

const REACHABLE = {
  'no store named': () => undefined,
  memory: () => ({ type: 'memory' }),
  'node-redis': () => ({ redis: nodeRedis() }),
  ioredis: () => ({ type: 'redis', redis: ioredis() }),
  'a database': () => ({ type: 'database', database: guideDatabase() }),
}

for (const [store, setting] of Object.entries(REACHABLE)) {
  onEachPanel(`a session store that can be reached is connected: ${store}`, async (panel) => {
    const client = panel.client({ sessionManager: setting() })
    const { printed } = await runBlock('30-session-store-connectivity.js', { client })
    assert.deepEqual(linesOf(printed), ['log: Session store connected: true'])
  })
}

const OTHER_TABLES = 'CREATE TABLE clients (\n    id INT PRIMARY KEY\n);\n'

const USELESS = {
  'a Redis that is gone': {
    reason: 'connect ECONNREFUSED 127.0.0.1:6379',
    setting: (reason) => ({ redis: brokenRedis(reason) }),
  },
  'a database that is gone': {
    reason: 'Too many connections',
    setting: (reason) => ({ type: 'database', database: brokenDatabase(reason) }),
  },
  'a database without the table': {
    reason: "Table 'xui_sessions' doesn't exist",
    setting: () => ({ type: 'database', database: databaseOf(OTHER_TABLES) }),
  },
}

for (const [store, { reason, setting }] of Object.entries(USELESS)) {
  onEachPanel(`${store} is told, and memory takes its place`, async (panel) => {
    const client = panel.client({ sessionManager: setting(reason) })

    const { printed } = await runBlock('30-session-store-connectivity.js', { client })

    assert.deepEqual(linesOf(printed), [`error: Session store error: ${reason}`])
    assert.deepEqual(client.options.sessionManager, { type: 'memory' })
    await Promise.all([client.getInbounds(), client.getInbounds()])
    assert.equal((await client.getInbounds()).success, true)
    assert.equal(panel.logins, 1, 'the session is not kept in memory')
    const again = await runBlock('30-session-store-connectivity.js', { client })
    assert.deepEqual(linesOf(again.printed), ['log: Session store connected: true'])
  })
}
