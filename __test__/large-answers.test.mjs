/*
 * Answers that are longer than a program bargained for: each ends in an error that names the limit, within the time
 * limit, and no other call waits for it.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Agent } from 'node:http'
import { test } from 'node:test'
import { createGzip, gzipSync } from 'node:zlib'

import ThreeXUI from '3xui-native'

import { errorOf } from './support/panels.mjs'
import { oldPanel, sendJson, serverFor } from './support/wire.mjs'

const LIST = '/panel/api/inbounds/list'
const MB = 1024 * 1024
const JSON_GZIP = { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' }
const { PanelError, TimeoutError } = ThreeXUI

/** A panel whose list of inbounds is answered so; everything else is a small success. */
const panelWith = (t, answer) =>
  serverFor(
    t,
    oldPanel((request, outgoing) =>
      request.path === LIST ? answer(outgoing) : sendJson(outgoing, { success: true, msg: '', obj: [] }),
    ),
  )

const clientOf = ({ url }, options) => new ThreeXUI(url, 'admin', 'admin', options)

/** So many megabytes of blanks, as gzip and without an announced length. */
function sendBomb(outgoing, megabytes) {
  const zipper = createGzip({ level: 9 })
  const piece = Buffer.alloc(MB, ' ')
  outgoing.writeHead(200, JSON_GZIP)
  zipper.pipe(outgoing)
  outgoing.on('close', () => zipper.destroy())
  const next = (left) => {
    if (zipper.destroyed) return
    if (left === 0) zipper.end()
    else zipper.write(piece, () => next(left - 1))
  }
  next(megabytes)
}

test('gzip that expands without measure is refused long before its end', async (t) => {
  const panel = await panelWith(t, (outgoing) => sendBomb(outgoing, 512))
  const error = await errorOf(() => clientOf(panel).getInbounds())
  assert.ok(error instanceof PanelError, error.name)
  assert.equal(
    error.message,
    "The panel's answer expands to more than 200 times its compressed length, which is the limit (HTTP 200): " +
      `GET ${panel.url}${LIST}`,
  )
  assert.equal(error.code, 'ERR_BAD_RESPONSE')
  assert.equal(error.response.status, 200)
})

test('other calls are answered while a long body is decompressed', async (t) => {
  const numbers = Array.from({ length: 400_000 }, (_, n) => n * n)
  const zipped = gzipSync(JSON.stringify({ success: true, msg: '', obj: numbers }))
  const panel = await panelWith(t, (outgoing) => outgoing.writeHead(200, JSON_GZIP).end(zipped))
  const client = clientOf(panel)
  await client.getOnlineClients()
  const ended = []
  const note = (name) => () => ended.push(name)
  await Promise.all([client.getInbounds().then(note('long')), client.getOnlineClients().then(note('short'))])
  assert.deepEqual(ended, ['short', 'long'])
})

test('decompression counts into the time limit', async (t) => {
  // All of it is there at once, expands no more than it may, and takes seconds.
  const part = gzipSync(Buffer.concat([randomBytes(56 * 1024), Buffer.alloc(8 * MB, ' ')]), { level: 9 })
  const panel = await panelWith(t, (outgoing) => {
    outgoing.writeHead(200, JSON_GZIP)
    outgoing.end(Buffer.concat(Array.from({ length: 400 }, () => part)))
  })
  const client = clientOf(panel, { timeout: 300, maxResponseSize: 2 ** 40 })
  await client.getOnlineClients()
  const error = await errorOf(() => client.getInbounds())
  assert.ok(error instanceof TimeoutError, `${error.name}: ${error.message}`)
})

for (const [form, send] of [
  ['of an announced length', (outgoing, body) => outgoing.writeHead(200, { 'content-length': body.length }).end(body)],
  ['in chunks', (outgoing, body) => outgoing.writeHead(200).write(body, () => outgoing.end())],
  ['as gzip', (outgoing, body) => outgoing.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))],
]) {
  test(`a body ${form} is bounded by maxResponseSize`, async (t) => {
    const body = Buffer.from(JSON.stringify({ success: true, msg: '', obj: ['x'.repeat(2_000)] }))
    const panel = await panelWith(t, (outgoing) => send(outgoing, body))
    const { obj } = await clientOf(panel, { maxResponseSize: body.length }).getInbounds()
    assert.equal(obj[0].length, 2_000)
    const error = await errorOf(() => clientOf(panel, { maxResponseSize: body.length - 1 }).getInbounds())
    assert.ok(error instanceof PanelError, error.name)
    assert.equal(
      error.message,
      `The panel's answer is longer than ${body.length - 1} bytes (HTTP 200): GET ${panel.url}${LIST}. ` +
        'The option maxResponseSize sets the limit.',
    )
  })
}

test('an answer that comes by interceptors or an adapter is bounded as well', async (t) => {
  const body = JSON.stringify({ success: true, msg: '', obj: ['x'.repeat(2_000)] })
  const panel = await panelWith(t, (outgoing) => outgoing.writeHead(200).end(body))
  const changes = {
    interceptors: (client) => client.api.interceptors.request.use((config) => config),
    'an adapter': (client) => {
      client.api.defaults.adapter = async (config) => {
        const data = config.url === LIST ? body : '{"success":true}'
        return { data, status: 200, statusText: 'OK', headers: { 'set-cookie': ['3x-ui=a'] }, config }
      }
    },
  }
  for (const [name, change] of Object.entries(changes)) {
    const client = clientOf(panel, { maxResponseSize: 1_000 })
    change(client)
    const error = await errorOf(() => client.getInbounds())
    assert.match(error.message, /longer than 1000 bytes/, name)
  }
})

test("gzip that expands without measure is refused where a program's own agent brings it, and not read on", async (t) => {
  let closed
  const isClosed = new Promise((resolve) => (closed = resolve))
  const panel = await panelWith(t, (outgoing) => {
    outgoing.on('close', closed)
    sendBomb(outgoing, 4_096)
  })
  const client = clientOf(panel, { maxResponseSize: 3 * MB })
  client.api.defaults.httpAgent = new Agent()
  const error = await errorOf(() => client.getInbounds())
  assert.ok(error instanceof PanelError, error.stack)
  assert.match(error.message, /longer than 3145728 bytes/)
  await isClosed
})

test('a limit that is none is refused when the client is made', () => {
  for (const maxResponseSize of [0, -1, 1.5, 'much', {}, true]) {
    const make = () => new ThreeXUI('http://127.0.0.1:1', 'admin', 'admin', { maxResponseSize })
    assert.throws(make, (error) => error.message === 'Invalid option maxResponseSize: must be a whole number of bytes, from 1 on')
  }
})

test('an error keeps 64 kB of a body, and no part of a secret that stands across that end', async (t) => {
  const secret = 'value-of-the-session-0123456789'
  const before = 64 * 1024 - 10
  const body = `${'x'.repeat(before)}3x-ui=${secret} ${'y'.repeat(5 * MB)}`
  const panel = await serverFor(
    t,
    oldPanel((request, outgoing) => outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(body), secret),
  )
  const error = await errorOf(() => clientOf(panel).getInbounds())
  assert.equal(error.response.status, 500)
  const { data } = error.response
  assert.ok(data.length > 60 * 1024 && data.length <= 64 * 1024, `${data.length} bytes`)
  assert.ok(!data.includes('value-of'), data.slice(before - 100))
})
