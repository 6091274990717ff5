/*
 * Our panel has the routes of each version that it plays: none that the version's tag lacks, and none missing of those
 * that it plays anywhere.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { RELEASES as OFFERED, VERSIONS } from '3xui-native/testing'

import { RELEASES, routesIn } from './facts.mjs'
import { ANYWHERE, PLAYED } from './played.mjs'

test('it plays every release that has a tag', () => {
  assert.deepEqual(OFFERED, RELEASES)
  assert.deepEqual(VERSIONS.filter((version) => !RELEASES.includes(version)), [])
})

for (const version of RELEASES) {
  test(`it has the routes of ${version} and no others`, () => {
    const real = routesIn(version)
    assert.deepEqual([...PLAYED[version]].filter((route) => !real.has(route)), [], 'it has what the tag lacks')
    assert.deepEqual([...real].filter((route) => ANYWHERE.has(route) && !PLAYED[version].has(route)), [], 'it lacks what the tag has')
  })
}
