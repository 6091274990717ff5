/*
 * The consumer that is compiled against both libraries' types leaves nothing of the original's out: without this, a
 * name could be missing from ours and nobody would notice.
 */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const original = dirname(createRequire(import.meta.url).resolve('3xui-api-client'))
const types = readFileSync(join(original, 'index.d.ts'), 'utf8')
const consumer = readFileSync(new URL('surface.mts', import.meta.url), 'utf8')

const uses = (pattern) => pattern.test(consumer)

test('every name that the original’s types export is imported by surface.mts', () => {
  const names = [...types.matchAll(/export (?:default )?(?:interface|class|function|const|type) (\w+)/g)]
  assert.ok(names.length > 50, 'the original’s types are no longer written as this test reads them')
  assert.deepEqual(names.map(([, name]) => name).filter((name) => !uses(new RegExp(`\\b${name}\\b`))), [])
})

test('every method that the original’s types give a client is called in surface.mts', () => {
  const body = types.slice(types.indexOf('class ThreeXUI'), types.indexOf('class CredentialGenerator'))
  const methods = [...body.matchAll(/^ {4}(\w+)\(/gm)].map(([, name]) => name).filter((name) => name !== 'constructor')
  assert.ok(methods.length > 100, 'the original’s types are no longer written as this test reads them')
  assert.deepEqual(methods.filter((name) => !uses(new RegExp(`\\bclient\\.${name}\\(`))), [])
})
