/*
 * The comparison is of everything: each method of the reference is called by it, and each function that hangs on its
 * export.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { LIBRARIES } from './run.mjs'
import { functions } from './script/functions.mjs'
import { methods } from './script/index.mjs'
import { statics } from './script/statics.mjs'

/** Compared elsewhere, by what they build and what they answer to a web framework. */
const ELSEWHERE = {
  'builders.test.mjs': /^(Protocol|VLESS|VMESS|Trojan|Shadowsocks|WireGuard|Base)Builder\b/,
  'middleware.test.mjs': /^(createExpressMiddleware|withThreeXUI|createReactHook|createNextjsRoutes)$/,
}

const OF_ALL = ['length', 'name', 'prototype', 'arguments', 'caller', 'constructor']
const namesOf = (object) => Object.getOwnPropertyNames(object).filter((name) => !OF_ALL.includes(name))

test('every method of the reference is compared', (t) => {
  const all = namesOf(LIBRARIES.reference.prototype)
  const compared = new Set([...methods, ...Object.keys(functions)])
  const missing = all.filter((name) => !compared.has(name))
  t.diagnostic(`methods compared / methods of the reference: ${all.length - missing.length} / ${all.length}`)
  assert.deepEqual(missing, [])
})

test('every function on the export of the reference is compared', (t) => {
  const all = [...functionsOf(LIBRARIES.reference)]
  const elsewhere = (path) => Object.values(ELSEWHERE).some((pattern) => pattern.test(path))
  const missing = all.filter((path) => !(path in statics) && !elsewhere(path))
  t.diagnostic(
    `functions compared / functions of the reference: ${all.length - missing.length} / ${all.length}`,
  )
  assert.deepEqual(missing, [])
})

/** `SecurityEnhancer.InputValidator.validateURL`, `SessionManager#getStats`; classes by their members. */
function* functionsOf(holder, path = '') {
  for (const name of namesOf(holder)) {
    const [value, at] = [holder[name], path ? `${path}.${name}` : name]
    const members = value && ['function', 'object'].includes(typeof value) ? namesOf(value) : []
    const inherited = typeof value === 'function' && value.prototype ? namesOf(value.prototype) : []
    if (typeof value === 'function' && members.length + inherited.length === 0) yield at
    for (const name of inherited) yield `${at}#${name}`
    if (members.length > 0) yield* functionsOf(value, at)
  }
}
