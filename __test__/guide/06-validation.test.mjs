/*
 * The guide's "Security & Validation".
 */

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'

import { linesOf, runBlock } from '../support/guide-blocks.mjs'
import { onEachPanel } from '../support/guide-panel.mjs'

onEachPanel('the block about validation is nothing but comments', async () => {
  assert.deepEqual(await runBlock('15-input-validation.js'), { printed: [] })
})

const LONGEST = 'x'.repeat(100)

/** What the guide says is checked, by the field that the error has to name. */
const BROKEN = {
  email: [`${LONGEST}x`, 'a<b', 'a>b', 'a"b', 'a&b'],
  limitIp: [-1, NaN, Infinity, 'many'],
  totalGB: [-0.5, NaN, Infinity, 'much'],
  expiryTime: [-1, NaN, Infinity, 'soon'],
}

onEachPanel('a client with a broken rule is not created, and no request has left', async (panel) => {
  const client = panel.client()
  for (const [field, value] of brokenRules()) {
    const add = () => client.addClientWithCredentials(1, 'vless', { [field]: value })
    await assert.rejects(add, namingField(field), `addClientWithCredentials with ${field}: ${value}`)
  }
  assert.deepEqual(panel.requests, [])
})

onEachPanel('a client with a broken rule is not updated, and no request has left', async (panel) => {
  const client = panel.client()
  for (const [field, value] of brokenRules()) {
    const { success, message } = await client.updateClientWithCredentials(randomUUID(), 1, { [field]: value })
    assert.equal(success, false)
    assert.match(message, new RegExp(`\\b${field}\\b`), `updateClientWithCredentials with ${field}: ${value}`)
  }
  assert.deepEqual(panel.requests, [])
})

onEachPanel('the rules hold for clients of the program’s own making, and no request has left', async (panel) => {
  const client = panel.client()
  for (const [field, value] of brokenRules()) {
    // JSON has no NaN; and in these bodies a negative time is the panel's own way to begin with the first use.
    if (Number.isNaN(value) || value === Infinity || (field === 'expiryTime' && value < 0)) continue
    const clients = [{ id: randomUUID(), email: 'fine', [field]: value }]
    const config = { id: 1, settings: JSON.stringify({ clients }) }
    const label = `${field}: ${value}`
    const add = async () => client.addClient(config)
    const update = async () => client.updateClient('x', config)
    await assert.rejects(add, namingField(field), `addClient with ${label}`)
    await assert.rejects(update, namingField(field), `updateClient with ${label}`)
  }
  assert.deepEqual(panel.requests, [])
})

onEachPanel('UUIDs and the credentials of a protocol are checked, and no request has left', async (panel) => {
  const client = panel.client()
  const wrong = (protocol, options, field) =>
    assert.rejects(() => client.addClientWithCredentials(1, protocol, options), namingField(field))
  await wrong('vless', { id: 'not-a-uuid' }, 'id')
  await wrong('vmess', { id: '5c3d8f4e-6d0b-4f5e-9a38' }, 'id')
  await wrong('trojan', { passwordLength: -1 }, 'passwordLength')
  await wrong('shadowsocks', { method: '2022-blake3-aes-128-gcm', password: 'too short' }, 'password')
  assert.deepEqual(panel.requests, [])
})

onEachPanel('what is just within the rules is stored', async (panel) => {
  const inboundId = await panel.addInbound('vless')
  const options = { email: LONGEST, limitIp: 0, totalGB: 0, expiryTime: 0 }
  const { success, msg } = await panel.client().addClientWithCredentials(inboundId, 'vless', options)
  assert.equal(success, true, msg)
  await panel.clientNamed(inboundId, LONGEST)
})

onEachPanel('generated credentials are strong', async (panel) => {
  const client = panel.client()
  for (let round = 0; round < 50; round += 1) {
    const { validation, passwordValidation, printed } = await runBlock('16-credential-strength.js', { client })
    assert.deepEqual(validation, { isValid: true, issues: [], strength: 'strong' })
    assert.match(passwordValidation.strength, /^(medium|strong)$/)
    assert.deepEqual(linesOf(printed), [
      'log: UUID strength: strong',
      `log: Password strength: ${passwordValidation.strength}`,
    ])
  }
  const { isValid, issues, strength } = client.validateCredentialStrength('not-a-uuid', 'uuid')
  assert.deepEqual({ isValid, found: issues.length, strength }, { isValid: false, found: 1, strength: 'weak' })
})

onEachPanel('the activity log tells what happened to clients', async (panel) => {
  const inboundId = await panel.addInbound('vless', [{ id: randomUUID(), email: 'staying' }])
  const client = panel.client()
  const { credentials } = await client.addClientWithCredentials(inboundId, 'vless', { email: 'watched' })
  await client.updateClientWithCredentials(credentials.id, inboundId, { limitIp: 1 })
  await client.deleteClient(inboundId, credentials.id)

  const { stats, printed } = await runBlock('17-security-monitoring.js', { client })

  assert.ok(Array.isArray(stats.recentActivities))
  const lines = linesOf(printed)
  const [created, updated, deleted, ...others] = lines
  assert.deepEqual(others, [])
  assert.match(created, /^log: Client security event: client_created - .*\bwatched\b/)
  assert.match(updated, /^log: Client security event: client_updated - .*\bwatched\b/)
  assert.match(deleted, /^log: Client security event: client_deleted - ./)
  assert.ok(!lines.join().includes('[object'), 'the details are no text')
  assert.ok(!lines.join().includes(credentials.id), 'a credential is in the activity log')
})

const brokenRules = () =>
  Object.entries(BROKEN).flatMap(([field, values]) => values.map((value) => [field, value]))

const namingField = (field) => (error) => {
  assert.equal(error.name, 'ValidationError', error.stack)
  assert.equal(error.field, field)
  assert.match(error.message, new RegExp(`\\b${field}\\b`))
  return true
}
