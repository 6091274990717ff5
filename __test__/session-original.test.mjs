/*
 * One session store for this library and the original: a fleet is moved over one process at a time, and neither of
 * the two logs in because of the other, or keeps more than the original did.
 */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { ownFunctions } from './support/stores.mjs'

const Original = createRequire(import.meta.url)('3xui-api-client')

async function set(t, version) {
  const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  t.mock.method(console, 'log', () => {}) // The original tells what it does.
  const functions = ownFunctions()
  const sessionManager = { customHandler: functions }
  const clientOf = (Library) => new Library(panel.url, 'admin', 'admin', { sessionManager })
  return { panel, functions, clientOf }
}

for (const version of ['2.8.11', 'HEAD']) {
  for (const [name, First, Second] of [
    ["this library goes on with the original's session", Original, ThreeXUI],
    ["the original goes on with this library's session", ThreeXUI, Original],
  ]) {
    test(`${name}, reading and writing: ${version}`, async (t) => {
      const { panel, clientOf } = await set(t, version)
      assert.equal((await clientOf(First).getInbounds()).success, true)
      const second = clientOf(Second)
      assert.equal((await second.getInbounds()).success, true)
      assert.equal((await second.deleteInbound(1)).success, true)
      assert.deepEqual(panel.inbounds, [])
      assert.equal(panel.logins, 1)
    })
  }

  test(`nothing is kept that the original did not keep, but what is known of the panel, and a proof: ${version}`, async (t) => {
    const keptBy = async (Library) => {
      const { functions, clientOf } = await set(t, version)
      await clientOf(Library).getInbounds()
      return [...functions.kept]
    }
    const [[[, theirs]], [[, ours]]] = [await keptBy(Original), await keptBy(ThreeXUI)]
    const more = Object.keys(ours).filter((name) => !(name in theirs))
    assert.deepEqual(more.sort(), ['panel', 'proof'])
    assert.deepEqual(Object.keys(ours.panel).sort(), ['csrf', 'guid', 'newest', 'oldest', 'probed'])
    assert.equal(typeof ours.csrfToken, typeof theirs.csrfToken)
    assert.equal(ours.username, 'admin')
  })
}
