/*
 * The whole matrix: every call on every version that our panel plays, on each way to the panel.
 *
 * Each way has a panel of its own, on which the same happens in the same order: what the calls do is comparable to the
 * last byte.
 */

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { withPlaceholders } from '../differential/placeholders.mjs'
import { SEEN_ON, WAYS } from '../support/ways.mjs'
import { CALLS } from './calls.mjs'
import { play } from './play.mjs'
import { Stage } from './stage.mjs'

const START = Date.now()

/** How each method fared on a version: by way, by the method's name. What methods ask for is always seen first. */
export async function playAll(version, ways = Object.keys(WAYS)) {
  const seen = await playOn(version, SEEN_ON)
  const others = ways.filter((way) => way !== SEEN_ON)
  const cells = await Promise.all(others.map((way) => playOn(version, way, seen)))
  return { [SEEN_ON]: seen, ...Object.fromEntries(others.map((way, at) => [way, cells[at]])) }
}

/** @param seen - How the methods fared on the way on which is seen what they ask for; left out for that way itself. */
async function playOn(version, way, seen) {
  const panel = await startPanel({ version, now: () => START })
  try {
    const helper = new ThreeXUI(panel.url, 'admin', 'admin')
    const client = new ThreeXUI(panel.url, 'admin', 'admin', { loginRetryBackoff: 0 })
    const shared = await Stage.prepare(helper, 20_000)
    await client.getPanelInfo()
    const lines = []
    WAYS[way](client, (verb, path) => lines.push(`${verb.toUpperCase()} ${path}`))
    const cells = {}
    for (const row of CALLS) {
      const stage = new Stage(client, helper, handlesOf(panel, lines), shared)
      const cell = await play(row, stage, seen?.[row.method].asked ?? lines)
      cells[row.method] = { ...cell, record: recordOf(cell, panel) }
    }
    return cells
  } finally {
    await panel.close()
  }
}

/** What a stage needs of its panel. A call that begins anew forgets what was asked for, too. */
function handlesOf(panel, asked) {
  let from = 0
  return {
    mark() {
      from = panel.requests.length
      asked.length = 0
    },
    requests: () => panel.requests.slice(from),
    setInboundTraffic: (id, counters) => panel.setInboundTraffic(id, counters),
  }
}

/** What has to be the same on every way: the requests as the panel got them, and what came of them. */
function recordOf({ how, wrong, sent, answer, error }, { url }) {
  const requests = sent.map(({ method, path, body, headers }) => ({ line: `${method} ${path}`, body: bodyOf(body), type: typeOf(headers) }))
  const outcome = error ? { name: error.name, message: error.message } : answer
  const { port } = new URL(url)
  const made = JSON.stringify({ how, wrong, requests, outcome }, (_, value) => (value === Number(port) ? 0 : keyless(value, port)))
  return withPlaceholders(JSON.parse(made), { url, start: START, given: [] })
}

/** Of keys that a panel makes only the length is to be seen, and nothing of its port. */
function keyless(value, port) {
  if (typeof value !== 'string') return value
  return value.replace(/[\w+/-]{40,}=*/g, ({ length }) => `<key of ${length}>`).replaceAll(`"webPort":${port}`, '"webPort":0')
}

/** Where the parts of a form begin is made up anew for each. */
const bodyOf = (body) => body.replace(/(?<=^--)[^\r]+(?=\r\n)[^]*/, (form) => form.replaceAll(form.slice(0, form.indexOf('\r')), '<boundary>'))
const typeOf = (headers) => headers['content-type']?.replace(/boundary=.*/, 'boundary=<boundary>')

/** A cell in words: how, and by how many requests. */
export const inWords = ({ how, sent, wrong }) => (how === 'wrong' ? `wrong: ${wrong}` : `${how} ${sent.length}`)
