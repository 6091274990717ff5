/*
 * Identifiers that the path of a route cannot carry (a slash, `.` and `..`): no client gets one, as nobody could edit it then.
 */

import assert from 'node:assert/strict'

import ThreeXUI from '3xui-native'

import { errorOf } from './support/panels.mjs'
import { clientOf, onPanels } from './support/wire.mjs'

const VERSIONS = ['2.6.7', '2.8.11', '3.1.0', 'HEAD']
const NAMES = ['a/b', '\\(★ω★)/', 'plan/30d/user', '.', '..']
const INBOUND = { port: 4443, protocol: 'vless', settings: { clients: [], decryption: 'none' } }

onPanels(
  'a client that no route could name is not made, by whichever method, and the reason is said',
  async (panel) => {
    const client = clientOf(panel)
    await client.getInbounds()
    const before = panel.requests.length
    for (const email of NAMES) {
      const entry = { id: client.generateUUID(), email, enable: true }
      const settings = { clients: [entry], decryption: 'none' }
      for (const make of [
        () => client.addClientWithCredentials(1, 'vless', { email }),
        () => client.addClient({ id: 1, settings }),
        () => client.addModernClient({ client: entry, inboundIds: [1] }),
        () => client.bulkCreateModernClients([{ client: entry, inboundIds: [1] }]),
        () => client.addInbound({ ...INBOUND, port: 4444, settings }),
        () => client.importInbounds([{ ...INBOUND, port: 4444, settings }]).then(([first]) => raised(first)),
        () => client.updateModernClient('known', { email }),
      ]) {
        const error = await errorOf(make)
        assert.ok(error instanceof ThreeXUI.ValidationError, `${email} by ${make}: ${error}`)
        assert.match(error.message, /^Invalid email: must not contain a slash nor be \. or \.\./)
        assert.equal(error.field, 'email')
      }
    }
    assert.equal(panel.requests.length, before, 'nothing was sent')
    assert.equal(panel.inbounds.length, 1)
  },
  { versions: VERSIONS, inbounds: [INBOUND] },
)

/** What `importInbounds` reports of one that failed, as the error that it was. */
function raised(result) {
  if (result?.error instanceof Error) throw result.error
  return result
}
