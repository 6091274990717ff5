/*
 * Certificates: which are good, what the environment changes about that while a program runs, and in which words one is
 * refused. What the original's library says of the same server stands beside it.
 */

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import https from 'node:https'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { promisify } from 'node:util'

import ThreeXUI from '3xui-native'

import { pathOf, read, secured } from './support/secured-panel.mjs'

const Original = createRequire(import.meta.url)('3xui-api-client')
const failureOf = (call) => call.then(() => assert.fail('it was taken'), (error) => error)

/** Sets a variable until the test ends. */
function set(t, name, value) {
  const before = process.env[name]
  process.env[name] = value
  t.after(() => (before === undefined ? delete process.env[name] : (process.env[name] = before)))
}

test('a certificate that nobody vouches for is refused by Node’s code, with what to do', async (t) => {
  const { url, token } = await secured(t, 'self')
  const error = await failureOf(new ThreeXUI(url, { token }).getInbounds())
  assert.equal(error.name, 'TlsError')
  assert.equal(error.code, 'DEPTH_ZERO_SELF_SIGNED_CERT')
  assert.equal(
    error.message,
    `TLS connection failed: self-signed certificate: ${url}. NODE_EXTRA_CA_CERTS can name a file with a certificate to trust.`,
  )
})

for (const name of ['self', 'leaf', 'expired']) {
  test(`the code is that of the original's library: ${name}`, async (t) => {
    const { url, token } = await secured(t, name)
    const [ours, theirs] = await Promise.all(
      [ThreeXUI, Original].map((Client) => failureOf(new Client(url, { token }).getInbounds())),
    )
    // An expired certificate of an authority that is not known has two faults; either may be named.
    assert.ok(ours.code === theirs.code || name === 'expired', `${ours.code} and ${theirs.code}`)
  })
}

test('NODE_TLS_REJECT_UNAUTHORIZED is read at each call', async (t) => {
  const { url, token } = await secured(t, 'self')
  const client = new ThreeXUI(url, { token })
  set(t, 'NODE_TLS_REJECT_UNAUTHORIZED', '0')
  assert.equal((await client.getInbounds()).success, true)
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1'
  assert.equal((await failureOf(client.getInbounds())).code, 'DEPTH_ZERO_SELF_SIGNED_CERT')
})

test('NODE_EXTRA_CA_CERTS names certificates that are good by themselves, and authorities', async (t) => {
  for (const [server, trusted] of [['self', 'self'], ['leaf', 'authority'], ['leaf', 'leaf']]) {
    const { url, token } = await secured(t, server)
    const client = new ThreeXUI(url, { token })
    set(t, 'NODE_EXTRA_CA_CERTS', pathOf(trusted))
    assert.equal((await client.getInbounds()).success, true, `${server} with ${trusted}`)
    process.env.NODE_EXTRA_CA_CERTS = '/nowhere/to/be/found.pem'
    assert.equal((await failureOf(client.getInbounds())).name, 'TlsError')
  }
})

test('an address is a name as well, and another name is not', async (t) => {
  set(t, 'NODE_EXTRA_CA_CERTS', pathOf('self'))
  const byAddress = await secured(t, 'self', '127.0.0.1')
  assert.equal((await new ThreeXUI(byAddress.url, byAddress).getInbounds()).success, true)
  const { port } = new URL(byAddress.url)
  const error = await failureOf(new ThreeXUI(`https://127.0.0.2:${port}`, byAddress).getInbounds().catch((e) => Promise.reject(e)))
  assert.ok(['ERR_TLS_CERT_ALTNAME_INVALID', 'ECONNREFUSED'].includes(error.code), error.code)
})

test('what has expired is refused also where its authority is trusted', async (t) => {
  const { url, token } = await secured(t, 'expired')
  set(t, 'NODE_EXTRA_CA_CERTS', pathOf('authority'))
  assert.equal((await failureOf(new ThreeXUI(url, { token }).getInbounds())).code, 'CERT_HAS_EXPIRED')
})

test('a process that starts with the variable set needs nothing else', async (t) => {
  const { url, token } = await secured(t, 'leaf')
  const program = "new (require('3xui-native'))(process.argv[1], { token: process.argv[2] }).getInbounds().then((r) => console.log(r.success))"
  const options = { cwd: new URL('..', import.meta.url), env: { ...process.env, NODE_EXTRA_CA_CERTS: pathOf('authority') } }
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program, url, token], options)
  assert.equal(stdout.trim(), 'true')
})

test('an agent of the program’s own has its own idea of certificates', async (t) => {
  const { url, token } = await secured(t, 'self')
  const client = new ThreeXUI(url, { token })
  const agent = new https.Agent({ rejectUnauthorized: false })
  t.after(() => agent.destroy())
  client.api.defaults.httpsAgent = agent
  assert.equal((await client.getInbounds()).success, true)
  client.api.defaults.httpsAgent = undefined
  assert.equal((await failureOf(client.getInbounds())).code, 'DEPTH_ZERO_SELF_SIGNED_CERT')
})

test('of an agent that says nothing else its idea of certificates is taken over, and it is not used', async (t) => {
  const { url, token } = await secured(t, 'self')
  const client = new ThreeXUI(url, { token })
  const agents = {
    plain: new https.Agent({ rejectUnauthorized: false, keepAlive: true }),
    'with roots of its own': new https.Agent({ rejectUnauthorized: false, keepAlive: true, ca: read('self') }),
  }
  for (const [name, agent] of Object.entries(agents)) {
    t.after(() => agent.destroy())
    client.api.defaults.httpsAgent = agent
    assert.equal((await client.getInbounds()).success, true, name)
    assert.equal(Object.keys(agent.freeSockets).length, name === 'plain' ? 0 : 1, name)
  }
  set(t, 'NODE_TLS_REJECT_UNAUTHORIZED', '0')
  const strict = new https.Agent({ rejectUnauthorized: true })
  client.api.defaults.httpsAgent = strict
  assert.equal((await failureOf(client.getInbounds())).code, 'DEPTH_ZERO_SELF_SIGNED_CERT')
})
