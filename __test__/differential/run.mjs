/*
 * One call of one library on a panel of its own, and the record of it: what was sent, what came of it, and which
 * clients the panel has afterwards.
 *
 * Knows nothing of the other library, nor of what is right.
 */

import { createRequire } from 'node:module'

import { withPlaceholders } from './placeholders.mjs'
import { playRecorded } from './recorded/panel.mjs'
import { inbounds, live } from './seed.mjs'
import { clientsOf } from './stored.mjs'

const require = createRequire(import.meta.url)
const { startPanel } = require('3xui-native/testing')

/** The two libraries. */
export const LIBRARIES = { reference: require('3xui-api-client'), ours: require('3xui-native') }

/** Requests that find out what the panel is, and make one known to it: compared where a call is about that. */
const ACCESS = /^\/$|\/(csrf-token|login|panel\/api\/server\/status)$/

/** The headers that say what a request is; all others are compared where a call asks for it. */
const TELLING = ['content-type', 'accept', 'x-requested-with']
/** What they are for nearly all requests; shown is only what is otherwise. */
const USUAL = { 'content-type': 'application/json', accept: 'application/json, text/plain, */*', 'x-requested-with': 'XMLHttpRequest' }
/** They differ with the port, the length or the connection. */
const INCIDENTAL = ['host', 'connection', 'content-length', 'transfer-encoding']

const START = Date.now()

/**
 * @param {'reference'|'ours'} name
 * @param {string} version
 * @param {import('./script/index.mjs').Call} call
 */
export async function record(name, version, call) {
  const panel = call.recorded
    ? await playRecorded(version)
    : await startPanel({ version, inbounds: inbounds(), now: () => START, ...call.panel })
  const client = clientFor(name, panel, call)
  try {
    live(panel)
    if (!call.cold) await client.login()
    call.arrange?.(panel)
    const before = panel.requests.length
    const outcome = await outcomeOf(client, call, panel)
    const { requests, ...about } = whatWasSent(panel.requests.slice(before), call)
    const shownRequests = requests.map((request) => shown(request, call.headers && every))
    const made = { requests: shownRequests, ...about, outcome, stored: clientsOf(panel.inbounds) }
    const known = { url: panel.url, start: START, given: [inbounds(), call.args] }
    // A status is for the comparison to see a missing route by; it is the panel's, not the library's.
    return { ...withPlaceholders(made, known), statuses: requests.map(({ status }) => status) }
  } finally {
    // The reference would keep the process alive for as long as a session lasts.
    await client.sessionManager?.store?.clear?.()
    await panel.close()
  }
}

function clientFor(name, panel, { path = '', credentials = ['admin', 'admin'], client = {} }) {
  const Library = LIBRARIES[name]
  const options = { loginRetryBackoff: 0, ...client }
  return typeof credentials === 'function'
    ? new Library(panel.url + path, { ...options, ...credentials(panel) })
    : new Library(panel.url + path, ...credentials, options)
}

/** The requests that a call is about, and what there is to know of those that only lead up to it. */
function whatWasSent(all, { access, headers, unordered }) {
  const requests = all.filter(({ path }) => !ACCESS.test(path))
  if (unordered) requests.sort((a, b) => (a.path + a.body < b.path + b.body ? -1 : 1))
  const logins = all.filter(({ method, path, status }) => isLogin(method, path) && status !== 404)
  return {
    requests,
    logins: logins.length,
    ...(access && { access: all.filter(({ path }) => ACCESS.test(path)).map(lineOf) }),
    ...(access && headers && { login: shown(logins.at(-1), every) }),
  }
}

/** A value or an error, and whether the error came at once. */
async function outcomeOf(client, call, panel) {
  const args = structuredClone(call.args ?? [])
  let promised
  try {
    promised = call.run ? call.run(client, panel) : client[call.name](...args)
  } catch (error) {
    return { throws: errorShown(error) }
  }
  try {
    return { resolves: await promised }
  } catch (error) {
    return { rejects: errorShown(error) }
  }
}

function errorShown(error) {
  const { name, message, code, isAxiosError = false, response } = error
  return { name, message, code, isAxiosError, status: response?.status, data: response?.data }
}

function shown(request, isWanted) {
  const [path, query] = request.path.split('?')
  const body = bodyOf(request)
  const headers = isWanted === every ? everyHeader(request) : unusualHeaders(request, body)
  return {
    line: `${request.method} ${path}`,
    query: query === undefined ? undefined : Object.fromEntries(new URLSearchParams(query)),
    body,
    headers: Object.keys(headers).length > 0 ? headers : undefined,
  }
}

function everyHeader({ headers }) {
  const names = Object.keys(headers).filter((name) => !INCIDENTAL.includes(name))
  return Object.fromEntries(names.map((name) => [name, headers[name]]))
}

/** Those that tell something and are not as usual; a missing one is null. Without a body there is no type of it. */
function unusualHeaders(request, body) {
  const usual = { ...USUAL, ...(body === undefined && { 'content-type': undefined }) }
  const unusual = TELLING.filter((name) => request.headers[name] !== usual[name])
  return Object.fromEntries(unusual.map((name) => [name, request.headers[name]?.replace(boundaryOf(request), '<boundary>') ?? null]))
}

/** What the parts of a form are kept apart by is made up anew for each. */
const boundaryOf = ({ headers }) => /(?<=boundary=).+/.exec(headers['content-type'] ?? '')?.[0] ?? '<boundary>'

function bodyOf({ body, headers }) {
  if (body === '') return undefined
  if (headers['content-type']?.includes('form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(body))
  try {
    return JSON.parse(body)
  } catch {
    return body.replaceAll(boundaryOf({ headers }), '<boundary>')
  }
}

const every = () => true

const isLogin = (method, path) => method === 'POST' && path.endsWith('/login')

const lineOf = ({ method, path }) => `${method} ${path}`
