/*
 * A panel that answers each route with one fixed answer, as recorded of real panels, and remembers what it was asked.
 *
 * For routes whose work needs more than a panel's database: other nodes, Xray itself, a restart. The answers are the
 * same on all versions; where a route is to be found, and whether at all, is not. Knows nothing of the libraries.
 */

import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ANSWERS = JSON.parse(readFileSync(join(import.meta.dirname, 'answers.json'), 'utf8'))
/** Bytes that no text can hold, behind the name by which SQLite files begin. */
const DATABASE = Buffer.concat([
  Buffer.from('SQLite format 3\0'),
  Buffer.from(Array.from({ length: 256 }, (_, at) => at)),
])

/** What panels of a version call themselves, and which recorded routes they lack. */
const VERSIONS = {
  '2.8.11': { csrf: false, lacks: /\/(nodes|groups|custom-geo)\b|getWebCertFiles/, settingsAt: '/panel/' },
  '3.1.0': { csrf: true, lacks: /\/groups\b|getWebCertFiles/, settingsAt: '/panel/', panelVersion: '3.1.0' },
  HEAD: { csrf: true, lacks: /\/custom-geo\b/, settingsAt: '/panel/api/', panelVersion: '3.6.0' },
}

/** @param {keyof typeof VERSIONS} version */
export async function playRecorded(version) {
  const facts = VERSIONS[version]
  const requests = []
  const server = createServer(async (request, response) => {
    const { method, url: path, headers } = request
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString('utf8')
    const {
      status = 200,
      headers: more = {},
      content = '',
    } = answerTo(facts, method, path.split('?')[0], headers)
    requests.push({ method, path, headers, body, status })
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...more }).end(content)
  })
  await new Promise((done) => void server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    inbounds: [],
    async close() {
      server.closeAllConnections()
      await new Promise((done) => void server.close(done))
    },
  }
}

function answerTo(facts, method, path, { cookie }) {
  const line = `${method} ${path}`
  if (line === 'GET /csrf-token' && facts.csrf)
    return json({ success: true, obj: 'a-csrf-token' }, 'before-login')
  if (line === 'POST /login') return json({ success: true, msg: 'Logged in', obj: null }, 'a-session')
  if (line === 'POST /getTwoFactorEnable') return recorded(facts, line)
  if (cookie !== '3x-ui=a-session') return { status: facts.csrf ? 401 : 404 }
  return recorded(facts, line)
}

/**
 * What was recorded for a route, asked by who is logged in.
 *
 * @param {keyof typeof VERSIONS} version
 * @param {string} line - Verb and path.
 * @returns {{ status?: number, headers?: object, content?: string | Buffer }}
 */
export const recordedAnswer = (version, line) => recorded(VERSIONS[version], line)

function recorded(facts, line) {
  if (line === 'GET /panel/api/server/getDb')
    return { content: DATABASE, headers: { 'content-type': 'application/octet-stream' } }
  const api = line.replace(new RegExp(`^(\\w+) ${facts.settingsAt}(?=setting/|xray/)`), '$1 /panel/api/')
  const moved = facts.settingsAt !== '/panel/api/' && /\/panel\/api\/(setting|xray)\//.test(line)
  const found = ANSWERS.filter((row) => standsFor(row.line, api)).at(-1)
  if (!found || moved || facts.lacks.test(line))
    return { status: 404, headers: { 'content-type': 'text/plain' } }
  if (line === 'GET /panel/api/server/status') return json(withVersion(found.answer, facts))
  return json(found.answer)
}

/** `*` is one segment of a path; of two that match the longer one is meant. */
const standsFor = (pattern, line) =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/]+')}$`,
  ).test(line)

const withVersion = (answer, { panelVersion }) => ({
  ...answer,
  obj: { ...answer.obj, ...(panelVersion && { panelVersion }) },
})

const json = (value, cookie) => ({
  content: JSON.stringify(value),
  headers: cookie && { 'set-cookie': `3x-ui=${cookie}; Path=/; HttpOnly` },
})
