/*
 * Short passwords: one of four characters is taken out of whatever an error shows, as a long one is.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'

import ThreeXUI from '3xui-native'

import { oldPanel, serverFor } from './support/wire.mjs'

for (const password of ['qJ7z', 'qJ7zK']) {
  test(`a password of ${password.length} characters that a proxy repeats is not shown`, async (t) => {
    const page = `<html><p>no such thing: ${password}</p></html>`
    const server = await serverFor(t, oldPanel((_, outgoing) => outgoing.writeHead(502, { 'x-asked': password }).end(page)))
    const error = await new ThreeXUI(server.url, 'admin', password).getInbounds().then(() => assert.fail('it was taken'), (thrown) => thrown)
    assert.match(error.response.data, /no such thing/, 'the rest of the page is shown')
    const shown = inspect(error, { depth: Infinity }) + JSON.stringify(error) + error.stack
    assert.ok(!shown.includes(password), shown)
  })
}
