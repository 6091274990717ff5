/*
 * Instances: the package loaded more than once on one thread, as package managers and test runners do.
 */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import { startPanel } from '3xui-native/testing'

const require = createRequire(import.meta.url)

/** Another instance of the package: its files and the addon are loaded anew, into an environment of their own. */
function instance() {
  for (const file of Object.keys(require.cache)) delete require.cache[file]
  return require('3xui-native')
}

test('calls of two instances on one thread all settle, whichever was loaded last', async (t) => {
  const panel = await startPanel()
  t.after(() => panel.close())
  const classes = [instance(), instance(), instance()]
  assert.equal(new Set(classes).size, 3, 'the package was not loaded anew')
  const clients = classes.map((ThreeXUI) => new ThreeXUI(panel.url, 'admin', 'admin'))
  const calls = Array.from({ length: 60 }, (_, n) => clients[n % 3].getInbounds())
  const answers = await Promise.all(calls)
  assert.equal(answers.filter(({ success }) => success).length, 60)
})

test('an instance knows the session stores and the errors of its own files beside another instance', async (t) => {
  const panel = await startPanel()
  t.after(() => panel.close())
  const [First, Second] = [instance(), instance()]
  for (const ThreeXUI of [First, Second, First]) {
    const sessionManager = ThreeXUI.createSessionManager({ type: 'memory' })
    const client = new ThreeXUI(panel.url, 'admin', 'admin', { sessionManager })
    assert.equal((await client.getInbounds()).success, true)
    const stranger = new ThreeXUI(panel.url, 'nobody', 'wrong', { sessionManager })
    await assert.rejects(stranger.getInbounds(), ThreeXUI.AuthenticationError)
  }
})
