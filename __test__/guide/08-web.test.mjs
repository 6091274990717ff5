/*
 * The guide's "Web Integration Examples": the page talks to the app, the app to the panel.
 */

import assert from 'node:assert/strict'

import { onEachPanel } from '../support/guide-panel.mjs'
import { DAY, GIB, UUID } from '../support/guide-shapes.mjs'
import { guidePage, startGuideApp } from '../support/guide-web.mjs'

onEachPanel('the app creates a client with the limits of the request', async (panel, t) => {
  const inboundId = await panel.addInbound('vless')
  const app = await startApp(panel, t)
  const before = Date.now()

  const { status, answer } = await post(app, '/api/clients', {
    inboundId,
    email: 'web_001',
    limitIp: 2,
    totalGB: 10,
    expiryDays: 30,
  })

  assert.equal(status, 200)
  assert.equal(answer.success, true)
  assert.equal(answer.email, 'web_001')
  assert.match(answer.uuid, UUID)
  const stored = await panel.clientNamed(inboundId, 'web_001')
  assert.equal(stored.id, answer.uuid)
  assert.equal(stored.limitIp, 2)
  assert.equal(stored.totalGB, 10 * GIB)
  assert.ok(stored.expiryTime >= before + 30 * DAY && stored.expiryTime <= Date.now() + 30 * DAY, '30 days')
})

onEachPanel('the app creates a client without limits where the request names none', async (panel, t) => {
  const inboundId = await panel.addInbound('vless')
  const app = await startApp(panel, t)

  const { answer } = await post(app, '/api/clients', { inboundId: String(inboundId), email: 'web_001' })

  assert.equal(answer.success, true)
  const { limitIp, totalGB, expiryTime } = await panel.clientNamed(inboundId, 'web_001')
  assert.deepEqual({ limitIp, totalGB, expiryTime }, { limitIp: 0, totalGB: 0, expiryTime: 0 })
})

onEachPanel('the app answers the traffic of a client, and null for one that is not there', async (panel, t) => {
  await panel.addInbound('vless', [{ id: 'client-uuid', email: 'web_001' }])
  await panel.setTraffic('web_001', { up: 1024000, down: 5120000 })
  const app = await startApp(panel, t)

  const known = await (await app.fetch('/api/clients/web_001/traffic')).json()
  const unknown = await (await app.fetch('/api/clients/web_002/traffic')).json()

  assert.equal(known.success, true)
  const { email, up, down } = known.obj
  assert.deepEqual({ email, up, down }, { email: 'web_001', up: 1024000, down: 5120000 })
  assert.equal(unknown.success, true)
  assert.equal(unknown.obj, null)
})

onEachPanel('the app creates clients in bulk', async (panel, t) => {
  const inboundId = await panel.addInbound('vless')
  const app = await startApp(panel, t)

  const options = { limitIp: 1, emailPrefix: 'team' }
  const { answer } = await post(app, '/api/clients/bulk', { inboundId, protocol: 'vless', count: 5, options })

  const { success, created, failed, results } = answer
  assert.deepEqual({ success, created, failed }, { success: true, created: 5, failed: 0 })
  const stored = await panel.clientsOf(inboundId)
  assert.deepEqual(
    stored.map(({ id, email }) => ({ uuid: id, email })),
    results.map(({ uuid, email }) => ({ uuid, email })),
  )
  for (const { email, limitIp } of stored) {
    assert.match(email, /^team_/)
    assert.equal(limitIp, 1)
  }
  assert.equal(panel.logins, 1)
})

onEachPanel('the app answers 500 and the reason where a client cannot be created', async (panel, t) => {
  const app = await startApp(panel, t)

  const lost = await post(app, '/api/clients', { inboundId: 999_999, email: 'web_001' })
  const refused = await post(app, '/api/clients', { inboundId: 1, email: '<script>' })
  const strange = await post(app, '/api/clients/bulk', { inboundId: 1, protocol: 'carrier-pigeon', count: 1 })

  assert.deepEqual([lost.status, refused.status, strange.status], [500, 500, 500])
  assert.match(lost.answer.error, /Inbound not found/)
  assert.match(refused.answer.error, /email/)
  assert.match(strange.answer.error, /Invalid protocol/)
})

onEachPanel('the page creates a client from what is typed into its form', async (panel, t) => {
  const inboundId = await panel.addInbound('vless')
  const { mount, alerts, ClientManager } = await guidePage(await startApp(panel, t))
  const page = mount(ClientManager)
  const typed = {
    'Inbound ID': String(inboundId),
    'Client Email/Identifier': 'page_001',
    'IP Limit (0 = unlimited)': '3',
    'Data Limit GB (0 = unlimited)': '20',
    'Expiry Days (0 = never)': '0',
  }

  assert.equal(page.screen().text('h2'), 'Create New Client')
  assert.deepEqual(page.screen().placeholders(), Object.keys(typed))
  for (const [placeholder, value] of Object.entries(typed)) page.screen().type(placeholder, value)
  const submitted = page.screen().submit()
  assert.equal(page.screen().text('button'), 'Creating...')
  assert.equal(page.screen().button().disabled, true)
  await submitted

  const stored = await panel.clientNamed(inboundId, 'page_001')
  assert.deepEqual(alerts, [`Client created successfully!\nUUID: ${stored.id}\nEmail: page_001`])
  assert.equal(stored.limitIp, 3)
  assert.equal(stored.totalGB, 20 * GIB)
  assert.equal(stored.expiryTime, 0)
  assert.equal(page.screen().text('button'), 'Create Client')
  assert.equal(page.screen().button().disabled, false)
  assert.equal(page.screen().input('Client Email/Identifier').value, '')
})

onEachPanel('the page says why a client was not created', async (panel, t) => {
  const { mount, alerts, ClientManager } = await guidePage(await startApp(panel, t))
  const page = mount(ClientManager)
  page.screen().type('Inbound ID', '999999')
  page.screen().type('Client Email/Identifier', 'page_001')

  await page.screen().submit()

  assert.equal(alerts.length, 1)
  assert.match(alerts[0], /^Failed to create client: Inbound not found/)
  assert.equal(page.screen().input('Client Email/Identifier').value, 'page_001', 'what was typed is kept')
})

onEachPanel('the hook keeps the clients that it created and reads their traffic', async (panel, t) => {
  const inboundId = await panel.addInbound('vless')
  const { mount, useClients } = await guidePage(await startApp(panel, t))
  const hook = mount(useClients)

  const created = await hook.render().createClient({ inboundId, email: 'page_001' })
  await panel.setTraffic('page_001', { up: 1, down: 2 })

  const { clients, loading, getClientStats } = hook.render()
  assert.deepEqual(clients, [created])
  assert.equal(loading, false)
  const { obj } = await getClientStats('page_001')
  assert.deepEqual({ up: obj.up, down: obj.down }, { up: 1, down: 2 })
})

async function startApp(panel, t) {
  const app = await startGuideApp(panel)
  t.after(() => app.close())
  return app
}

async function post(app, path, body) {
  const headers = { 'Content-Type': 'application/json' }
  const response = await app.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, answer: await response.json() }
}
