/* A client that nobody uses any more goes, also when requests went through its own `api` and its own `login`. */

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'

import { startPanel } from '3xui-native/testing'

const PROGRAM = `
  const ThreeXUI = require('3xui-native')
  async function use(url) {
    const client = new ThreeXUI(url, 'admin', 'admin')
    client.login = (force) => ThreeXUI.prototype.login.call(client, force)
    client.api.interceptors.request.use((config) => config)
    await client.getInbounds()
    return new WeakRef(client)
  }
  async function main() {
    const clients = []
    for (let n = 0; n < 10; n++) clients.push(await use(process.argv[1]))
    for (let n = 0; n < 10; n++) {
      await new Promise((resolve) => setImmediate(resolve))
      gc()
    }
    console.log(clients.filter((client) => client.deref()).length)
  }
  main()
`

test('clients that changed everything that can be changed are collected', async (t) => {
  const panel = await startPanel({ version: 'HEAD' })
  t.after(() => panel.close())
  const cwd = new URL('../..', import.meta.url)
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '-e', PROGRAM, panel.url], { cwd })
  assert.ok(Number(stdout) <= 1, `${stdout.trim()} of 10 clients are still there`)
})
