/*
 * What the tests of logging in and of the wire share: panels and bare servers that end with their test, and
 * questions about the requests they received.
 *
 * Knows paths and headers; knows nothing of what a test expects of them.
 */

import { createServer } from 'node:http'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import testing from '3xui-native/testing'

/** The generations that every rule holds for. */
export const VERSIONS = ['2.8.11', 'HEAD']

/** A password that looks different in JSON, in a form and in a URL: whichever way it leaks, it is found. */
export const PASSWORD = 'pa"ss wörd/&+%=1'

/**
 * The same test against a panel of each version.
 *
 * @param {string} name - A sentence; the version is added to it.
 * @param {(panel: import('3xui-native/testing').TestPanel, t: import('node:test').TestContext) => unknown} body
 * @param {object} [options] - For the panel; `versions` where a rule holds for some only.
 */
export function onPanels(name, body, { versions = VERSIONS, ...options } = {}) {
  for (const version of versions) {
    test(`${name} (panel ${version})`, async (t) => body(await panelFor(t, { version, ...options }), t))
  }
}

/** A panel that ends with the test. */
export async function panelFor(t, options) {
  const panel = await testing.startPanel(options)
  t.after(() => panel.close())
  return panel
}

/** A client of the panel that waits for nothing between two logins: a test has no time to lose. */
export function clientOf({ url }, options) {
  return new ThreeXUI(url, 'admin', 'admin', { loginRetryBackoff: 0, ...options })
}

/**
 * An HTTP server that does what `answer(request, response, number)` says. It records every request like a panel
 * does and ends with the test.
 */
export async function serverFor(t, answer) {
  const requests = []
  const server = createServer(async (incoming, outgoing) => {
    const chunks = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method, url: path, headers } = incoming
    const request = { method, path, headers, body: Buffer.concat(chunks).toString() }
    requests.push(request)
    await answer(request, outgoing, requests.length)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(
    () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  )
  return { url: `http://127.0.0.1:${server.address().port}`, requests, server }
}

/** Answers JSON. */
export function sendJson(outgoing, value, headers = {}) {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  outgoing.writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(text)
}

/** The least that a panel before 3.0 does: one login, one cookie; `api` answers everything below `/panel`. */
export function oldPanel(api, cookie = 'value-of-the-session') {
  return (request, outgoing, number) => {
    if (request.path === '/csrf-token') return outgoing.writeHead(404).end()
    if (request.path === '/login') {
      return sendJson(
        outgoing,
        { success: true, msg: '', obj: null },
        { 'set-cookie': `3x-ui=${cookie}; Path=/; HttpOnly` },
      )
    }
    return api(request, outgoing, number)
  }
}

/** `GET /path` of every request, oldest first. */
export const lines = ({ requests }) => requests.map(({ method, path }) => `${method} ${path}`)

/** The requests to a path, whatever stands before it and in its query. */
export const requestsTo = ({ requests }, path) =>
  requests.filter((request) => request.path.split('?')[0].endsWith(path))

/** The requests that need a session. */
export const apiRequests = ({ requests }) => requests.filter(({ path }) => path.includes('/panel/'))

/** How many times `make` is to be called at once; resolves with what became of each. */
export const atOnce = (count, make) => Promise.allSettled(Array.from({ length: count }, (_, at) => make(at)))

/** The values of settled promises; throws the first failure there is. */
export function valuesOf(settled) {
  return settled.map(({ status, value, reason }) => {
    if (status === 'rejected') throw reason
    return value
  })
}

/** Why settled promises failed; throws where one did not. */
export function reasonsOf(settled) {
  return settled.map(({ status, reason }, at) => {
    if (status !== 'rejected') throw new Error(`Call ${at} of ${settled.length} should have failed`)
    return reason
  })
}

/** Waits until `holds()` is truthy, for what has no event of its own. */
export async function until(holds, what) {
  for (let left = 2000; left > 0; left--) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`Never came true: ${what}`)
}

/** An inbound that every version takes. */
export const inbound = (more = {}) => ({
  remark: 'main',
  enable: true,
  listen: '',
  port: 4443,
  protocol: 'vless',
  expiryTime: 0,
  total: 0,
  settings: { clients: [], decryption: 'none', fallbacks: [] },
  streamSettings: { network: 'tcp', security: 'none', tcpSettings: { header: { type: 'none' } } },
  sniffing: { enabled: false },
  ...more,
})
