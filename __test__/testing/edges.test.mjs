/*
 * What sets one version apart from the next in small things that a program may stumble over.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

async function panelFor(t, options) {
  const panel = await startPanel(options)
  t.after(() => panel.close())
  return panel
}

const client = (email, more) => ({ id: `00000000-0000-4000-8000-00000000000${email.length}`, email, enable: true, totalGB: 10, ...more })

for (const version of ['2.8.11', '3.1.0', 'HEAD']) {
  test(`who has used up the quota is deleted, unless it is renewed by itself (${version})`, async (t) => {
    const clients = [client('gone'), client('stays', { reset: 30 })]
    const panel = await panelFor(t, { version, inbounds: [{ port: 1001, protocol: 'vless', settings: { clients } }] })
    for (const { email } of clients) panel.setTraffic(email, { up: 10 })
    const program = new ThreeXUI(panel.url, 'admin', 'admin')
    assert.equal((await program.deleteDepletedModernClients()).success, true)
    assert.deepEqual(panel.inbounds[0].settings.clients.map(({ email }) => email), ['stays'])
  })
}

for (const [version, path] of [['2.8.11', '/'], ['2.9.0', '/below/']]) {
  test(`the cookie of a session is meant for ${path} (${version})`, async (t) => {
    const panel = await panelFor(t, { version, basePath: '/below/' })
    const body = new URLSearchParams({ username: 'admin', password: 'admin' })
    const answer = await fetch(`${panel.url}/login`, { method: 'POST', body })
    assert.match(answer.headers.getSetCookie().at(-1), new RegExp(`; Path=${path};`))
  })
}
