/*
 * The codes by which Node tells what is wrong with a certificate: ours are the same, for each of the ways in which one
 * can be without an authority that is known.
 */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import https from 'node:https'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

const read = (name) => readFileSync(new URL(`support/certificates/${name}`, import.meta.url))

/** What a server shows, by the code of it. */
const SHOWN = {
  DEPTH_ZERO_SELF_SIGNED_CERT: ['self'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['leaf'],
  SELF_SIGNED_CERT_IN_CHAIN: ['leaf', 'authority'],
}

const WORDS = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to verify the first certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
}

for (const [code, names] of Object.entries(SHOWN)) {
  test(`${names.join(' and ')} of nobody known is refused by ${code}`, async (t) => {
    const options = { cert: Buffer.concat(names.map((name) => read(`${name}.pem`))), key: read(`${names[0]}.key`) }
    const server = https.createServer(options, (_, answer) => answer.end('{}'))
    await new Promise((done) => server.listen(0, '127.0.0.1', done))
    t.after(() => new Promise((done) => (server.closeAllConnections(), server.close(done))))
    const url = `https://localhost:${server.address().port}`

    const theirs = await new Promise((resolve) => https.get(url, { agent: false }).on('error', resolve))
    assert.equal(theirs.code, code, 'what Node says of it')
    const error = await new ThreeXUI(url, { token: 'a-token' }).getInbounds().then(() => assert.fail('it was taken'), (thrown) => thrown)
    assert.deepEqual([error.name, error.code], ['TlsError', code])
    assert.ok(error.message.startsWith(`TLS connection failed: ${WORDS[code]}: ${url}.`), error.message)
  })
}
