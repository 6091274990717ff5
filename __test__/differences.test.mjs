/*
 * What is better here on purpose: one test for each difference that a program depends on, by its name in
 * docs/DIFFERENCES.md; and that all of them are held by something.
 */

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { DIFFERENCES } from './differential/differences.mjs'
import { ACCEPTED } from './differential/accepted.mjs'
import { missingRoutes } from './differential/missing.mjs'
import { playRecorded } from './differential/recorded/panel.mjs'
import { inbounds, newcomer, UUID } from './differential/seed.mjs'
import { TRANSLATED } from './differential/translate.mjs'
import { declaredTests } from './support/declared-tests.mjs'

const VERSIONS = ['2.8.11', 'HEAD']
const GIGABYTE = 1024 ** 3

async function panelFor(t, version = 'HEAD', options = {}) {
  const panel = await startPanel({ version, inbounds: inbounds(), ...options })
  t.after(() => panel.close())
  return panel
}

async function recordedFor(t) {
  const panel = await playRecorded('HEAD')
  t.after(() => panel.close())
  return panel
}

const clientOf = ({ url }, options) => new ThreeXUI(url, 'admin', 'admin', { loginRetryBackoff: 0, ...options })
const lineOf = ({ method, path }) => `${method} ${path}`
const fieldsOf = ({ body }) => Object.fromEntries(new URLSearchParams(body))
const clientNamed = (panel, email) =>
  panel.inbounds.flatMap(({ settings }) => settings.clients ?? []).find((one) => one.email === email)

/** By the difference's name: what holds it. */
const HELD = {
  async 'get-without-body'(t) {
    const panel = await panelFor(t)
    await clientOf(panel).getInbounds()
    const { body, headers } = panel.requests.find(({ path }) => path.endsWith('/list'))
    assert.equal(body, '')
    assert.equal(headers['content-type'], undefined)
  },

  async 'one-login-route'(t) {
    for (const version of VERSIONS) {
      const panel = await panelFor(t, version)
      await clientOf(panel).login()
      const told = panel.requests.filter(({ body }) => body.includes('password='))
      assert.deepEqual(told.map(lineOf), ['POST /login'])
    }
  },

  async 'last-cookie'(t) {
    const panel = await panelFor(t, '2.8.11')
    const cookies = ['3x-ui=; Max-Age=0', '3x-ui=the-session; Path=/']
    panel.failNext({ path: '/login', body: { success: true, msg: '', obj: null }, headers: { 'set-cookie': cookies } })
    const client = clientOf(panel)
    await client.login()
    assert.equal(client.cookie, '3x-ui=the-session')
  },

  async 'logout-by-post'(t) {
    for (const [version, verb] of [
      ['2.8.11', 'GET'],
      ['HEAD', 'POST'],
    ]) {
      const panel = await panelFor(t, version)
      const client = clientOf(panel)
      await client.getInbounds()
      await client.logout()
      assert.equal(lineOf(panel.requests.at(-1)), `${verb} /logout`)
      assert.equal(panel.logins, 1)
    }
  },

  async 'form-fields'(t) {
    const panel = await recordedFor(t)
    const client = clientOf(panel)
    const sentBy = async (call) => {
      assert.equal((await call()).success, true)
      const request = panel.requests.at(-1)
      assert.equal(request.headers['content-type'], 'application/x-www-form-urlencoded')
      return fieldsOf(request)
    }
    assert.deepEqual(await sentBy(() => client.updateXrayConfig({ log: {} })), { xraySetting: '{"log":{}}' })
    assert.deepEqual(await sentBy(() => client.manageWarp('license', { license: 'x' })), { license: 'x' })
    assert.deepEqual(await sentBy(() => client.resetOutboundsTraffic()), { tag: '-alltags-' })
  },

  async 'paged-clients'(t) {
    const panel = await panelFor(t)
    const client = clientOf(panel)
    const page = (params) => client.getPagedClients(params).then(({ obj }) => obj.items.map(({ email }) => email))
    assert.deepEqual(await page({ size: 1, sort: 'email', order: 'desc' }), ['erin'])
    assert.deepEqual(await page({ pageSize: 1, sort: 'email', order: 'descend' }), ['erin'])
    assert.deepEqual(await page({ email: 'ali' }), ['alice'])
    assert.deepEqual(await page({ search: 'ali' }), ['alice'])
  },

  async 'limiter-counts-logins'(t) {
    const panel = await panelFor(t)
    const client = clientOf(panel, { maxRequestsPerMinute: 1 })
    for (let count = 0; count < 15; count++) await client.login()
    for (let count = 0; count < 5; count++) await client.getInbounds()
    assert.equal(panel.logins, 1)
    const middleware = ThreeXUI.createExpressMiddleware({ baseURL: panel.url, username: 'admin', password: 'admin' })
    for (let count = 0; count < 15; count++) {
      await new Promise((next, fail) => void middleware({}, { status: () => ({ json: fail }) }, next))
    }
    assert.equal(panel.logins, 2)
    const told = client.getSecurityStats().recentActivities.map(({ type }) => type)
    assert.deepEqual(told, ['rate_limit_exceeded'], 'the figure is watched and told')
  },

  async 'login-options'(t) {
    for (const version of VERSIONS) {
      const panel = await panelFor(t, version)
      const client = clientOf(panel, { autoGenerateCredentials: true })
      const body = (id) => ({
        id,
        settings: { clients: [newcomer({ id: undefined, email: `new-${id}`, subId: `s${id}` })] },
      })
      const vless = await client.addClient(body(1))
      assert.equal(vless.success, true)
      assert.match(vless.credentials[0].id, /^[0-9a-f-]{36}$/)
      assert.equal(clientNamed(panel, 'new-1').id, vless.credentials[0].id)
      const trojan = await client.addClient(body(3))
      assert.equal(clientNamed(panel, 'new-3').password, trojan.credentials[0].password)
      assert.equal((await clientOf(panel).addClient(body(1))).success, false, 'nothing is made up unless asked for')
    }
  },

  async silence(t) {
    const said = ['log', 'info', 'warn', 'error', 'debug'].map((level) => t.mock.method(console, level, () => {}).mock)
    const panel = await panelFor(t)
    const broken = {
      getSession: () => Promise.reject(new Error('down')),
      setSession: () => Promise.reject(new Error('down')),
    }
    const client = new ThreeXUI(`${panel.url}/panel`, 'admin', 'wrong', { sessionManager: { customHandler: broken } })
    await assert.rejects(client.login())
    await client.updateClientWithCredentials('x', 1, {})
    client.password = 'admin'
    await client.login(true)
    assert.equal(
      said.reduce((sum, mock) => sum + mock.callCount(), 0),
      0,
    )
  },

  async 'bulk-gigabytes'(t) {
    const panel = await panelFor(t)
    const client = clientOf(panel)
    const item = (email) => ({ client: newcomer({ id: undefined, email, subId: email, totalGB: 2 }), inboundIds: [1] })
    await client.addModernClient(item('one'))
    await client.bulkCreateModernClients([item('many')])
    for (const email of ['one', 'many']) assert.equal(clientNamed(panel, email).totalGB, 2 * GIGABYTE, email)
  },

  async 'update-keeps'(t) {
    for (const version of VERSIONS) {
      const panel = await panelFor(t, version)
      const { success } = await clientOf(panel).updateClientWithCredentials(UUID.alice, 1, { totalGB: 3 })
      assert.equal(success, true)
      const { id, limitIp, comment, subId, totalGB } = clientNamed(panel, 'alice')
      assert.deepEqual(
        [id, limitIp, comment, subId, totalGB],
        [UUID.alice, 2, 'about alice', 'sub-alice', 3 * GIGABYTE],
      )
    }
  },

  async 'traffic-names'(t) {
    for (const version of VERSIONS) {
      const panel = await panelFor(t, version)
      const client = clientOf(panel)
      const counters = async () => {
        const { obj } = await client.getClientTrafficsByEmail('alice')
        return [obj.up, obj.down]
      }
      await client.updateModernClientTrafficByEmail('alice', { up: 5, down: 6 })
      assert.deepEqual(await counters(), [5, 6])
      assert.equal(
        (await client.updateClientTraffic('alice', { totalGB: 1024, expiryTime: 4_102_444_800_000 })).success,
        true,
      )
      assert.deepEqual(await counters(), [5, 6], 'the counters stay')
      const { totalGB, expiryTime, id, comment } = clientNamed(panel, 'alice')
      assert.deepEqual([totalGB, expiryTime, id, comment], [1024, 4_102_444_800_000, UUID.alice, 'about alice'])
      assert.equal((await client.updateClientTraffic('nobody', { totalGB: 1 })).success, false)
    }
  },

  async 'form-input'(t) {
    for (const version of VERSIONS) {
      const panel = await panelFor(t, version)
      const client = clientOf(panel)
      const added = await client.addClientWithCredentials('1', 'vless', { email: 'off', totalGB: '1', enable: 'false' })
      assert.equal(added.success, true)
      assert.equal(clientNamed(panel, 'off').enable, false)
      assert.equal(clientNamed(panel, 'off').totalGB, GIGABYTE)
      const modern = { client: newcomer({ id: undefined, enable: '1' }), inboundIds: ['1'] }
      assert.equal((await client.addModernClient(modern)).success, true)
      assert.equal((await client.updateClientWithCredentials(UUID.alice, '1', { enable: '0' })).success, true)
      assert.equal(clientNamed(panel, 'alice').enable, false)
      const message = 'Invalid enable: must be true or false'
      await assert.rejects(client.addClientWithCredentials(1, 'vless', { enable: 'maybe' }), { message })
    }
  },

  async 'refused-before'(t) {
    const panel = await panelFor(t, '2.8.11')
    const client = clientOf(panel)
    const inbound = (email) => ({ port: 4100, protocol: 'vless', settings: { clients: [{ id: UUID.nobody, email }] } })
    for (const email of ['', undefined, 'a<b', 'x'.repeat(101)]) {
      assert.throws(() => client.addInbound(inbound(email)), ThreeXUI.ValidationError, String(email))
    }
    const inboundId = 'Invalid inboundId: must be a positive whole number'
    assert.equal((await client.updateClientWithCredentials(UUID.alice, 'x', {})).message, inboundId)
    assert.equal(panel.requests.length, 0)
    assert.equal(
      (await client.addInbound(inbound('🦀'.repeat(100)))).success,
      true,
      'characters are counted, not units',
    )
    const { obj } = await client.getInbound(1)
    assert.equal((await client.updateInbound(1, obj)).success, true, 'what was read can be written back')
  },
}

for (const [name, holds] of Object.entries(HELD)) test(name, holds)

const all = Object.values(DIFFERENCES).flat()

test('every reason for which the libraries may differ is one of a listed difference', () => {
  const given = new Set([
    ...TRANSLATED,
    ...missingRoutes.map(({ because }) => because),
    ...Object.values(ACCEPTED).flatMap((byReason) => Object.keys(byReason)),
  ])
  const listed = all.flatMap(({ reasons = [] }) => reasons)
  assert.deepEqual(
    [...given].filter((reason) => !listed.includes(reason)),
    [],
  )
  assert.deepEqual(
    listed.filter((reason) => !given.has(reason)),
    [],
  )
  assert.equal(new Set(listed).size, listed.length, 'a reason is of one difference')
})

test('every difference is held by exceptions of the comparison, or by a test that is there', () => {
  for (const { id, reasons, test: named } of all) {
    assert.ok(reasons || named, id)
    if (!named) continue
    const [, file, name] = /^(.+?): (.+)$/.exec(named)
    const path = join(import.meta.dirname, file)
    assert.ok(existsSync(path), file)
    assert.ok(name in HELD || declaredTests(path).includes(name), named)
  }
  assert.deepEqual(
    Object.keys(HELD).filter((name) => !all.some(({ test: named }) => named?.endsWith(`: ${name}`))),
    [],
  )
})
