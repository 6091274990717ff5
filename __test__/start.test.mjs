/*
 * `npm start` from the outside: what it prints, its exit code, and the panel it leaves behind.
 */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'

import { startPanel } from '3xui-native/testing'

const START = join(import.meta.dirname, '..', 'scripts', 'start.mjs')
const SECRETS = { XUI_USERNAME: 'admin', XUI_PASSWORD: 'a-secret-password' }

/** Starts it; `ended` resolves with the exit code and what was printed. */
function started(args, env = {}) {
  const { XUI_URL, XUI_USERNAME, XUI_PASSWORD, XUI_TOKEN, ...rest } = process.env
  const child = spawn(process.execPath, [START, ...args], { env: { ...rest, ...env } })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (piece) => (text += piece))
  return { child, ended: once(child, 'close').then(([code]) => ({ code, text })) }
}

async function panelFor(t, version) {
  const inbounds = [{ port: 443, protocol: 'vless', remark: 'not ours' }]
  const panel = await startPanel({ version, password: SECRETS.XUI_PASSWORD, inbounds })
  t.after(() => panel.close())
  return panel
}

const remarks = (panel) => panel.inbounds.map(({ remark }) => remark)

for (const version of ['2.8.11', 'HEAD']) {
  test(`it shows the whole tour on a panel of its own: ${version}`, async () => {
    const { code, text } = await started(['--panel', version]).ended
    assert.equal(code, 0, text)
    assert.match(text, new RegExp(`playing ${version.replaceAll('.', '\\.')}`))
    for (const protocol of ['vless', 'vmess', 'trojan', 'shadowsocks']) {
      assert.match(text, new RegExp(`^ +${protocol} +client_\\w+ +\\S+ +[0-9a-f-]{36}$`, 'm'), `credentials of ${protocol}`)
    }
    assert.match(text, /100 of 100/)
    assert.match(text, /104 clients on 4 inbounds/)
    assert.match(text, /the panel is as it was found/)
  })

  test(`it leaves a panel that it was given as it was: ${version}`, async (t) => {
    const panel = await panelFor(t, version)
    const { code, text } = await started([], { XUI_URL: panel.url, ...SECRETS }).ended
    assert.equal(code, 0, text)
    assert.deepEqual(remarks(panel), ['not ours'])
    assert.equal(panel.logins, 1)
    assert.doesNotMatch(text, /a-secret-password/)
  })

  test(`a step that fails is named, and what was made is removed: ${version}`, async (t) => {
    const panel = await panelFor(t, version)
    panel.failNext({ path: /onlines/, status: 500 })
    const { code, text } = await started([], { XUI_URL: panel.url, ...SECRETS }).ended
    assert.equal(code, 1, text)
    assert.match(text, /✗ Traffic, addresses, who is online/)
    assert.match(text, /status code 500/)
    assert.deepEqual(remarks(panel), ['not ours'])
  })

  test(`Ctrl-C ends the tour and removes what was made: ${version}`, async (t) => {
    const panel = await panelFor(t, version)
    const { child, ended } = started([], { XUI_URL: panel.url, ...SECRETS })
    child.stdout.on('data', (piece) => {
      if (piece.includes('✓ Four inbounds')) child.kill('SIGINT')
    })
    const { code, text } = await ended
    assert.equal(code, 130, text)
    assert.match(text, /what was made is being removed/)
    assert.deepEqual(remarks(panel), ['not ours'])
  })
}

test('a token is enough for a panel that knows tokens', async (t) => {
  const panel = await panelFor(t, 'HEAD')
  const { code, text } = await started([], { XUI_URL: panel.url, XUI_TOKEN: panel.token }).ended
  assert.equal(code, 0, text)
  assert.equal(panel.logins, 0)
  assert.ok(!text.includes(panel.token), 'the token is not printed')
})

test('a wrong password is one login and one clear error', async (t) => {
  const panel = await panelFor(t, '2.8.11')
  const { code, text } = await started([], { XUI_URL: panel.url, XUI_USERNAME: 'admin', XUI_PASSWORD: 'wrong-one' }).ended
  assert.equal(code, 1, text)
  assert.match(text, /Invalid username or password/)
  assert.doesNotMatch(text, /wrong-one/)
  assert.equal(panel.logins, 1)
})

test('nothing at the address is a clear error', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  const { code, text } = await started([], { XUI_URL: `http://127.0.0.1:${port}`, ...SECRETS }).ended
  assert.equal(code, 1, text)
  assert.match(text, new RegExp(`ECONNREFUSED.*${port}`))
})

test('what it cannot understand it says, with what it can', async () => {
  const wrong = [
    [['--panel', '9.9.9'], {}, /Unknown panel version: 9\.9\.9.*2\.8\.11/],
    [['--panel'], {}, /--panel needs a version/],
    [['--fast'], {}, /Unknown option: --fast/],
    [[], { XUI_URL: 'http://127.0.0.1:1', XUI_USERNAME: 'admin' }, /XUI_URL needs XUI_USERNAME with XUI_PASSWORD, or XUI_TOKEN/],
  ]
  for (const [args, env, message] of wrong) {
    const { code, text } = await started(args, env).ended
    assert.equal(code, 2, text)
    assert.match(text, message)
  }
})
