/*
 * The whole matrix: every call on every version that our panel plays.
 */

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { CALLS } from './calls.mjs'
import { play } from './play.mjs'
import { Stage } from './stage.mjs'

/** What our panel refuses as real ones do. */
const REFUSED = ['importDB']

/** How each method fared on a version, by its name. */
export async function playAll(version) {
  const panel = await startPanel({ version })
  try {
    const helper = new ThreeXUI(panel.url, 'admin', 'admin')
    const client = new ThreeXUI(panel.url, 'admin', 'admin')
    const shared = await Stage.prepare(helper, 20_000)
    await client.getPanelInfo()
    const cells = {}
    for (const row of CALLS) cells[row.method] = await playOne(row, panel, client, helper, shared)
    return cells
  } finally {
    await panel.close()
  }
}

async function playOne(row, panel, client, helper, shared) {
  let from = 0
  const handles = {
    mark: () => void (from = panel.requests.length),
    setInboundTraffic: (id, counters) => panel.setInboundTraffic(id, counters),
  }
  const stage = new Stage(client, helper, handles, shared)
  stage.mayRefuse = (method) => REFUSED.includes(method)
  return play(row, stage, () => panel.requests.slice(from))
}

/** A cell in words: how, and by how many requests. */
export const inWords = ({ how, sent, wrong }) => (how === 'wrong' ? `wrong: ${wrong}` : `${how} ${sent.length}`)
