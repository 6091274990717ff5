/*
 * Every method sends what the original sends, or what is listed as better.
 */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import Original from '3xui-api-client'
import ThreeXUI from '3xui-native'

import { CALLS } from './calls.mjs'
import { EXCEPTIONS } from './exceptions.mjs'
import { requestsOf } from './recorder.mjs'

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
  for (const { method, args, requests } of GOLDEN) {
    assert.deepEqual(await requestsOf(Original, method, args), requests, `${method}(${JSON.stringify(args)})`)
  }
})

test('our requests are the recorded ones, except where they are better on purpose', async () => {
  const numbers = {}
  for (const { method, args, requests } of GOLDEN) {
    numbers[method] = (numbers[method] ?? -1) + 1
    const exception = EXCEPTIONS[`${method} ${numbers[method]}`]
    const ours = await requestsOf(ThreeXUI, method, args)
    assert.deepEqual(ours, exception ?? requests, `${method}(${JSON.stringify(args)})`)
    if (exception) assert.notDeepEqual(exception, requests, `${method}: the exception is none any more`)
  }
})
