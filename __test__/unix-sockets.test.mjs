/* Inbounds that listen on a unix socket, on which no port is: 0, as panels have it. */

import assert from 'node:assert/strict'

import ThreeXUI from '3xui-native'

import { errorOf } from './support/panels.mjs'
import { clientOf, inbound, onPanels } from './support/wire.mjs'

for (const listen of ['@fallback', '/run/xray.sock']) {
  onPanels(
    `an inbound on ${listen} is made, read, changed, written back and imported`,
    async (panel) => {
      const client = clientOf(panel)
      const config = inbound({ listen, port: 0 })
      const { obj } = await client.addInbound(config)
      assert.equal(panel.inbounds[0].port, 0)
      assert.equal((await client.updateInbound(obj.id, { remark: 'part' })).success, true)
      const whole = (await client.getInbound(obj.id)).obj
      assert.equal((await client.updateInbound(obj.id, { ...whole, remark: 'whole' })).success, true)
      assert.deepEqual(
        [panel.inbounds[0].remark, panel.inbounds[0].listen, panel.inbounds[0].port],
        ['whole', listen, 0],
      )
      await client.deleteInbound(obj.id)
      const [{ success }] = await client.importInbounds([config])
      assert.equal(success, true)
    },
    { versions: ['2.8.11', '3.1.0', 'HEAD'] },
  )
}

onPanels('no port at all is refused everywhere else', async (panel) => {
  const client = clientOf(panel)
  for (const listen of ['', '127.0.0.1', undefined]) {
    const error = await errorOf(() => client.addInbound(inbound({ listen, port: 0 })))
    assert.ok(error instanceof ThreeXUI.ValidationError, String(error))
    assert.equal(error.message, 'Invalid port: must be an integer between 1 and 65535')
  }
})
