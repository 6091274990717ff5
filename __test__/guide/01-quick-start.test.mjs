/*
 * The guide's "Quick Start".
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { IDENTIFIER, UUID } from '../support/guide-shapes.mjs'
import { runBlock, shownBy, valueOf } from '../support/guide-blocks.mjs'
import { onEachPanel } from '../support/guide-panel.mjs'
import { ioredis, nodeRedis } from '../support/guide-redis.mjs'
import { programRequire } from '../support/package-name.mjs'

const QUICK_START = '01-quick-start.js'

test('a program that requires 3xui-api-client gets this package', () => {
  assert.equal(programRequire()('3xui-api-client'), ThreeXUI)
})

for (const [name, connect] of Object.entries({ 'node-redis': nodeRedis, ioredis })) {
  onEachPanel(`the quick start generates everything and keeps its session in ${name}`, async (panel) => {
    const redisClient = connect()
    const inboundId = await panel.addInbound('vless')
    const { url, username, password } = panel

    const { result, printed } = await runBlock(QUICK_START, { url, username, password, redisClient, inboundId })

    const { id, subId, ...rest } = result.credentials
    const [{ id: _id, subId: _subId, ...shown }] = shownBy(QUICK_START)
    assert.equal(result.success, true, result.msg)
    assert.deepEqual(rest, shown)
    assert.deepEqual(Object.keys(result.credentials), Object.keys(shownBy(QUICK_START)[0]))
    assert.match(id, UUID)
    assert.match(subId, UUID)
    assert.deepEqual(printed.map(({ args }) => args), [['Created client:', result.credentials]])

    const stored = await panel.clientNamed(inboundId, 'user_example_001')
    const { encryption: _, ...kept } = result.credentials
    assert.deepEqual({ ...stored, ...kept }, stored, 'what the panel has stored differs from the credentials')

    assert.equal(panel.logins, 1)
    const [key, ...others] = await redisClient.keys('*')
    assert.deepEqual(others, [])
    const left = await redisClient.ttl(key)
    assert.ok(left > 3590 && left <= 3600, `the session ends in ${left} seconds`)

    const another = panel.client({ sessionManager: { redis: redisClient } })
    assert.equal((await another.getInbounds()).success, true)
    assert.equal(panel.logins, 1, 'the session in Redis was not used by the next client')
  })
}

onEachPanel('the identifier is generated where none is given', async (panel) => {
  const inboundId = await panel.addInbound('vless')
  const { credentials } = await panel.client().addClientWithCredentials(inboundId, 'vless')
  assert.match(credentials.email, IDENTIFIER)
  await panel.clientNamed(inboundId, credentials.email)
})

onEachPanel('a client of the program’s own making is added by addClient', async (panel, t) => {
  const inboundId = await panel.inboundWithId(10)
  if (inboundId === null) return t.skip('the block names inbound 10, and this panel has given that id away')
  const client = panel.client()

  const { result } = await runBlock('02-traditional-client.js', { client })

  assert.deepEqual(result, valueOf('24-add-client-success.js'))
  const { id, limitIp, totalGB, expiryTime, enable } = await panel.clientNamed(10, 'client_manual_001')
  assert.deepEqual(
    { id, limitIp, totalGB, expiryTime, enable },
    { id: 'f5eb5844-dc57-412b-9ec2-82d37e0ebb9c', limitIp: 0, totalGB: 0, expiryTime: 0, enable: true },
  )
})
