/*
 * What cannot begin: methods that make calls answer with a rejected promise, whatever is wrong. Those that take a whole body
 * throw at once when it breaks a rule, as the original's do.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const THROW_AT_ONCE = new Set(['addInbound', 'updateInbound', 'addClient', 'updateClient', 'addModernClient', 'installXray', 'updateXrayConfig', 'importInbounds'])

/** Public methods that make calls: by their names, as all others are listed here. */
const NO_CALLS = /^(constructor|toJSON|generate|validate|setDevelopmentMode|getSecurityStats|clearBlockedIPs|stats|getShadowsocksCiphers|getRecommended)/
const METHODS = Object.getOwnPropertyNames(ThreeXUI.prototype).filter((name) => {
  const { value } = Object.getOwnPropertyDescriptor(ThreeXUI.prototype, name)
  return typeof value === 'function' && !name.startsWith('_') && !NO_CALLS.test(name)
})

test('no method that makes calls throws at once, whatever its arguments, but for whole bodies that break a rule', async (t) => {
  const panel = await startPanel()
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const cyclic = {}
  cyclic.self = cyclic
  const trap = new Proxy({}, { get: () => { throw new Error('trap') } })
  assert.ok(METHODS.length > 90, `only ${METHODS.length} methods were found`)
  const pending = []
  for (const name of METHODS) {
    for (const value of [undefined, null, {}, [], '../x', NaN, 10n, Symbol('s'), cyclic, trap]) {
      try {
        const answer = client[name](value, value, value)
        assert.equal(typeof answer?.then, 'function', `${name} answers with no promise`)
        pending.push(answer.catch(() => {}))
      } catch (error) {
        const mayThrow = THROW_AT_ONCE.has(name) && error instanceof ThreeXUI.ValidationError
        assert.ok(mayThrow, `${name}(${String(typeof value)}) throws at once: ${error.stack}`)
      }
    }
  }
  await Promise.all(pending)
})

test('a full queue rejects, and throws nothing at once', async (t) => {
  const panel = await startPanel({ version: '2.8.11', inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin', { maxQueue: 1 })
  await client.login()
  for (const [name, ...args] of [
    ['deleteInbound', 1],
    ['deleteClient', 1, 'x'],
    ['deleteModernClient', 'x'],
    ['clearClientIps', 'x'],
    ['addModernClient', { client: { email: 'a' }, inboundIds: [1] }],
    ['addInbound', { port: 1002, protocol: 'vless', settings: { clients: [] } }],
  ]) {
    const calls = Array.from({ length: 5 }, () => client[name](...args))
    const results = await Promise.allSettled(calls)
    const refused = results.filter(({ reason }) => /queue/i.test(reason?.message ?? ''))
    assert.ok(refused.length > 0, `${name}: none was refused, ${JSON.stringify(results.map(({ status }) => status))}`)
  }
})
