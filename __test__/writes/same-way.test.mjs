/*
 * Calls share a request, and what is learnt of credentials, only if they would have left by the same way: certificates,
 * headers, adapters, accounts.
 */

import assert from 'node:assert/strict'
import https from 'node:https'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { secured } from '../support/secured-panel.mjs'

const VLESS = [{ port: 1001, protocol: 'vless' }]
const emailsOf = (panel) => panel.inbounds[0].settings.clients.map(({ email }) => email)
const add = (client, email) => client.addClientWithCredentials(1, 'vless', { email })
const bodyOf = (email) => ({ client: { id: ThreeXUI.CredentialGenerator.generateSecureUUID(), email }, inboundIds: [1] })

for (const version of ['2.8.11', '3.0.2', 'HEAD']) {
  test(`no write of a client that checks certificates rides with one that does not (${version})`, async (t) => {
    const { url, panel } = await secured(t, 'self', 'localhost', { version, inbounds: VLESS })
    const strict = new ThreeXUI(url, 'admin', 'admin')
    const lax = new ThreeXUI(url, 'admin', 'admin')
    lax.api.defaults.httpsAgent = new https.Agent({ rejectUnauthorized: false })
    await lax.getInbounds()
    const calls = Array.from({ length: 20 }, (_, n) => [add(lax, `lax${n}`), add(strict, `strict${n}`)])
    const results = await Promise.allSettled(calls.flat())
    results.forEach(({ value, reason }, at) => {
      if (at % 2 === 0) return assert.equal(value?.success, true, `lax${at / 2}: ${reason}`)
      assert.equal(reason?.code, 'DEPTH_ZERO_SELF_SIGNED_CERT', `a strict client's create came to ${JSON.stringify(value)}`)
    })
    assert.deepEqual(emailsOf(panel).filter((email) => !email.startsWith('lax')), [])
    assert.equal(emailsOf(panel).length, 20)
  })
}

test('a create with headers of its own leaves with them', async (t) => {
  const panel = await startPanel({ version: 'HEAD', inbounds: VLESS })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  await client.getInbounds()
  const one = (n) => client._request('post', '/panel/api/clients/add', bodyOf(`c${n}`), { 'X-Tenant': `t${n}` })
  const results = await Promise.all(Array.from({ length: 10 }, (_, n) => one(n)))
  assert.ok(results.every(({ success }) => success))
  const tenants = panel.requests.map(({ headers }) => headers['x-tenant']).filter(Boolean)
  assert.deepEqual(tenants.sort(), results.map((_, n) => `t${n}`))
})

test('what an adapter of one client says of credentials stops no other client', async (t) => {
  const panel = await startPanel({ version: '2.8.11', inbounds: VLESS })
  t.after(() => panel.close())
  const mocked = new ThreeXUI(panel.url, 'admin', 'admin')
  mocked.api.defaults.adapter = async (config) => {
    const data = { success: false, msg: 'Invalid username or password' }
    return { data, status: 200, statusText: 'OK', headers: {}, config, request: {} }
  }
  await assert.rejects(mocked.getInbounds(), { name: 'AuthenticationError' })
  const { success } = await new ThreeXUI(panel.url, 'admin', 'admin').getInbounds()
  assert.equal(success, true)
})

test('a client that is turned to another panel forgets what the first one was', async (t) => {
  const [old, modern] = await Promise.all(['3.0.2', 'HEAD'].map((version) => startPanel({ version, inbounds: VLESS })))
  t.after(() => Promise.all([old.close(), modern.close()]))
  const client = new ThreeXUI(old.url, { token: old.token })
  assert.equal((await client.getPanelInfo()).capabilities.groups, false)
  client.baseURL = modern.url
  client.token = modern.token
  const before = modern.requests.length
  assert.equal((await client.getPanelInfo()).capabilities.groups, true)
  assert.ok(modern.requests.length > before, 'the other panel was asked')
})
