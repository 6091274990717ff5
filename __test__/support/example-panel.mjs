/*
 * The panel on which the examples of the documentation run: what they name is there.
 *
 * This package's own panel, and behind it, for routes that it does not play, the answers recorded of real ones. Owns
 * the names that examples use. Must not know: any example.
 */

import { createServer } from 'node:http'

import { startPanel } from '3xui-native/testing'

import { recordedAnswer } from '../differential/recorded/panel.mjs'

const GIGABYTE = 1024 ** 3

/** A client's UUID, as examples name it. */
const UUID = '11111111-1111-4111-8111-111111111111'

let count = 0

const LINK = `vless://${UUID}@192.0.2.10:4001?type=tcp&security=none#vless`
const done = { success: true, msg: '', obj: null }
const tested = { tag: 'direct', success: true, delay: 12, error: '', mode: 'tcp' }

/** Of routes whose recorded answer is a refusal, or none: what a panel says that has got what the example names. */
const ANSWERS = [
  [/^POST .*\/custom-geo\/(add|update\/\d+|delete\/\d+|download\/\d+)$/, done],
  [/^GET .*\/clients\/(links|subLinks)\/[^/]+$/, { ...done, obj: [LINK] }],
  [/^POST .*\/xray\/testOutbound$/, { ...done, obj: tested }],
  // This one is an empty body on every panel.
  [/^POST \/panel\/api\/backuptotgbot$/, ''],
]

const client = (email, credential) => ({
  email,
  limitIp: 2,
  totalGB: 10 * GIGABYTE,
  expiryTime: 0,
  enable: true,
  tgId: 0,
  subId: `${email}-sub`,
  comment: '',
  reset: 0,
  ...credential,
})

const withUuid = (email, id = `22222222-2222-4222-8222-${String((count += 1)).padStart(12, '0')}`) =>
  client(email, { id, flow: '' })
const withPassword = (email) => client(email, { password: `${email}-password` })

const inbound = (port, protocol, clients, settings) => ({
  port,
  protocol,
  remark: protocol,
  settings: { clients, ...settings },
  streamSettings: { network: 'tcp', security: 'none', tcpSettings: { header: { type: 'none' } } },
  sniffing: { enabled: false },
})

const vless = { decryption: 'none', fallbacks: [] }
const shadowsocks = { method: 'chacha20-ietf-poly1305', password: 'of-the-inbound', network: 'tcp,udp' }

/** The inbounds, which get the ids 1 to 5. */
const inbounds = () => [
  inbound(4001, 'vless', [withUuid('alice', UUID), withUuid('bob'), withUuid('user_1'), withUuid('user_2')], vless),
  inbound(4002, 'trojan', [withPassword('carol')], { fallbacks: [] }),
  inbound(4003, 'vmess', [withUuid('dave')]),
  inbound(4004, 'shadowsocks', [{ ...withPassword('erin'), method: '' }], shadowsocks),
  inbound(4005, 'vless', [], vless),
]

/**
 * Starts one. `answers` holds `{ line, status, content }` of everything that was asked through `url`.
 *
 * @param {{ version: '2.8.11' | '3.1.0' | 'HEAD', password?: string, without?: string[] }} options - `without` names
 *   clients that are not there.
 */
export async function startExamplePanel({ version, password, without = [] }) {
  const seeded = inbounds()
  for (const { settings } of seeded) settings.clients = settings.clients.filter(({ email }) => !without.includes(email))
  const own = await startPanel({ version, password, inbounds: seeded })
  own.setTraffic('alice', { up: 100, down: 200 })
  own.setIps('alice', ['192.0.2.1', '192.0.2.2'])
  own.setOnline(['alice'])

  const answers = []
  const server = createServer(async (request, response) => {
    const { status, headers, content } = await answerOf(own, version, request)
    answers.push({ line: lineOf(request), status, content: content.toString() })
    response.writeHead(status, headers).end(content)
  })
  await new Promise((done) => void server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    token: own.token,
    answers,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => void server.close(done))
      await own.close()
    },
  }
}

const lineOf = ({ method, url }) => `${method} ${url.split('?')[0]}`

async function answerOf(own, version, request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const answer = await askOwn(own, request, Buffer.concat(chunks))
  return lacks(answer, request) ? (answerTo(version, lineOf(request)) ?? answer) : answer
}

/** No such route, or no such node or geo file: examples name some that a new panel does not have. */
const lacks = ({ status, content }, { url }) =>
  status === 404 || (/\/(nodes|custom-geo)\//.test(url) && content.toString().includes('not found'))

/** Where the own panel has no such route. */
function answerTo(version, line) {
  const json = { 'content-type': 'application/json; charset=utf-8' }
  const [, known] = ANSWERS.find(([pattern]) => pattern.test(line)) ?? []
  if (known !== undefined) return { status: 200, headers: json, content: known && JSON.stringify(known) }
  const { status = 200, headers, content = '' } = recordedAnswer(version, line)
  return status === 404 ? null : { status, headers: { ...json, ...headers }, content }
}

/** Headers of one connection, and not of what goes through it: `fetch` sets them and undoes what they say. */
const OF_CONNECTION = [
  ...['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'expect'],
  ...['accept-encoding', 'content-encoding'],
]

async function askOwn(own, { method, url, headers: sent }, body) {
  const passed = Object.entries(sent).filter(([name]) => !OF_CONNECTION.includes(name))
  const how = { method, headers: { ...Object.fromEntries(passed), connection: 'close' }, redirect: 'manual' }
  const answer = await fetch(own.url + url, body.length > 0 ? { ...how, body } : how)
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !OF_CONNECTION.includes(name)))
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) headers['set-cookie'] = cookies
  return { status: answer.status, headers, content: Buffer.from(await answer.arrayBuffer()) }
}
