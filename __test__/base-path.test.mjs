/*
 * Panels that live below a path of their own.
 */

import assert from 'node:assert/strict'

import ThreeXUI from '3xui-native'

import { atOnce, clientOf, inbound, onPanels, requestsTo, valuesOf } from './support/wire.mjs'

const BELOW = { basePath: '/secret/base/' }

async function tour(client, panel) {
  const { obj } = await client.addInbound(inbound())
  valuesOf(await atOnce(20, () => client.getInbounds()))
  await client.getOnlineClients()
  panel.expireSessions()
  await client.deleteInbound(obj.id)
  await client.logout()
  await client.getInbounds()
}

for (const [name, ending] of [
  ['', ''],
  [' with a slash at its end', '/'],
  [" with the panel's folder at its end", '/panel'],
]) {
  onPanels(
    `everything goes below the base path of a URL${name}`,
    async (panel, t) => {
      t.mock.method(console, 'warn', () => {})
      await tour(new ThreeXUI(panel.url + ending, 'admin', 'admin', { loginRetryBackoff: 0 }), panel)
      for (const { method, path } of panel.requests) {
        assert.match(path, /^\/secret\/base\/(?:login|logout|csrf-token|panel\/)/, `${method} ${path}`)
      }
      assert.equal(panel.logins, 3)
      assert.equal(requestsTo(panel, '/logout').length, 1)
    },
    BELOW,
  )
}

onPanels(
  'a URL without the base path is an error that names it, and no credentials go astray',
  async (panel) => {
    const { origin } = new URL(panel.url)
    const client = clientOf({ url: origin })
    await assert.rejects(client.getInbounds(), (error) => {
      assert.ok(error instanceof ThreeXUI.NotFoundError)
      return error.message.includes(origin) && /base path/.test(error.message)
    })
    assert.equal(panel.logins, 0)
  },
  BELOW,
)

onPanels(
  'sessions of two base paths on one host are two sessions',
  async (panel) => {
    const sessionManager = ThreeXUI.createSessionManager()
    await clientOf(panel, { sessionManager }).getInbounds()
    const { origin } = new URL(panel.url)
    await assert.rejects(clientOf({ url: origin }, { sessionManager }).getInbounds())
    const outside = panel.requests.filter(({ path }) => !path.startsWith('/secret/base/'))
    assert.ok(outside.length > 0)
    assert.ok(!outside.some(({ headers }) => headers.cookie), 'a cookie went to another base path')
  },
  BELOW,
)
