/*
 * What a library makes of a call, read at the panel: each request with its verb, path, query, type and body; what it asks
 * its `_request` for where a program has overridden that; and the error that the call ended in, if any.
 *
 * The panel answers whatever is asked with the same success, so that what is sent depends on the call alone.
 */

import { startPanel } from '3xui-native/testing'

import { SEEN_ON, WAYS } from '../support/ways.mjs'

const STORED = { success: true, msg: '', obj: { stored: true } }

/** What a panel answers as itself: having a session. */
const ACCESS = /^\/(csrf-token|login|panel\/api\/login)?$/
const OTHERS = /^\/(?!$|csrf-token$|login$|panel\/api\/login$)/

/** What `Library` sends for `method(...args)` to a panel of that version, on one of the ways. */
export async function record(Library, method, args, { version = 'HEAD', way = 'direct' } = {}) {
  const panel = await startPanel({ version })
  const client = new Library(panel.url, 'admin', 'admin', { loginRetryBackoff: 0 })
  try {
    await client.login()
    // A library that wants to know the version finds it out now, and not in the midst of the call.
    await client.getPanelInfo?.()
    const asked = []
    WAYS[way](client, (verb, path, data, headers, options) => asked.push({ verb, path, ...present({ data, headers, options }) }))
    panel.failNext({ path: OTHERS, times: Infinity, body: STORED })
    panel.requests.length = 0
    const error = await errorOf(client, method, structuredClone(args))
    const requests = panel.requests.filter(({ path }) => !ACCESS.test(path)).map(shown)
    return JSON.parse(JSON.stringify({ requests, ...(way === SEEN_ON && { asked }), error }))
  } finally {
    // The original would keep the process alive for as long as a session lasts.
    await client.sessionManager?.store?.clear?.()
    await panel.close()
  }
}

async function errorOf(client, method, args) {
  try {
    await client[method](...args)
  } catch ({ message }) {
    return message
  }
}

/** Only what says something: an empty object and nothing at all are one and the same on the wire. */
function present(parts) {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined && JSON.stringify(part) !== '{}'))
}

/** An empty body and none are one and the same to a panel. */
function shown({ method, path, headers, body }) {
  const has = body !== '' && body !== '{}'
  return { line: `${method} ${path}`, ...(has && { type: headers['content-type'], body: parsed(body) }) }
}

function parsed(body) {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
