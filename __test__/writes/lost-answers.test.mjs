/*
 * Every row of the route table that changes something, with its answer lost: after the panel has done the write, and
 * before. What the caller is told is true, and the panel has it once. What is expected of a row, its columns say.
 */

import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { routeTable } from '../support/route-table.mjs'
import { CASES, INBOUNDS, UNSEEN } from '../support/writes-by-row.mjs'

const rows = new Map(routeTable().map((row) => [row.name, row]))

test('every row of the table that changes something is played here', () => {
  const played = new Set(CASES.map(([name]) => name))
  const missing = [...rows.values()].filter(({ does, name }) => does !== 'reads' && !played.has(name)).map(({ name }) => name)
  assert.deepEqual(missing, [], 'add a case for what is new')
})

/** What the caller is to be told, by the row's columns. */
function expected({ repeatable, reconcile }, applied) {
  if (reconcile === 'Never') return 'unknown'
  return applied || repeatable ? 'done' : 'not-applied'
}

const panels = []
after(() => Promise.all(panels.map((panel) => panel.close())))

async function play([name, , path, call, isDone, prepare], version, applied) {
  const panel = await startPanel({ version, inbounds: INBOUNDS })
  panels.push(panel)
  const on = { panel, client: new ThreeXUI(panel.url, 'admin', 'admin'), helper: new ThreeXUI(panel.url, 'admin', 'admin') }
  await prepare?.(on)
  await on.client.getPanelInfo()
  const fault = { path, destroy: true, applied, ...(name === 'CreateBackup' ? {} : { method: 'POST' }) }
  panel.failNext(fault)
  const told = await call(on).then(
    ({ success, msg }) => (success ? 'done' : `refused: ${msg}`),
    (error) => error.outcome ?? `${error.name}: ${error.message}`,
  )
  assert.ok(panel.requests.some(({ method, status, path }) => status === undefined && (method === 'POST' || name === 'CreateBackup') && !path.endsWith('/login')), `${name} on ${version}: no answer was lost`)
  return { told, isDone: isDone === UNSEEN ? null : Boolean(await isDone(on)) }
}

for (const [at, each] of CASES.entries()) {
  const [name, versions] = each
  test(`what is told of a lost answer is true: ${name} (${at})`, async () => {
    const row = rows.get(name)
    const plays = versions.flatMap((version) => [true, false].map((applied) => ({ version, applied })))
    const results = await Promise.all(plays.map(async ({ version, applied }) => ({ version, applied, ...(await play(each, version, applied)) })))
    const wanted = plays.map(({ version, applied }) => {
      const told = expected(row, applied)
      return { version, applied, told, isDone: each[4] === UNSEEN ? null : applied || told === 'done' }
    })
    assert.deepEqual(results, wanted)
  })
}
