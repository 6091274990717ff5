/*
 * What the tests of bad input and of bad answers share: a panel with a client that has logged in, and the error of a
 * call.
 *
 * Must not know: which input is bad, or in which words that is said.
 */

import assert from 'node:assert/strict'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

/** A panel with an inbound of each kind that the rules tell apart, and a client that has logged in. */
export async function loggedIn(t, version, options = {}) {
  const inbounds = ['vless', 'trojan', 'shadowsocks'].map((protocol, at) => ({ protocol, port: 1001 + at }))
  const panel = await startPanel({ version, inbounds })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin', options)
  await client.login()
  return { panel, client }
}

/** The error of a call, whether it was thrown or the promise rejected. */
export async function errorOf(call) {
  let result
  try {
    result = await call()
  } catch (error) {
    return error
  }
  return assert.fail(`no error, but ${JSON.stringify(result)}`)
}
