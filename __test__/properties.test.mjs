/*
 * The properties of a client about logging in: what they tell, and what assigning them does.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

async function panelFor(t, version = 'HEAD') {
  const panel = await startPanel({ version })
  t.after(() => panel.close())
  return panel
}

test('they begin as those of the original', () => {
  const client = new ThreeXUI('http://127.0.0.1:1', 'admin', 'admin')
  const { loginMutex, loginRetryCount, maxLoginRetries, loginRetryBackoff, panelType } = client
  assert.deepEqual(
    { loginMutex, loginRetryCount, maxLoginRetries, loginRetryBackoff, panelType },
    { loginMutex: false, loginRetryCount: 0, maxLoginRetries: 3, loginRetryBackoff: 500, panelType: 'auto' },
  )
})

test('options set them, and `panelVersion` is another name of `panelType`', () => {
  const options = { maxLoginRetries: 5, loginRetryBackoff: 0, panelVersion: 'legacy' }
  const client = new ThreeXUI('http://127.0.0.1:1', 'admin', 'admin', options)
  assert.deepEqual([client.maxLoginRetries, client.loginRetryBackoff, client.panelType], [5, 0, 'legacy'])
})

test('the mutex is taken while a login is under way', async (t) => {
  const panel = await panelFor(t)
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const loggingIn = client.login()
  while (panel.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
  const during = client.loginMutex
  await loggingIn
  assert.deepEqual([during, client.loginMutex], [true, false])
})

for (const [version, type] of [['2.8.11', 'legacy'], ['HEAD', 'modern']]) {
  test(`the type of a panel is found out at the login: ${version}`, async (t) => {
    const panel = await panelFor(t, version)
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    await client.login()
    assert.equal(client.panelType, type)
    client.panelType = 'modern'
    assert.equal(client.panelType, 'modern')
  })
}

test('refused logins are counted, and a success begins anew', async (t) => {
  const panel = await panelFor(t)
  const client = new ThreeXUI(panel.url, 'admin', 'wrong', { loginRetryBackoff: 0 })
  await assert.rejects(client.login())
  await assert.rejects(client.login())
  assert.equal(client.loginRetryCount, 2)
  client.password = 'admin'
  await client.login()
  assert.equal(client.loginRetryCount, 0)
})

test('after as many refusals as it may have, a call sends no login, until the count is set back', async (t) => {
  const panel = await panelFor(t)
  const client = new ThreeXUI(panel.url, 'admin', 'wrong', { maxLoginRetries: 2, loginRetryBackoff: 0 })
  await assert.rejects(client.login())
  await assert.rejects(client.login())
  client.password = 'admin'
  await assert.rejects(client.getInbounds(), {
    message: 'Maximum login retry attempts exceeded. Check your credentials.',
    code: 'ERR_LOGIN_RETRIES',
  })
  assert.equal(panel.logins, 2)
  client.loginRetryCount = 0
  assert.equal((await client.getInbounds()).success, true)
})

test('with no retries at all a session is made once, and not again when it is lost', async (t) => {
  const panel = await panelFor(t)
  const client = new ThreeXUI(panel.url, 'admin', 'admin', { maxLoginRetries: 0 })
  assert.equal((await client.getInbounds()).success, true)
  panel.expireSessions()
  await assert.rejects(client.getInbounds(), { code: 'ERR_LOGIN_RETRIES' })
  assert.equal(panel.logins, 1)
  client.maxLoginRetries = 3
  client.loginRetryBackoff = 0
  assert.equal((await client.getInbounds()).success, true)
})

test('a token that is assigned is used, and without one name and password are again', async (t) => {
  const panel = await panelFor(t)
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  client.token = panel.token
  assert.equal((await client.getInbounds()).success, true)
  assert.equal(panel.logins, 0)
  client.token = null
  assert.equal((await client.getInbounds()).success, true)
  assert.equal(panel.logins, 1)
})
