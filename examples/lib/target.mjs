/*
 * The panel to work on: a real one, or one of our own that ends with the tour.
 */

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { UsageError } from './arguments.mjs'

/**
 * @typedef {object} Target
 * @property {ThreeXUI} client
 * @property {string} name - How the panel is called in what we print.
 * @property {string} way - How the client logs in.
 * @property {(emails: string[]) => void} use - Has these clients used by somebody; does nothing on a real panel.
 * @property {() => Promise<void>} end
 */

/** @returns {Promise<Target>} */
export async function open({ real, version }) {
  return real ? realPanel(real) : ownPanel(version)
}

function realPanel({ url, options }) {
  const way = options.token ? 'with a token' : `as ${options.username}`
  const client = new ThreeXUI(url, options)
  return { client, name: `the panel at ${shown(client.baseURL)}`, way, use: () => {}, end: async () => {} }
}

async function ownPanel(version) {
  const panel = await started(version)
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const name = `our own panel, playing ${panel.version}, at ${panel.url}`
  const use = (emails) => {
    emails.forEach((email, at) => {
      panel.setTraffic(email, { up: (at + 1) * 12_345_678, down: (at + 1) * 987_654_321 })
      panel.setIps(email, ['192.0.2.7', '198.51.100.21'].slice(at % 2))
    })
    panel.setOnline(emails.slice(0, 2))
  }
  return { client, name, way: 'as admin', use, end: () => panel.close() }
}

async function started(version) {
  try {
    return await startPanel({ version })
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error
  }
}

/** Without the user and password that a URL may carry. */
function shown(url) {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}
