/*
 * The guide's "Auto-Credential Generation".
 */

import assert from 'node:assert/strict'

import { linesOf, runBlock, shownBy } from '../support/guide-blocks.mjs'
import { onEachPanel } from '../support/guide-panel.mjs'
import { DAY, GIB, IDENTIFIER, PASSWORD, UUID } from '../support/guide-shapes.mjs'

onEachPanel('credentials are generated for every protocol and no client is made', async (panel) => {
  const made = await runBlock('03-generate-credentials.js', { client: panel.client() })
  const { vlessCredentials, trojanCredentials, shadowsocksCredentials, vmessCredentials, printed } = made

  const [vless, trojan] = shownBy('03-generate-credentials.js')
  assert.deepEqual(Object.keys(vlessCredentials), Object.keys(vless))
  assert.deepEqual(Object.keys(trojanCredentials), Object.keys(trojan))
  assert.deepEqual(printed.map(({ args }) => args), [
    ['VLESS:', vlessCredentials],
    ['Trojan:', trojanCredentials],
  ])
  assert.match(vlessCredentials.id, UUID)
  assert.match(vmessCredentials.id, UUID)
  for (const { password } of [trojanCredentials, shadowsocksCredentials]) assert.match(password, PASSWORD)
  for (const { email } of [vlessCredentials, trojanCredentials, shadowsocksCredentials, vmessCredentials]) {
    assert.match(email, IDENTIFIER)
  }
  assert.deepEqual(panel.requests, [])
})

onEachPanel('credentials have their protocol’s defaults', async (panel) => {
  const client = panel.client()
  const defaults = (protocol) => {
    const { id: _id, password: _password, email: _email, ...rest } = client.generateCredentials(protocol)
    return rest
  }
  assert.deepEqual(defaults('vless'), { flow: 'xtls-rprx-vision', encryption: 'none' })
  assert.deepEqual(defaults('vmess'), { level: 0, alterId: 0 })
  assert.deepEqual(defaults('trojan'), { level: 0 })
  assert.deepEqual(defaults('shadowsocks'), { method: 'chacha20-ietf-poly1305' })
  for (const protocol of ['trojan', 'shadowsocks']) {
    const { password } = client.generateCredentials(protocol, { passwordLength: 24 })
    assert.match(password, /^[A-Za-z0-9]{24}$/, `the configured length of a password of ${protocol}`)
  }
})

onEachPanel('credentials are generated in bulk, with a prefix and a length of one’s own', async (panel) => {
  const made = await runBlock('04-bulk-credentials.js', { client: panel.client() })
  const { bulkVlessCredentials, bulkTrojanCredentials, printed } = made

  assert.deepEqual(linesOf(printed), [
    'log: Generated 10 VLESS credentials',
    'log: Generated 5 Trojan credentials',
  ])
  for (const { id, email } of bulkVlessCredentials) {
    assert.match(id, UUID)
    assert.match(email, IDENTIFIER)
  }
  for (const { password, email } of bulkTrojanCredentials) {
    assert.match(password, /^[A-Za-z0-9]{24}$/)
    assert.match(email, /^premium_user_[a-z0-9]+$/)
  }
  const all = [...bulkVlessCredentials, ...bulkTrojanCredentials]
  assert.equal(new Set(all.map(({ email }) => email)).size, 15, 'two clients have the same identifier')
  assert.equal(new Set(all.map(({ id, password }) => id ?? password)).size, 15, 'two clients share a credential')
  assert.deepEqual(panel.requests, [])
})

onEachPanel('generation is customised by options', async (panel) => {
  const ids = []
  for (const protocol of ['vless', 'trojan', 'shadowsocks']) ids.push(await panel.addInbound(protocol))
  const [vless, trojan, shadowsocks] = ids
  const before = Date.now()

  const made = await runBlock('05-custom-options.js', {
    client: panel.client(),
    // One name in the guide; each of its three calls is about an inbound of another protocol.
    get inboundId() {
      return ids.shift()
    },
  })

  const { customClient, customTrojan, customShadowsocks } = made
  for (const { success, msg } of [customClient, customTrojan, customShadowsocks]) assert.equal(success, true, msg)
  assert.equal(panel.logins, 1)

  const { expiryTime, ...limited } = customClient.credentials
  assert.ok(expiryTime >= before + 30 * DAY && expiryTime <= Date.now() + 30 * DAY, 'it expires in 30 days')
  assert.equal(limited.email, 'custom_identifier_123')
  // The guide's flow is one that Xray does not know any more, and would not start with.
  assert.equal(limited.flow, 'xtls-rprx-vision')
  assert.equal(limited.limitIp, 2)
  assert.equal(limited.totalGB, 100 * GIB)
  await hasStored(panel, vless, customClient.credentials, ['id', 'flow', 'limitIp', 'totalGB', 'expiryTime'])

  assert.match(customTrojan.credentials.password, /^[A-Za-z0-9]{32}$/)
  assert.equal(customTrojan.credentials.level, 1)
  assert.match(sentAbout(panel, customTrojan.credentials.email), /"level":1\b/, 'the level was not sent')
  await hasStored(panel, trojan, customTrojan.credentials, ['password'])

  assert.match(customShadowsocks.credentials.password, /^[A-Za-z0-9]{24}$/)
  assert.equal(customShadowsocks.credentials.method, 'aes-256-gcm')
  await hasStored(panel, shadowsocks, customShadowsocks.credentials, ['password', 'method'])
})

/** What has gone to the panel with this identifier in it; JSON within JSON is read as well. */
function sentAbout(panel, email) {
  const { body } = panel.requests.find((request) => request.body.includes(email))
  return body.replaceAll('\\', '')
}

async function hasStored(panel, inboundId, credentials, members) {
  const stored = await panel.clientNamed(inboundId, credentials.email)
  for (const member of ['enable', 'subId', ...members]) {
    assert.equal(stored[member], credentials[member], `${member} of ${credentials.email} as it is stored`)
  }
}
