/*
 * The stack of an error names who made the call: errors of calls are made on another thread, where no caller is known.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

class Watched extends ThreeXUI {
  async _request(...args) {
    return super._request(...args)
  }
}

const WAYS = {
  'a method': (client) => client.getInbound(7),
  'a method that checks its arguments': (client) => client.getInbound('no id'),
  'a flow of several calls': (client) => client.addClientWithCredentials(7, 'vless'),
  '_request itself': (client) => client._request('get', '/panel/api/inbounds/list'),
  'several at once': (client) => Promise.all([client.getInbound(7), client.getInbounds()]),
}

async function theCaller(call, client) {
  await call(client)
}

for (const Class of [ThreeXUI, Watched]) {
  for (const [what, call] of Object.entries(WAYS)) {
    test(`an error of ${what} names the caller (${Class.name})`, async (t) => {
      const panel = await startPanel({ version: '2.8.11' })
      t.after(() => panel.close())
      panel.failNext({ path: /inbounds/, status: 500, times: 9 })
      const error = await theCaller(call, new Class(panel.url, 'admin', 'admin')).then(assert.fail, (error) => error)
      assert.ok(error instanceof ThreeXUI.ThreeXUIError)
      assert.match(error.stack, /theCaller.*stacks\.test\.mjs/, error.stack)
      assert.doesNotMatch(error.stack, /rethrown/, 'not where it was given its class')
    })
  }
}
