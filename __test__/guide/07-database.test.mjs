/*
 * The guide's "Database Integration".
 */

import assert from 'node:assert/strict'

import { guideDatabase, secureClientManager } from '../support/guide-program.mjs'
import { onEachPanel } from '../support/guide-panel.mjs'
import { GIB, UUID } from '../support/guide-shapes.mjs'

onEachPanel('an account is a client on the panel and a row in the database', async (panel) => {
  const inboundId = await panel.addInbound('vless')
  const { manager, database } = await program(panel)

  const account = await manager.createClientAccount(inboundId, 'account_001', { limitIp: 2, totalGB: 5 })

  const { uuid, connectionConfig } = account
  assert.deepEqual(account, { success: true, uuid, email: 'account_001', connectionConfig })
  assert.match(uuid, UUID)
  const { manual_config: credentials, vless_url, qr_code } = connectionConfig
  const query = 'encryption=none&flow=xtls-rprx-vision&security=reality&type=tcp'
  assert.equal(vless_url, `vless://${uuid}@server:port?${query}#account_001`)
  assert.match(qr_code, /^data:image\/png;base64,./)

  const stored = await panel.clientNamed(inboundId, 'account_001')
  assert.equal(stored.id, uuid)
  assert.equal(stored.limitIp, 2)
  assert.equal(stored.totalGB, 5 * GIB)
  const [row, ...others] = database.rowsOf('clients')
  assert.deepEqual(others, [])
  assert.equal(row.uuid, uuid)
  assert.equal(row.inbound_id, inboundId)
  assert.deepEqual(JSON.parse(row.credentials), credentials)
})

onEachPanel('the session is kept in the guide’s table for the time that the program set', async (panel) => {
  await panel.addInbound('vless')
  const { manager, database, SecureClientManager } = await program(panel)
  const before = Date.now()

  await manager.getClientStats('nobody')

  const [{ id, session_data, expires_at }, ...others] = database.rowsOf('xui_sessions')
  assert.deepEqual(others, [])
  assert.match(id, /^session_/)
  assert.equal(typeof JSON.parse(session_data), 'object')
  assert.ok(expires_at >= before + 3_600_000 && expires_at <= Date.now() + 3_600_000, `it ends at ${expires_at}`)

  const afterRestart = new SecureClientManager(panel.url, panel.username, panel.password, database)
  await afterRestart.getClientStats('nobody')
  assert.equal(panel.logins, 1, 'the session in the database was not used by the next program')
  assert.equal(database.rowsOf('xui_sessions').length, 1)
})

onEachPanel('the traffic of an account goes to its row', async (panel) => {
  const inboundId = await panel.addInbound('vless')
  const { manager, database } = await program(panel)
  await manager.createClientAccount(inboundId, 'account_001', { totalGB: 1 })
  await panel.setTraffic('account_001', { up: 1024000, down: 5120000 })

  const { success, obj } = await manager.getClientStats('account_001')

  assert.equal(success, true)
  assert.equal(obj.email, 'account_001')
  const [{ upload_bytes, download_bytes, total_bytes }] = database.rowsOf('clients')
  const counters = { upload_bytes: 1024000, download_bytes: 5120000, total_bytes: GIB }
  assert.deepEqual({ upload_bytes, download_bytes, total_bytes }, counters)
})

onEachPanel('an account that the panel refuses is answered with its words and leaves no row', async (panel) => {
  const inboundId = await panel.addInbound('vless')
  const { manager, database } = await program(panel)
  await manager.createClientAccount(inboundId, 'account_001')

  const { success, error } = await manager.createClientAccount(inboundId, 'account_001')

  assert.equal(success, false)
  assert.match(error, /account_001/)
  assert.equal(database.rowsOf('clients').length, 1)
})

onEachPanel('what cannot be created is told to the log and to the caller', async (panel) => {
  const { manager, database, printed } = await program(panel)

  const attempt = manager.createClientAccount(999_999, 'account_001')

  const error = await attempt.then(() => assert.fail('there is no such inbound'), (reason) => reason)
  assert.match(error.message, /Inbound not found/)
  assert.deepEqual(printed.map(({ level, args }) => [level, ...args]), [
    ['error', 'Failed to create client account:', error],
  ])
  assert.ok(!printed[0].text.includes(panel.password), 'the password is in what was printed')
  assert.deepEqual(database.rowsOf('clients'), [])
})

async function program({ url, username, password }) {
  const { SecureClientManager, printed } = await secureClientManager()
  const database = guideDatabase()
  const manager = new SecureClientManager(url, username, password, database)
  return { manager, database, SecureClientManager, printed }
}
