/*
 * Servers that speak HTTP in their own way: many headers, a mark before the JSON, none of it at all, connections that
 * end when they like.
 */

import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { errorOf } from './support/panels.mjs'
import { oldPanel, requestsTo, sendJson, serverFor } from './support/wire.mjs'

const LIST = '/panel/api/inbounds/list'
const ADD = '/panel/api/inbounds/add'
const EMPTY = { success: true, msg: '', obj: [] }
const { NetworkError, AuthenticationError } = ThreeXUI

const clientOf = ({ url }, options) => new ThreeXUI(url, 'admin', 'admin', options)

test('as many headers are read as Node.js reads, by bytes and not by number', async (t) => {
  for (const count of [150, 900]) {
    const headers = Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-${at}`, 'value']))
    const panel = await serverFor(t, oldPanel((request, outgoing) => sendJson(outgoing, EMPTY, headers)))
    assert.deepEqual(await clientOf(panel).getInbounds(), EMPTY)
  }
})

test('a byte order mark before JSON is no part of it', async (t) => {
  const panel = await serverFor(
    t,
    (request, outgoing) => {
      if (request.path === '/csrf-token') return sendJson(outgoing, '\uFEFF{"success":true,"obj":"a-token"}')
      if (request.path === '/login') return sendJson(outgoing, `\uFEFF${JSON.stringify(EMPTY)}`, { 'set-cookie': '3x-ui=a' })
      return sendJson(outgoing, `\uFEFF${JSON.stringify(EMPTY)}`)
    },
  )
  const client = clientOf(panel)
  assert.deepEqual(await client.getInbounds(), EMPTY)
  assert.equal((await client.addInbound({ port: 1, protocol: 'vless' })).success, true)
  assert.equal(requestsTo(panel, ADD)[0].headers['x-csrf-token'], 'a-token')
})

/** A server that answers each request with these bytes and ends the connection. */
async function rawServer(t, bytes) {
  const open = new Set()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => socket.end(bytes))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return { url: `http://127.0.0.1:${server.address().port}` }
}

test('what is no HTTP is told from a connection that was closed', async (t) => {
  const cases = [
    ['SSH-2.0-OpenSSH_9.6\r\n', 'HPE_INVALID_CONSTANT', 'does not begin with a valid HTTP head'],
    ['\x15\x03\x01\x00\x02\x02\x46', 'HPE_INVALID_CONSTANT', 'a panel with a certificate speaks https'],
    ['HTTP/1.1 200 OK\r\nbad header\r\n\r\n{}', 'HPE_INVALID_CONSTANT', 'does not begin with a valid HTTP head'],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n{}', 'HPE_INVALID_CHUNK_SIZE', 'breaks the rules of HTTP'],
    ['HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"success"', 'ECONNRESET', 'closed before the answer was complete'],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"suc', 'ECONNRESET', 'closed before the answer was complete'],
    ['', 'ECONNRESET', 'closed before the answer was complete'],
  ]
  for (const [bytes, code, words] of cases) {
    const panel = await rawServer(t, Buffer.from(bytes, 'latin1'))
    const error = await errorOf(() => new ThreeXUI(panel.url, { token: 'a-token' }).getInbounds())
    assert.ok(error instanceof NetworkError, `${error.name}: ${error.message}`)
    assert.deepEqual([error.code, error.message.includes(words)], [code, true], `${JSON.stringify(bytes)}: ${error.message}`)
    assert.ok(error.message.includes(`GET ${panel.url}`), error.message)
  }
})

test('a refusal without a word is said to be one', async (t) => {
  for (const msg of ['', '  ', null, undefined]) {
    const panel = await serverFor(t, (request, outgoing) =>
      request.path === '/login' ? sendJson(outgoing, { success: false, msg }) : outgoing.writeHead(404).end(),
    )
    const error = await errorOf(() => clientOf(panel).getInbounds())
    assert.ok(error instanceof AuthenticationError, error.name)
    assert.equal(error.message, 'Login failed: the panel gave no reason')
  }
})

test('compression that was not asked for is named', async (t) => {
  const panel = await serverFor(
    t,
    oldPanel((request, outgoing) => outgoing.writeHead(200, { 'content-encoding': 'br' }).end('....')),
  )
  const error = await errorOf(() => clientOf(panel).getInbounds())
  assert.match(error.message, /^The panel's answer is compressed by br, and not by gzip as was asked for/)
})

/** A panel that says nothing of it and ends connections at any time after an answer. */
function closingPanel(t, chance) {
  let seed = 7
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  return serverFor(
    t,
    oldPanel((request, outgoing) => {
      outgoing.once('finish', () => {
        const { socket } = outgoing
        if (random() < chance) setTimeout(() => socket?.destroy(), random() * 2)
      })
      sendJson(outgoing, EMPTY)
    }),
  )
}

test('reads are sent once more when the panel ends their connection meanwhile, however young it is', async (t) => {
  for (const chance of [0.5, 1]) {
    const panel = await closingPanel(t, chance)
    const client = clientOf(panel)
    const failed = []
    for (let round = 0; round < 50; round++) {
      const calls = Array.from({ length: 8 }, () => client.getInbounds().catch((error) => failed.push(error.message)))
      await Promise.all(calls)
    }
    assert.deepEqual(failed, [])
  }
})

/** A panel that ends each connection when its second request to this path has come, without an answer. */
function hangingUp(t, path) {
  return serverFor(
    t,
    oldPanel((request, outgoing) => {
      const { socket } = outgoing
      if (request.path !== path) return sendJson(outgoing, EMPTY)
      socket.seen = (socket.seen ?? 0) + 1
      if (socket.seen > 1) return socket.destroy()
      sendJson(outgoing, EMPTY)
    }),
  )
}

test('a read on a connection that was just used is sent twice and not more, a write once', async (t) => {
  const panel = await hangingUp(t, LIST)
  const client = clientOf(panel)
  for (let call = 0; call < 4; call++) assert.deepEqual(await client.getInbounds(), EMPTY)
  assert.equal(requestsTo(panel, LIST).length, 7)

  const other = await hangingUp(t, ADD)
  const writer = clientOf(other)
  await writer.addInbound({ port: 1, protocol: 'vless' })
  const error = await errorOf(() => writer._request('post', ADD, { port: 2, protocol: 'vless', tag: 'two' }))
  assert.equal(error.code, 'ECONNRESET', error.message)
  assert.equal(requestsTo(other, ADD).length, 2)
})
