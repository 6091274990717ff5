/*
 * Short secrets: one of four characters is taken out of whatever an error shows, as a long one is. Shorter ones are looked
 * for only where they are all of a value: hardly a word would stay.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'

import ThreeXUI from '3xui-native'

import { oldPanel, serverFor } from './support/wire.mjs'

/** By what a client logs in, and a page that shows it: a password may be a word, and is looked for where it is a value. */
const BY = {
  password: [(url, password) => new ThreeXUI(url, 'admin', password), (password) => `no such thing: ${password}`],
  token: [(url, token) => new ThreeXUI(url, { token }), (token) => `no such thing as ${token} is here`],
}

for (const [what, [clientFor, words]] of Object.entries(BY)) {
  for (const secret of ['qJ7z', 'qJ7zK']) {
    test(`a ${what} of ${secret.length} characters that a proxy repeats is not shown`, async (t) => {
      const page = `<html><p>${words(secret)}</p></html>`
      const server = await serverFor(t, oldPanel((_, outgoing) => outgoing.writeHead(502, { 'x-asked': secret }).end(page)))
      const error = await clientFor(server.url, secret).getInbounds().then(() => assert.fail('it was taken'), (thrown) => thrown)
      assert.match(error.response.data, /no such thing/, 'the rest of the page is shown')
      const shown = inspect(error, { depth: Infinity }) + JSON.stringify(error) + error.stack
      assert.ok(!shown.includes(secret), shown)
    })
  }
}
