/*
 * Clients that no route can name, as other programs and older panels make them: they are read, changed and deleted by other
 * ways where there are any, and no request is made for something else in their place.
 */

import assert from 'node:assert/strict'

import ThreeXUI from '3xui-native'

import { errorOf } from './support/panels.mjs'
import { clientOf, onPanels } from './support/wire.mjs'

const NAMES = ['a/b', '\\(★ω★)/', '.', '..']
const UUIDS = NAMES.map((_, at) => `ecc322b8-a458-4583-ac98-e343aefb5ac${at}`)
const entries = NAMES.map((email, at) => ({ id: UUIDS[at], email, enable: true, limitIp: 0, totalGB: 0, subId: `s${at}` }))
const INBOUNDS = [
  { port: 4001, protocol: 'vless', settings: { clients: [...entries, { id: 'x', email: 'other', enable: true }] } },
  { port: 4002, protocol: 'trojan', settings: { clients: [{ password: 'pass/word', email: 'slashed', enable: true }] } },
]
const names = (panel, id = 1) => panel.inbounds[id - 1].settings.clients.map(({ email }) => email)

/** No path of a request is torn apart or leads elsewhere: what is sent names no such client. */
function namesNobody(panel, before) {
  for (const { path, status } of panel.requests.slice(before)) {
    assert.ok(!/%2F|\/\.|★|%E2/i.test(path.split('?')[0]), path)
    assert.ok(status < 300, `${path}: ${status}`)
  }
}

const onAll = (name, versions, body) =>
  onPanels(
    name,
    async (panel) => {
      const client = clientOf(panel)
      await client.getPanelInfo()
      const before = panel.requests.length
      await body(panel, client)
      namesNobody(panel, before)
      assert.equal(panel.logins, 1)
    },
    { versions, inbounds: structuredClone(INBOUNDS) },
  )

onAll('they are read', ['2.6.7', '2.8.11', '3.0.2', '3.1.0', '3.3.1', 'HEAD'], async (panel, client) => {
  for (const [at, email] of NAMES.entries()) {
    assert.equal((await client.getClientTrafficsByEmail(email)).obj?.email, email)
    assert.equal((await client.getClientTraffic(email)).obj?.email, email)
    const { obj } = await client.getClient(email)
    assert.deepEqual([obj.client.email, obj.client.uuid, obj.inboundIds], [email, UUIDS[at], [1]])
  }
})

onAll('they are deleted', ['2.6.7', '2.8.11', '3.0.2', '3.1.0', '3.3.1', 'HEAD'], async (panel, client) => {
  const [slash, odd, dot, dots] = NAMES
  assert.equal((await client.deleteClientByEmail(1, slash)).success, true)
  assert.equal((await client.deleteModernClient(odd)).success, true)
  assert.equal((await client.deleteClient(1, UUIDS[2])).success, true)
  assert.deepEqual(names(panel), [dots, 'other'], `${dot} was deleted by its UUID`)
})

onAll('they are changed, and get another name', ['2.6.7', '2.8.11', '3.0.2', '3.1.0'], async (panel, client) => {
  assert.equal((await client.updateModernClient('a/b', { limitIp: 3 })).success, true)
  assert.equal((await client.updateClientWithCredentials(UUIDS[0], 1, { limitIp: 4 })).success, true)
  assert.equal(panel.inbounds[0].settings.clients[0].limitIp, 4)
  assert.equal((await client.updateModernClient('a/b', { email: 'renamed' })).success, true)
  assert.equal(names(panel)[0], 'renamed')
})

onAll('a password with a slash names its client', ['2.6.7', '2.8.11', '3.0.2', '3.1.0', 'HEAD'], async (panel, client) => {
  const settings = { clients: [{ password: 'pass/word', email: 'slashed', limitIp: 2, enable: true }] }
  assert.equal((await client.updateClient('pass/word', { id: 2, settings })).success, true)
  assert.equal(panel.inbounds[1].settings.clients[0].limitIp, 2)
  assert.equal((await client.deleteClient(2, 'pass/word')).success, true)
  assert.deepEqual(names(panel, 2), [])
})

for (const [versions, calls] of [
  [
    ['2.8.11', '3.1.0'],
    [
      (client) => client.getClientIps('a/b'),
      (client) => client.resetClientTraffic(1, '..'),
      (client) => client.clearClientIps('.'),
    ],
  ],
  [['HEAD'], [(client) => client.getSubLinks('a/b'), (client) => client.getGroupEmails('..'), (client) => client.getClientIps('..')]],
]) {
  onAll('what has no other way is refused with the reason', versions, async (panel, client) => {
    for (const call of calls) {
      const error = await errorOf(() => call(client))
      assert.ok(error instanceof ThreeXUI.UnsupportedByPanelError, `${call}: ${error}`)
      assert.match(error.message, /no path can carry a name with a slash in it/)
    }
  })
}
