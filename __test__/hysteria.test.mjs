/* Hysteria inbounds (2.9 and newer): clients with credentials, and their links. */

import assert from 'node:assert/strict'

import ThreeXUI from '3xui-native'

import { errorOf } from './support/panels.mjs'
import { clientOf, onPanels } from './support/wire.mjs'

const VERSIONS = ['2.9.4', '3.1.0', 'HEAD']
const STREAM = {
  network: 'hysteria',
  security: 'tls',
  tlsSettings: { serverName: 'h.example', alpn: ['h3'], certificates: [], settings: { fingerprint: 'chrome' } },
  finalmask: { udp: [{ type: 'salamander', settings: { password: 'noise' } }] },
}
const INBOUND = { port: 4430, protocol: 'hysteria', remark: 'hy', settings: { version: 2, clients: [] }, streamSettings: STREAM }
const stored = (panel, email) => panel.inbounds[0].settings.clients.find((each) => each.email === email)
const onAll = (name, body) => onPanels(name, body, { versions: VERSIONS, inbounds: [INBOUND] })

onAll('a client of Hysteria is made, updated and deleted', async (panel) => {
  const client = clientOf(panel)
  const { success, credentials } = await client.addClientWithCredentials(1, 'hysteria', { email: 'a', totalGB: 1 })
  assert.equal(success, true)
  assert.match(credentials.auth, /^[A-Za-z0-9]{16}$/)
  assert.equal(stored(panel, 'a').auth, credentials.auth)
  assert.equal((await client.upsertClient(1, { email: 'b', totalGB: 1 })).success, true)
  assert.ok(stored(panel, 'b').auth)
  const updated = await client.updateClientWithCredentials(credentials.auth, 1, { limitIp: 2 })
  assert.equal(updated.success, true, updated.message)
  assert.deepEqual([stored(panel, 'a').auth, stored(panel, 'a').limitIp], [credentials.auth, 2])
  assert.equal((await client.deleteClient(1, credentials.auth)).success, true)
  assert.equal(stored(panel, 'a'), undefined)
})

onAll('it has the link that the panel gives in its subscription', async (panel) => {
  const client = clientOf(panel)
  await client.addClientWithCredentials(1, 'hysteria2', { email: 'a', subId: 's', auth: 'sec/ret 1+&' })
  const address = 'sec%2Fret%201%2B%26@'
  const rest = ':4430?alpn=h3&fp=chrome&obfs=salamander&obfs-password=noise&security=tls&sni=h.example#hy-a'
  for (const { obj } of [await client.getClientLinks('a'), await client.getSubLinks('s')]) {
    assert.equal(obj.length, 1)
    assert.equal(obj[0].replace(/@[^:]+/, '@'), `hysteria2://${address}${rest}`)
  }
})

onAll('what WireGuard cannot be given is refused with the way that there is', async (panel) => {
  panel.addInbound({ port: 4431, protocol: 'wireguard', settings: { secretKey: 'k', peers: [] } })
  const error = await errorOf(() => clientOf(panel).addClientWithCredentials(2, 'wireguard', { email: 'a' }))
  assert.ok(error instanceof ThreeXUI.ValidationError, String(error))
  assert.match(error.message, /^Invalid protocol: a WireGuard inbound has peers/)
})
