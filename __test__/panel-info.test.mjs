/*
 * Finding out which panel it is: by how many requests, how long it is remembered, and what happens when it changes.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI, { UnsupportedByPanelError } from '3xui-native'
import { VERSIONS, startPanel } from '3xui-native/testing'

import { errorOf } from './support/panels.mjs'
import { inbound, panelFor } from './support/wire.mjs'

const clientOf = (panel, options) => new ThreeXUI(panel.url, 'admin', 'admin', options)
const linesFrom = (panel, from) => panel.requests.slice(from).map(({ method, path }) => `${method} ${path}`)
const named = (version) => (version === 'HEAD' ? '3.6.0' : version)

/** What it takes to find the version out, beside the login. */
const ASKED = {
  2: ['GET /'],
  30: ['GET /panel/api/server/status', 'GET /panel/'],
  31: ['GET /panel/api/server/status'],
}

const askedOn = (version) => {
  const [major, minor] = version === 'HEAD' ? [3, 6] : version.split('.').map(Number)
  return major === 2 ? ASKED[2] : minor === 0 ? ASKED[30] : ASKED[31]
}

for (const version of VERSIONS) {
  test(`the version is found out once, and told: ${version}`, async (t) => {
    const panel = await panelFor(t, { version })
    const client = clientOf(panel)
    await client.login()
    const from = panel.requests.length
    const [info] = await Promise.all([client.getPanelInfo(), client.getPanelInfo(), client.getPanelInfo()])
    assert.equal(info.version, named(version))
    assert.deepEqual(linesFrom(panel, from), askedOn(version))
    assert.deepEqual(await client.getPanelInfo(), info)
    await client.getNewUUID()
    assert.equal(linesFrom(panel, from).length, askedOn(version).length + (info.generation === 1 ? 0 : 1))
    assert.equal(panel.logins, 1)
  })

  test(`what is known of the panel is shared with the session: ${version}`, async (t) => {
    const panel = await panelFor(t, { version })
    const sessionManager = new ThreeXUI.SessionManager()
    const info = await clientOf(panel, { sessionManager }).getPanelInfo()
    const from = panel.requests.length
    assert.deepEqual(await clientOf(panel, { sessionManager }).getPanelInfo(), info)
    assert.deepEqual(linesFrom(panel, from), [])
  })
}

test('a panel says its own name from 3.3 on, and what it can do', async (t) => {
  const [old, mid, newest] = await Promise.all(
    ['2.6.7', '3.1.0', 'HEAD'].map(async (version) => clientOf(await panelFor(t, { version })).getPanelInfo()),
  )
  assert.deepEqual([old.guid, mid.guid], [null, null])
  assert.match(newest.guid, /^[0-9a-f-]{36}$/)
  const has = ({ capabilities }) => Object.keys(capabilities).filter((name) => capabilities[name]).sort()
  assert.deepEqual(has(old), ['serverApi'])
  assert.deepEqual(has(mid), ['clientTable', 'cpuHistory', 'csrf', 'customGeo', 'lastOnline', 'nodes', 'serverApi'])
  assert.deepEqual(has(newest), ['bulkClients', 'clientTable', 'cpuHistory', 'csrf', 'groups', 'lastOnline', 'nodes', 'serverApi'])
})

test('a panel whose pages tell nothing is known by what it has', async (t) => {
  const panel = await panelFor(t, { version: '2.8.11' })
  const client = clientOf(panel)
  panel.failNext({ path: /\/$/, body: '<html></html>', times: 9 })
  const { version, generation } = await client.getPanelInfo()
  assert.deepEqual([version, generation], [null, 2])
  const error = await errorOf(() => client.getNodes())
  assert.ok(error instanceof UnsupportedByPanelError, error.name)
  assert.match(error.message, /^getNodes does not exist on this panel \(between 2\.7\.0 and 2\.9\): it exists from 3\.0\.0 on/)
  const from = panel.requests.length
  const geo = await errorOf(() => client.getCustomGeos())
  assert.ok(geo instanceof UnsupportedByPanelError, 'a route that may be there is asked for, and then said to be missing')
  assert.equal(linesFrom(panel, from)[0], 'GET /panel/api/custom-geo/list')
  assert.equal(panel.logins, 1)
})

test('an API token reaches what is in the API, and is told what is not', async (t) => {
  const panel = await panelFor(t, { version: '3.1.0' })
  const client = new ThreeXUI(panel.url, { token: panel.token })
  assert.equal((await client.getClients()).success, true)
  const error = await errorOf(() => client.getAllSettings())
  assert.ok(error instanceof UnsupportedByPanelError, error.name)
  assert.match(error.message, /3\.1\.0.*no API token.*from 3\.3\.0 on/)
  assert.equal((await client.getPanelInfo()).version, '3.1.0')
})

for (const [before, after] of [['2.8.11', 'HEAD'], ['3.0.2', '3.6.0'], ['3.1.0', '3.6.0']]) {
  test(`a panel may be upgraded under a running client: ${before} to ${after}`, async (t) => {
    const old = await panelFor(t, { version: before })
    old.addInbound(inbound())
    const client = clientOf(old)
    const description = (email) => ({ id: 1, settings: { clients: [{ id: client.generateUUID(), email, enable: true }] } })
    await client.addClient(description('before'))
    await client.getPanelInfo()
    await client.getAllSettings()
    const port = Number(new URL(old.url).port)
    const { inbounds } = old
    await old.close()
    const panel = await startPanel({ version: after, port, inbounds: inbounds.map(({ id, tag, ...rest }) => rest) })
    t.after(() => panel.close())

    assert.equal((await client.getAllSettings()).success, true)
    assert.equal((await client.addClient(description('after'))).success, true)
    assert.equal((await client.getClient('before')).obj.client.email, 'before')
    assert.deepEqual(panel.inbounds[0].settings.clients.map(({ email }) => email), ['before', 'after'])
    assert.equal((await client.getPanelInfo()).version, named(after))
    assert.equal(panel.logins, 1)
  })
}

test('a write under which the panel was upgraded is made once', async (t) => {
  const old = await panelFor(t, { version: '3.0.2' })
  old.addInbound(inbound())
  const client = clientOf(old)
  await client.getPanelInfo()
  const port = Number(new URL(old.url).port)
  await old.close()
  const panel = await startPanel({ version: 'HEAD', port, inbounds: [inbound()] })
  t.after(() => panel.close())
  const entry = { id: client.generateUUID(), email: 'a', enable: true }
  assert.equal((await client.addClient({ id: 1, settings: { clients: [entry] } })).success, true)
  assert.equal(panel.inbounds[0].settings.clients.length, 1)
  assert.equal(panel.requests.filter(({ path }) => path.endsWith('/clients/add')).length, 1)
})
