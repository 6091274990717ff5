/*
 * What a client tells of its requests: nothing unless asked, then one line each and no secret.
 */

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

async function panelFor(t) {
  const panel = await startPanel({ version: 'HEAD' })
  t.after(() => panel.close())
  return panel
}

test('a function given as `debug` is told of each request, and of no secret', async (t) => {
  const panel = await panelFor(t)
  const lines = []
  const client = new ThreeXUI(panel.url, 'admin', 'admin', { debug: (line) => lines.push(line) })
  await client.getInbounds()
  await client.deleteClient(1, 'a-trojan-password').catch(() => {})
  while (lines.length < panel.requests.length) await pause(1)
  assert.equal(lines.length, panel.requests.length)
  assert.match(lines.find((line) => line.includes('/login')), /^POST http:.+\/login: 200 \(\d+ bytes\) in \d+ ms$/)
  assert.match(lines.find((line) => line.includes('/inbounds/list')), /^GET /)
  const text = lines.join('\n')
  for (const secret of ['a-trojan-password', client.cookie, client.csrfToken]) assert.ok(!text.includes(secret), secret)
})

const PROGRAM = `
  const ThreeXUI = require('3xui-native')
  const client = new ThreeXUI('http://127.0.0.1:1', 'admin', 'admin', { debug: JSON.parse(process.argv[1]) })
  client.getInbounds().catch(() => setTimeout(() => {}, 50))
`

/** What a program writes that cannot reach its panel. */
function written(debug, env = {}) {
  const options = { encoding: 'utf8', env: { ...process.env, NODE_DEBUG: '', ...env }, cwd: import.meta.dirname }
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', PROGRAM, JSON.stringify(debug)], options)
  assert.equal(stdout, '')
  return stderr
}

test('nothing is written unless it is asked for', () => {
  assert.equal(written(false), '')
})

test('`debug: true` and NODE_DEBUG=3xui write to standard error', () => {
  const line = /GET http:\/\/127\.0\.0\.1:1\/csrf-token: ECONNREFUSED in \d+ ms/
  assert.match(written(true), line)
  assert.match(written(false, { NODE_DEBUG: '3xui' }), line)
})
