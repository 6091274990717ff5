/*
 * In a context of `vm`, as test runners have one for each test file, everything that the package gives and throws is made of
 * the context's own classes. The suite is that of the runners (`runners/suite.cjs`), here without any of them.
 */

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { startPanel } from '3xui-native/testing'

import { contextOfItsOwn } from './support/contexts.mjs'

const PACKAGE = createRequire(import.meta.url).resolve('3xui-native')
const SUITE = fileURLToPath(new URL('runners/suite.cjs', import.meta.url))
const EXPECT = fileURLToPath(new URL('runners/expect.cjs', import.meta.url))

const panel = await startPanel({ version: '3.6.0', inbounds: [{ port: 1001, protocol: 'vless' }] })
after(() => panel.close())

/** The tests of the suite, as a context has them. */
function testsIn({ load }) {
  const tests = []
  const { suite } = load(SUITE)
  suite(load(PACKAGE), { test: (name, work) => tests.push([name, work]), expect: load(EXPECT).expect, url: panel.url })
  assert.ok(tests.length > 20, 'the suite has no tests')
  return tests
}

function registered(tests) {
  for (const [name, work] of tests) test(name, () => work())
}

describe('in a context of its own', () => registered(testsIn(contextOfItsOwn())))

describe('in another one, at the same time', () => registered(testsIn(contextOfItsOwn())))

describe('in one that forgets its modules before the package is used', () => {
  const context = contextOfItsOwn()
  const tests = testsIn(context)
  context.forget()
  registered(tests)
})

describe('in one that has loaded everything anew', () => {
  const context = contextOfItsOwn()
  testsIn(context)
  context.forget()
  registered(testsIn(context))
})

test('a value of another context is understood as what it is', async () => {
  const { load, run } = contextOfItsOwn()
  const Client = load(PACKAGE)
  const client = new Client(panel.url, 'admin', 'admin')
  // The test's own objects are of another context than the package's here.
  const { success } = await client.addInbound({ port: 20_001, protocol: 'vless', settings: { clients: [] } })
  assert.equal(success, true)
  await client._request('post', '/panel/api/inbounds/add', new URLSearchParams({ port: '20002', protocol: 'vless' }))
  assert.equal(panel.requests.at(-1).body, 'port=20002&protocol=vless')
  await assert.rejects(() => client._request('get', '/nothing/here'), run('Error'))
  const foreign = new RangeError('of the test')
  client.api.interceptors.request.use(() => {
    throw foreign
  })
  assert.equal(await client.getInbounds().catch((error) => error), foreign)
  assert.equal(Object.getPrototypeOf(foreign), RangeError.prototype)
})

test('an error of a program keeps the name that it was given', async () => {
  const { load } = contextOfItsOwn()
  for (const Client of [load(PACKAGE), createRequire(import.meta.url)(PACKAGE)]) {
    class Own extends Client {
      async _request() {
        throw Object.assign(new Error('of the program'), { name: 'ValidationError' })
      }
    }
    const error = await new Own(panel.url, 'admin', 'admin').addClientWithCredentials(1, 'vless').catch((caught) => caught)
    assert.equal(error.name, 'ValidationError')
    assert.equal(error.constructor, Error)
    assert.match(error.stack, /_request/)
  }
})
