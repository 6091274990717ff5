/*
 * The panel to work on: a real one, or one of our own that ends with the tour.
 */

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { UsageError } from './arguments.mjs'

/** Opens what was asked for: a client, what to call the panel, and how to end. */
export async function open({ real, version }) {
  if (real) {
    const { url, options } = real
    const way = options.token ? 'with a token' : `as ${options.username}`
    return { client: new ThreeXUI(url, options), name: `the panel at ${shown(url)}`, way, end: async () => {} }
  }
  const panel = await started(version)
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  return { client, name: `our own panel, playing ${panel.version}, at ${panel.url}`, way: 'as admin', end: () => panel.close() }
}

async function started(version) {
  try {
    return await startPanel({ version })
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error
  }
}

/** A URL may carry a user and a password of its own. */
function shown(url) {
  return url.replace(/\/\/[^/@]*@/, '//')
}
