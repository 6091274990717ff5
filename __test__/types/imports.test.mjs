/*
 * What the types say can be imported is there at run time: Node finds names in CommonJS by reading it, not by running
 * it, so that one way of exporting serves `require` alone.
 */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import * as imported from '3xui-native'
import * as testing from '3xui-native/testing'

const require = createRequire(import.meta.url)
const required = require('3xui-native')

test('every class, function and constant that the types export can be required and imported by name', () => {
  const types = readFileSync(new URL('../../index.d.ts', import.meta.url), 'utf8')
  const names = [...types.matchAll(/^ {2}export (?:class|function|const) (\w+)/gm)].map(([, name]) => name)
  assert.ok(names.includes('ValidationError'), 'index.d.ts is no longer written as this test reads it')
  for (const name of [...names, 'ThreeXUI']) {
    assert.ok(['function', 'object'].includes(typeof required[name]), `require('3xui-native').${name}`)
    assert.equal(imported[name], required[name], `import { ${name} } from '3xui-native'`)
  }
})

test('the class itself is what is required, the default import, and its own default', () => {
  assert.equal(imported.default, required)
  assert.equal(required.default, required)
  assert.equal(required.ThreeXUI, required)
})

test('the panel for tests can be imported by name', () => {
  assert.equal(typeof testing.startPanel, 'function')
  assert.ok(Array.isArray(testing.VERSIONS))
})
