/*
 * The process of the panels: two of our own, of which the program is told trouble now and then, and one that answers with
 * megabytes, with bombs, and with the end of the connection.
 *
 *     node panels.mjs, with an IPC channel
 */

import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'

import { inboundsReply } from '../servers/replies.mjs'

const { startPanel } = createRequire(import.meta.url)('../../testing/index.js')

const INBOUNDS = ['vless', 'trojan', 'shadowsocks'].map((protocol, at) => ({ protocol, port: 1_001 + at }))
const TROUBLE_MS = 60
/** One request of so many is answered by trouble. */
const PER_TROUBLE = 12
const TROUBLES = [
  { destroy: true },
  { destroy: true, applied: true },
  { status: 502, body: '<html>bad gateway</html>' },
  { status: 500, body: 'x'.repeat(300_000) },
  { body: '{"success":tr', headers: { 'content-type': 'application/json' } },
  { body: '' },
  { status: 401 },
]

const orders = {
  /** Where they are. `calm`: without trouble. */
  async places({ calm = false } = {}) {
    const own = await Promise.all(['2.8.11', 'HEAD'].map((version) => startPanel({ version, inbounds: INBOUNDS })))
    if (!calm) setInterval(() => trouble(own), TROUBLE_MS)
    return { panels: own.map(({ url }) => url), large: await startLarge(calm ? 0 : 0.3) }
  },
}

/** However slow the machine is: trouble that nobody has met yet is enough. */
const asked = new Map()
function trouble(panels) {
  for (const panel of panels) {
    if (panel.requests.length - (asked.get(panel) ?? 0) < PER_TROUBLE) continue
    asked.set(panel, panel.requests.length)
    panel.failNext({ path: /\/panel\//, ...pick(TROUBLES) })
    panel.delay(Math.random() < 0.1 ? 400 : 0)
  }
}

/**
 * A panel of 2.x as far as a client can tell, whose lists of inbounds are as the beginning of their path says; it ends so
 * many of its connections right after an answer.
 */
async function startLarge(hangsUp) {
  const text = { small: inboundsReply(900), large: inboundsReply(10_000) }
  const bodies = { small: Buffer.from(text.small), large: Buffer.from(text.large), zipped: gzipSync(text.large), bomb: bomb() }
  const server = createServer((request, response) => {
    const [, kind] = request.url.split('/')
    request.resume()
    if (request.url.endsWith('/login')) return response.setHeader('set-cookie', '3x-ui=a-session').end('{"success":true}')
    if (!request.url.endsWith('/panel/api/inbounds/list')) return response.writeHead(404).end()
    const isZipped = kind === 'zipped' || kind === 'bomb'
    response.writeHead(200, { 'content-type': 'application/json', ...(isZipped ? { 'content-encoding': 'gzip' } : {}) })
    response.end(bodies[kind])
    if (Math.random() < hangsUp) response.once('finish', () => setTimeout(() => response.socket?.destroy(), Math.random() * 3))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  return Object.fromEntries(Object.keys(bodies).map((kind) => [kind, `http://127.0.0.1:${port}/${kind}`]))
}

/** Half a megabyte of gzip that says half a gigabyte. */
function bomb() {
  const part = gzipSync(Buffer.alloc(32 * 1024 * 1024, ' '), { level: 9 })
  return Buffer.concat(Array.from({ length: 16 }, () => part))
}

const pick = (list) => list[Math.floor(Math.random() * list.length)]

process.on('disconnect', () => process.exit())
process.on('message', async ({ order, options }) => {
  try {
    process.send({ measured: await orders[order](options) })
  } catch (error) {
    process.send({ error: error.stack })
  }
})
process.send({ measured: {} })
