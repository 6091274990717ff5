'use strict'

/* As much of an `expect` as the suite needs, for runners that have none. */

const assert = require('node:assert/strict')

const expect = (value) => ({
  toBe: (other) => assert.strictEqual(value, other),
  toStrictEqual: (other) => assert.deepStrictEqual(value, other),
  toBeInstanceOf: (Class) => assert.ok(value instanceof Class, `${String(value)} is no ${Class.name}`),
})

module.exports = { expect }
