/*
 * Bytes on the wire: what requests say of themselves, compressed answers, large ones, and connections that end.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'

import ThreeXUI from '3xui-native'

import {
  atOnce,
  clientOf,
  inbound,
  oldPanel,
  onPanels,
  panelFor,
  requestsTo,
  sendJson,
  serverFor,
  until,
  valuesOf,
} from './support/wire.mjs'

onPanels(
  'every request says that it comes from a script, in English, and takes compressed answers',
  async (panel) => {
    const client = clientOf(panel)
    await client.addInbound(inbound())
    await client.logout()
    for (const { method, path, headers } of panel.requests) {
      assert.equal(headers['x-requested-with'], 'XMLHttpRequest', `${method} ${path}`)
      assert.equal(headers['accept-language'], 'en-US')
      assert.equal(headers['accept-encoding'], 'gzip')
      assert.match(headers['user-agent'], /^3xui-native\/\d/)
    }
  },
)

onPanels('the name that a client calls itself by may be chosen', async (panel) => {
  await clientOf(panel, { userAgent: 'my-app/1' }).getInbounds()
  assert.ok(panel.requests.every(({ headers }) => headers['user-agent'] === 'my-app/1'))
})

onPanels('large answers arrive whole', async (panel) => {
  const clients = Array.from({ length: 2000 }, (_, at) => ({
    id: crypto.randomUUID(),
    email: `user_${at}`,
    enable: true,
    comment: 'ж🦀',
  }))
  panel.addInbound({ port: 4443, protocol: 'vless', settings: { clients } })
  const { obj } = await clientOf(panel).getInbounds()
  const { settings } = obj[0]
  const read = typeof settings === 'string' ? JSON.parse(settings) : settings
  assert.equal(read.clients.length, 2000)
  assert.deepEqual(
    read.clients.map(({ id }) => id),
    clients.map(({ id }) => id),
  )
  assert.equal(read.clients[1999].comment, 'ж🦀')
})

const envelope = { success: true, msg: '', obj: [{ id: 1, remark: 'ж🦀' }] }
const text = JSON.stringify(envelope)
const zipped = { 'content-encoding': 'gzip', 'content-type': 'application/json' }

/** The same answer in the ways that panels and the proxies before them send it. */
const encodings = {
  'plain, with its length': (out) =>
    out.writeHead(200, { 'content-length': Buffer.byteLength(text) }).end(text),
  'plain, in chunks': (out) => {
    out.writeHead(200)
    for (const piece of text) out.write(piece)
    out.end()
  },
  compressed: (out) => out.writeHead(200, zipped).end(gzipSync(text)),
  'compressed, in capitals': (out) => out.writeHead(200, { 'Content-Encoding': 'GZIP' }).end(gzipSync(text)),
  'compressed, under its old name': (out) =>
    out.writeHead(200, { 'content-encoding': 'x-gzip' }).end(gzipSync(text)),
  'compressed in several parts': (out) =>
    out.writeHead(200, zipped).end(Buffer.concat([gzipSync(text.slice(0, 9)), gzipSync(text.slice(9))])),
}

for (const [name, answer] of Object.entries(encodings)) {
  test(`an answer is understood: ${name}`, async (t) => {
    const server = await serverFor(
      t,
      oldPanel((_, outgoing) => answer(outgoing)),
    )
    assert.deepEqual(await clientOf(server).getInbounds(), envelope)
  })
}

const broken = {
  'is cut within': (out) => out.writeHead(200, zipped).end(gzipSync(text).subarray(0, 30)),
  'is no compression at all': (out) => out.writeHead(200, zipped).end(text),
}

for (const [name, answer] of Object.entries(broken)) {
  test(`a compressed answer that ${name} is an error that says so`, async (t) => {
    const server = await serverFor(
      t,
      oldPanel((_, outgoing) => answer(outgoing)),
    )
    await assert.rejects(clientOf(server).getInbounds(), (error) => {
      assert.ok(error instanceof ThreeXUI.PanelError, error.stack)
      return /decompress/.test(error.message)
    })
  })
}

onPanels('an error without a body that claims to be compressed is the error that it is', async (panel) => {
  await assert.rejects(
    clientOf(panel)._request('get', '/panel/api/nothing'),
    (error) => error.response.status === 404,
  )
})

onPanels('200 calls at once are answered, each its own', async (panel) => {
  const client = clientOf(panel)
  const added = valuesOf(
    await atOnce(200, (at) => client.addInbound(inbound({ port: 10_000 + at, remark: `inbound ${at}` }))),
  )
  added.forEach(({ obj }, at) => assert.equal(obj.remark, `inbound ${at}`))
})

test('a panel that ends every connection after its answer loses no call', async (t) => {
  const server = await serverFor(
    t,
    oldPanel((_, outgoing) => {
      outgoing.setHeader('connection', 'close')
      sendJson(outgoing, envelope)
    }),
  )
  const client = clientOf(server)
  for (let round = 0; round < 50; round++) assert.equal((await client.getInbounds()).success, true)
  valuesOf(await atOnce(100, () => client.getInbounds()))
  assert.equal(requestsTo(server, '/login').length, 1)
})

test('a connection that the panel ended between two calls is not used again', async (t) => {
  const server = await serverFor(
    t,
    oldPanel((_, outgoing) => sendJson(outgoing, envelope)),
  )
  const open = new Set()
  server.server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  const client = clientOf(server)
  for (let round = 0; round < 20; round++) {
    valuesOf(await atOnce(5, () => client._request('post', '/panel/api/inbounds/onlines')))
    for (const socket of open) socket.end()
    await until(() => open.size === 0, 'both ends have let go of every connection')
  }
  assert.equal(requestsTo(server, '/login').length, 1)
})

onPanels('a panel that starts again is found again', async (panel, t) => {
  const client = clientOf(panel)
  await client.getInbounds()
  const port = Number(new URL(panel.url).port)
  await panel.close()
  await assert.rejects(client.getInbounds(), { name: 'NetworkError' })
  const again = await panelFor(t, { version: panel.version, port })
  assert.equal((await client.getInbounds()).success, true)
  assert.equal(again.logins, 1)
})

onPanels('a write whose connection broke is not sent a second time', async (panel) => {
  const client = clientOf(panel)
  await client.getInbounds()
  panel.failNext({ path: '/inbounds/add', destroy: true })
  await assert.rejects(client.addInbound(inbound()), { name: 'NetworkError' })
  assert.equal(requestsTo(panel, '/inbounds/add').length, 1)
})
