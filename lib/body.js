'use strict'

/*
 * Bodies that only JavaScript can read: forms as programs build them become bytes and a content type.
 *
 * Knows no route: what the form is for is the caller's affair.
 */

const FORM = 'application/x-www-form-urlencoded'

/** Whether a body has to pass here before it can be sent. */
function needsReading(data) {
  if (typeof data !== 'object' || data === null) return false
  return isQuery(data) || isWebForm(data) || isFormStream(data)
}

/** The body as text or bytes, and the headers that go with it; headers of the caller win. */
async function read(data, headers = {}) {
  if (isQuery(data)) return { data: data.toString(), headers: { 'Content-Type': FORM, ...headers } }
  if (isWebForm(data)) {
    const response = new Response(data)
    const type = response.headers.get('content-type')
    const bytes = Buffer.from(await response.arrayBuffer())
    return { data: bytes, headers: type ? { ...headers, 'Content-Type': type } : headers }
  }
  return { data: await drained(data), headers: { ...headers, ...data.getHeaders() } }
}

/** By what they call themselves: the first look at the class `FormData` makes Node.js load all of `fetch`, 20 ms long. */
const isWebForm = (data) => ['FormData', 'Blob', 'File'].includes(data[Symbol.toStringTag])

/** Of whichever context, and of a library that brings its own. */
const isQuery = (data) => data?.[Symbol.toStringTag] === 'URLSearchParams'

/** npm `form-data` and its kin: a stream that knows its headers. */
const isFormStream = (data) => typeof data?.getHeaders === 'function' && typeof data.pipe === 'function'

/** All bytes of a form; a stream that breaks off is an error, so that no half of a file is ever sent. */
async function drained(stream) {
  const { PassThrough } = require('node:stream')
  const whole = new PassThrough()
  const closed = new Error('The form was closed before its end')
  const broken = (error = stream.errored ?? closed) => whole.destroy(error)
  if (stream.destroyed) broken()
  stream.on?.('error', broken)
  stream.on?.('close', () => whole.writableEnded || broken())
  const chunks = []
  for await (const chunk of stream.pipe(whole)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

module.exports = { needsReading, read, isQuery }
