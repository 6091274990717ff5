/*
 * Hundreds of calls at once, on panels that lose writes that meet and fail over them as the real ones do: nothing is lost,
 * nothing is left behind, and it takes a handful of requests.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

/** Versions that take several clients in one request. */
const VERSIONS = ['2.6.7', '2.8.11', '3.0.2', '3.6.0', 'HEAD']
const COUNT = 1_000

async function started(t, version, inbounds) {
  const panel = await startPanel({
    version,
    inbounds: Array.from({ length: inbounds }, (_, at) => ({ port: 1001 + at, protocol: 'vless' })),
    faults: { concurrentWrites: true },
  })
  t.after(() => panel.close())
  return { panel, client: new ThreeXUI(panel.url, 'admin', 'admin') }
}

const writesOf = (panel) => panel.requests.filter(({ method, path }) => method === 'POST' && /addClient|clients\/(add|bulkCreate)$/.test(path))

/** Traffic rows whose client is nowhere. */
async function orphansOf(client, panel) {
  const stored = new Set(panel.inbounds.flatMap(({ settings }) => settings.clients.map(({ email }) => email)))
  const { obj } = await client.getInbounds()
  return obj.flatMap(({ clientStats }) => clientStats ?? []).filter(({ email }) => !stored.has(email))
}

for (const version of VERSIONS) {
  test(`${COUNT} clients at once on one inbound (${version})`, async (t) => {
    const { panel, client } = await started(t, version, 1)
    const results = await Promise.all(
      Array.from({ length: COUNT }, (_, n) => client.addClientWithCredentials(1, 'vless', { email: `c${n}` })),
    )
    assert.ok(results.every(({ success }) => success))
    const stored = new Map(panel.inbounds[0].settings.clients.map(({ email, id }) => [email, id]))
    assert.equal(stored.size, COUNT)
    for (const { credentials } of results) assert.equal(stored.get(credentials.email), credentials.id)
    assert.ok(writesOf(panel).length <= 20, `${writesOf(panel).length} writes`)
    assert.deepEqual(await orphansOf(client, panel), [])
  })

  test(`${COUNT} clients at once over ten inbounds (${version})`, async (t) => {
    const { panel, client } = await started(t, version, 10)
    const results = await Promise.all(
      Array.from({ length: COUNT }, (_, n) => client.addClientWithCredentials(1 + (n % 10), 'vless', { email: `c${n}` })),
    )
    assert.ok(results.every(({ success }) => success))
    for (const { settings } of panel.inbounds) assert.equal(settings.clients.length, COUNT / 10)
    assert.ok(writesOf(panel).length <= 40, `${writesOf(panel).length} writes`)
    assert.deepEqual(await orphansOf(client, panel), [])
  })
}
