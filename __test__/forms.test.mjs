/*
 * Bodies and answers that are not JSON, byte by byte, over a server that keeps what it receives as it is: uploads in
 * each of the forms that programs have, and the download of the database.
 */

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { PassThrough, Readable } from 'node:stream'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { clientOf, oldPanel, onPanels, sendJson } from './support/wire.mjs'

/** Every byte there is, and more of them than fit into one packet. */
const BYTES = Buffer.concat(Array.from({ length: 2000 }, () => Buffer.from(Uint8Array.from({ length: 256 }, (_, at) => at))))
const DATABASE = Buffer.concat([Buffer.from('SQLite format 3\0'), BYTES])
const DONE = { success: true, msg: 'done', obj: null }

const BOUNDARY = '--------------------------0123456789'
const HEADERS = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
const HEAD = 'Content-Disposition: form-data; name="db"; filename="x-ui.db"\r\nContent-Type: application/octet-stream'

/** The parts of a form as form-data makes them: text and bytes. */
const partsOf = (bytes) => [`--${BOUNDARY}\r\n${HEAD}\r\n\r\n`, bytes, `\r\n--${BOUNDARY}--\r\n`]

/** A form as npm's form-data has it: a stream that knows its headers. */
class FormStream extends Readable {
  #parts

  constructor(bytes) {
    super()
    this.#parts = [...partsOf(bytes).map((part) => Buffer.from(part)), null]
  }

  _read() {
    const part = this.#parts.shift()
    setImmediate(() => this.push(part))
  }

  getHeaders() {
    return HEADERS
  }
}

/** The same with no more than it takes: it is no Readable, and its parts are not all bytes. */
const oldFormStream = (bytes) => ({
  getHeaders: () => HEADERS,
  pipe: (target) => Readable.from(partsOf(bytes)).pipe(target),
})

const FORMS = {
  'a stream like that of form-data': () => new FormStream(DATABASE),
  'a stream that can only be piped': () => oldFormStream(DATABASE),
  'a FormData with a Blob': () => {
    const form = new FormData()
    form.append('db', new Blob([DATABASE]), 'x-ui.db')
    return form
  },
}

for (const [name, makeForm] of Object.entries(FORMS)) {
  test(`a database is uploaded byte by byte: ${name}`, async (t) => {
    const server = await rawServer(t, (_, outgoing) => sendJson(outgoing, DONE))
    const answer = await clientOf(server).importDB(makeForm())

    assert.deepEqual(answer, DONE)
    const { method, path, headers, bytes } = server.received.at(-1)
    assert.deepEqual([method, path], ['POST', '/panel/api/server/importDB'])
    const { disposition, content } = onlyPart(headers['content-type'], bytes)
    assert.match(disposition, /name="db"; filename="x-ui.db"/)
    assert.ok(content.equals(DATABASE), `${content.length} bytes arrived, and not the ${DATABASE.length} of the file`)
  })
}

test('a form goes out again, the same, when the session had ended', async (t) => {
  for (const [name, makeForm] of Object.entries(FORMS)) {
    let lost = true
    const server = await rawServer(t, ({ path }, outgoing) => {
      if (!lost || !path.endsWith('/importDB')) return sendJson(outgoing, DONE)
      lost = false
      return outgoing.writeHead(401).end()
    })
    assert.deepEqual(await clientOf(server).importDB(makeForm()), DONE, name)
    const [first, second] = server.received.filter(({ path }) => path.endsWith('/importDB'))
    assert.ok(first.bytes.equals(second.bytes), name)
    assert.equal(first.headers['content-type'], second.headers['content-type'], name)
  }
})

test('a form whose stream breaks is an error, and nothing of it is sent', async (t) => {
  const server = await rawServer(t, (_, outgoing) => sendJson(outgoing, DONE))
  const broken = Object.assign(new PassThrough(), { getHeaders: () => HEADERS })
  broken.write(`--${BOUNDARY}\r\n`)
  setImmediate(() => broken.destroy(new Error('the disk is gone')))
  await assert.rejects(clientOf(server).importDB(broken), { message: 'the disk is gone' })
  assert.deepEqual(server.received.filter(({ path }) => path.endsWith('/importDB')), [])
})

/** By name: a body for `_request` with its headers, and what has to arrive. */
const BODIES = {
  URLSearchParams: {
    data: new URLSearchParams({ 'a b': 'ü&=', c: '' }),
    type: 'application/x-www-form-urlencoded',
    text: 'a+b=%C3%BC%26%3D&c=',
  },
  'URLSearchParams with a content type of its own': {
    data: new URLSearchParams({ a: '1' }),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    type: 'application/x-www-form-urlencoded; charset=utf-8',
    text: 'a=1',
  },
  'a Buffer': { data: BYTES, headers: { 'Content-Type': 'application/octet-stream' }, type: 'application/octet-stream' },
  'a part of a larger buffer': {
    data: BYTES.subarray(100, 5000),
    headers: { 'Content-Type': 'application/octet-stream' },
    type: 'application/octet-stream',
  },
  'a Uint8Array': {
    data: new Uint8Array(BYTES),
    headers: { 'Content-Type': 'application/octet-stream' },
    type: 'application/octet-stream',
  },
  'text of a type': { data: 'a=ü', headers: { 'Content-Type': 'text/plain' }, type: 'text/plain', text: 'a=ü' },
  'an object': { data: { a: 'ü' }, type: 'application/json', text: '{"a":"ü"}' },
}

for (const [name, { data, headers, type, text }] of Object.entries(BODIES)) {
  test(`a body is sent as it is: ${name}`, async (t) => {
    const server = await rawServer(t, (_, outgoing) => sendJson(outgoing, DONE))
    await clientOf(server)._request('post', '/panel/api/any', data, headers)
    const { headers: sent, bytes } = server.received.at(-1)
    assert.equal(sent['content-type'], type)
    assert.equal(sent['content-length'], String(bytes.length))
    assert.ok(bytes.equals(text === undefined ? Buffer.from(data) : Buffer.from(text)), `${bytes.length} bytes arrived`)
  })
}

test('a form that was sent once is not sent a second time, empty', async (t) => {
  const server = await rawServer(t, (_, outgoing) => sendJson(outgoing, DONE))
  const client = clientOf(server)
  const form = new FormStream(DATABASE)
  await client.importDB(form)
  await assert.rejects(client.importDB(form), { message: 'The form was closed before its end' })
  assert.equal(server.received.filter(({ path }) => path.endsWith('/importDB')).length, 1)
})

test('a database comes down byte by byte, as a binary string', async (t) => {
  const server = await rawServer(t, (_, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/octet-stream' }).end(DATABASE)
  })
  const { success, msg, obj } = await clientOf(server).getDb()
  assert.deepEqual([success, msg, typeof obj], [true, '', 'string'])
  assert.equal(server.received.at(-1).path, '/panel/api/server/getDb')
  assert.ok(Buffer.from(obj, 'latin1').equals(DATABASE), `${obj.length} characters for ${DATABASE.length} bytes`)
})

test('a database that is no database is an error', async (t) => {
  const answers = [
    ['', 'getDb: Response missing database content'],
    [JSON.stringify({ success: false, msg: 'no disk' }), 'no disk'],
    ['<!doctype html><title>a page</title>', /./],
  ]
  for (const [body, message] of answers) {
    const server = await rawServer(t, (_, outgoing) => {
      const type = body.startsWith('{') ? 'application/json' : body === '' ? 'application/octet-stream' : 'text/html'
      outgoing.writeHead(200, { 'content-type': type }).end(body)
    })
    await assert.rejects(clientOf(server).getDb(), (error) => {
      assert.match(error.message, message instanceof RegExp ? message : new RegExp(message), body)
      return true
    })
  }
})

onPanels('a panel gets a form with the database', async (panel) => {
  const form = new FormData()
  form.append('db', new Blob(['SQLite format 3\0']), 'x-ui.db')
  await clientOf(panel).importDB(form).catch(() => {})
  const { headers, body } = panel.requests.find(({ path }) => path.endsWith('/importDB'))
  assert.match(headers['content-type'], /^multipart\/form-data; boundary=/)
  assert.match(body, /name="db"; filename="x-ui.db"/)
})

test('a program that answers requests itself is asked for the upload and the download, too', async () => {
  const asked = []
  class Canned extends ThreeXUI {
    async _request(...args) {
      asked.push(args)
      return args[1].endsWith('getDb') ? Buffer.from([0, 255]) : DONE
    }
  }
  const client = new Canned('http://127.0.0.1:1', 'admin', 'admin')
  const form = new FormStream(DATABASE)
  assert.deepEqual(await client.importDB(form), DONE)
  assert.deepEqual(await client.getDb(), { success: true, msg: '', obj: '\u0000\u00ff' })
  assert.deepEqual(asked[0], ['post', '/panel/api/server/importDB', form, form.getHeaders()])
  assert.equal(asked[0][2], form, 'the form itself, not a copy')
  assert.deepEqual(asked[1], ['get', '/panel/api/server/getDb', {}, {}, { responseType: 'arraybuffer' }])
})

/** A server that logs anybody in, keeps the bytes of every body and answers the rest by `answer`. */
async function rawServer(t, answer) {
  const received = []
  const asPanel = oldPanel(answer)
  const server = createServer(async (incoming, outgoing) => {
    const chunks = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method, url: path, headers } = incoming
    const request = { method, path, headers, bytes: Buffer.concat(chunks) }
    received.push(request)
    return asPanel(request, outgoing)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return { url: `http://127.0.0.1:${server.address().port}`, received }
}

/** The one part of a multipart body, split by the boundary that its content type names. */
function onlyPart(type, bytes) {
  const [, boundary] = /^multipart\/form-data; boundary=(.+)$/.exec(type)
  const [open, close] = [`--${boundary}\r\n`, `\r\n--${boundary}--\r\n`].map((line) => Buffer.from(line))
  assert.ok(bytes.subarray(0, open.length).equals(open), 'the body begins with the boundary')
  const end = bytes.lastIndexOf(close.subarray(0, -2))
  assert.ok(end > 0, 'the body ends with the boundary')
  const blank = bytes.indexOf('\r\n\r\n')
  return { disposition: bytes.toString('latin1', 0, blank), content: bytes.subarray(blank + 4, end) }
}
