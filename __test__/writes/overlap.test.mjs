/*
 * Every row of the route table that changes something, beside additions and an update: as the panel sees it, two writes of the
 * same are never under way at once on versions that lose what two of them did.
 */

import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { routeTable } from '../support/route-table.mjs'
import { CASES, INBOUNDS } from '../support/writes-by-row.mjs'

const PARTS = ['Settings', 'Xray', 'Geo', 'Nodes']
const WRITES = routeTable()
  .filter(({ does }) => does === 'writes')
  .map(({ template, touches }) => ({ touches, path: new RegExp(`${template.replaceAll(/\{[^}]*\}/g, '[^/?]+')}(\\?|$)`) }))
const rowOf = ({ method, path }) => (method === 'POST' ? WRITES.find((row) => row.path.test(path)) : undefined)
const isWrite = (request) => rowOf(request) !== undefined

/** Which part of the panel a write is about, beside its inbounds and clients; null for those. */
const partOf = (request) => PARTS.find((part) => part === rowOf(request).touches) ?? null

/** The inbound that a write is about; null where it may be about any. */
function inboundOf({ path, body }) {
  const named = /inbounds\/(?:update\/|del\/)?(\d+)(?:\/|$)/.exec(path)?.[1]
  if (named) return Number(named)
  return /(addClient$|updateClient\/)/.test(path) ? Number(JSON.parse(body).id) : null
}

/** Notes each write that comes while another one, with which it may not meet, has no answer yet. */
function overlapsOf(panel, meets) {
  const overlaps = []
  const underWay = () => panel.requests.filter((request) => isWrite(request) && request.status === undefined)
  const { push } = panel.requests
  panel.requests.push = (request) => {
    if (isWrite(request)) {
      const met = underWay().filter((other) => meets(request, other))
      overlaps.push(...met.map((other) => `${request.path} beside ${other.path}`))
    }
    return push.call(panel.requests, request)
  }
  return overlaps
}

/** What two writes must not do at once: anything on 2.x; on 3.0 the same part, or the same inbound where both name one. */
const MEETS = {
  '2.8.11': () => true,
  '3.0.2': (one, other) => {
    if (partOf(one) !== partOf(other)) return false
    const inbounds = [inboundOf(one), inboundOf(other)]
    return inbounds.includes(null) || inbounds[0] === inbounds[1]
  },
}

const panels = []
after(() => Promise.all(panels.map((panel) => panel.close())))

async function play([name, , , call, , prepare], version) {
  const panel = await startPanel({ version, inbounds: INBOUNDS })
  panels.push(panel)
  const on = { panel, client: new ThreeXUI(panel.url, 'admin', 'admin'), helper: new ThreeXUI(panel.url, 'admin', 'admin') }
  await prepare?.(on)
  await on.client.getPanelInfo()
  const overlaps = overlapsOf(panel, MEETS[version])
  panel.delay(3)
  const entry = (n) => ({ email: `new-${n}`, id: ThreeXUI.CredentialGenerator.generateSecureUUID(), enable: true })
  const answers = await Promise.allSettled([
    on.client.addClient({ id: 1, settings: { clients: [entry(1)] } }),
    call(on),
    on.helper.addClient({ id: 1, settings: { clients: [entry(2)] } }),
    on.client.updateModernClient('resident', { limitIp: 9 }),
  ])
  panel.delay(0)
  assert.ok(panel.requests.filter(isWrite).length >= 3, `${name}: nothing was written`)
  const failed = answers.filter(({ reason }) => reason?.name === 'PanelError').map(({ reason }) => reason.message)
  return { overlaps: [...overlaps], failed }
}

for (const [at, each] of CASES.entries()) {
  const versions = Object.keys(MEETS).filter((version) => each[1].includes(version))
  if (versions.length === 0) continue
  test(`no write meets another: ${each[0]} (${at})`, async () => {
    for (const version of versions) {
      assert.deepEqual(await play(each, version), { overlaps: [], failed: [] }, `two writes met on ${version}`)
    }
  })
}
