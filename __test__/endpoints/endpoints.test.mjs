/*
 * Every method sends what the original sends, or what is listed as better, on every way to the panel.
 */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'

import Original from '3xui-api-client'
import ThreeXUI from '3xui-native'

import { SEEN_ON, WAYS } from '../support/ways.mjs'
import { CALLS, versionFor } from './calls.mjs'
import { EXCEPTIONS } from './exceptions.mjs'
import { record } from './recorder.mjs'

const GOLDEN = JSON.parse(readFileSync(join(import.meta.dirname, 'golden.json'), 'utf8'))

/** Methods of the original that send nothing of their own, or are compared by what they do on a panel. */
const LOCAL = `constructor login addClientWithCredentials updateClientWithCredentials
  generateCredentials generateUUID generatePassword generateBulkCredentials getShadowsocksCiphers
  getRecommendedShadowsocksCipher generateWireGuardKeys generateRealityKeys generatePort validateCredentials
  getSessionStats clearAllSessions isSessionValid importDB
  getSecurityStats clearBlockedIPs validateCredentialStrength generateSecureToken setDevelopmentMode`.split(/\s+/)

test('every method of the original that sends something is in the table', () => {
  const methods = Object.getOwnPropertyNames(Original.prototype).filter((name) => !name.startsWith('_'))
  assert.deepEqual(methods.filter((name) => !(name in CALLS) && !LOCAL.includes(name)), [])
})

test('the recorded requests are those of the original', async () => {
  const differing = await differencesOf((row) => [record(Original, row.method, row.args, { way: SEEN_ON }), row])
  assert.equal(differing, '')
})

for (const way of Object.keys(WAYS)) {
  test(`our requests are the recorded ones, except where they are better on purpose: ${way}`, async () => {
    const differing = await differencesOf((row) => {
      const { requests, asked, error } = { ...row, ...EXCEPTIONS[keyOf(row)] }
      const ours = record(ThreeXUI, row.method, row.args, { version: versionFor(row.method), way })
      return [ours, { requests, error, ...(way === SEEN_ON && { asked }) }]
    })
    assert.equal(differing, '')
  })
}

test('every exception is one', () => {
  const needed = GOLDEN.filter((row) => !isDeepStrictEqual({ ...row, ...EXCEPTIONS[keyOf(row)] }, row)).map(keyOf)
  assert.deepEqual(Object.keys(EXCEPTIONS).toSorted(), needed.toSorted())
})

/** `method number`, by the number of the argument list. */
function keyOf({ method, args }) {
  return `${method} ${GOLDEN.filter((row) => row.method === method).findIndex((row) => isDeepStrictEqual(row.args, args))}`
}

/** All calls at which two records differ, and how; `pair` gives what was found and what was expected. */
async function differencesOf(pair) {
  const differing = []
  for (const row of GOLDEN) {
    const [found, { requests, asked, error }] = await Promise.all(pair(row))
    const wanted = JSON.parse(JSON.stringify({ requests, asked, error }))
    if (!isDeepStrictEqual(found, wanted)) differing.push(`${keyOf(row)}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`)
  }
  return differing.join('\n')
}
