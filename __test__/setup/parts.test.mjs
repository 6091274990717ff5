/*
 * What is made, when, and when not.
 */

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import { isDone, makeMissing } from '../../scripts/lib/parts.mjs'

/** Two parts that note in `made` what happens to them. */
function project(t) {
  const root = mkdtempSync(join(tmpdir(), 'parts-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  const made = []
  const part = (name) => ({
    what: `Making ${name} …`,
    failure: `${name} could not be made.`,
    stamp: join(root, name, 'stamp'),
    state: () => 'first',
    make: async () => void made.push(name),
  })
  return { made, packages: part('packages'), addon: part('addon') }
}

const silently = { say: () => {} }

test('the first run makes everything in order and says so, the second does nothing', async (t) => {
  const { made, packages, addon } = project(t)
  const said = []
  const say = (line) => said.push(line)
  assert.deepEqual(await makeMissing([packages, addon], { say }), [])
  assert.deepEqual(made, ['packages', 'addon'])
  assert.deepEqual(said, ['Making packages …', 'Making addon …'])
  assert.ok([packages, addon].every(isDone))

  assert.deepEqual(await makeMissing([packages, addon], { say }), [])
  assert.equal(made.length, 2, 'made again')
  assert.equal(said.length, 2, 'spoken again')
})

test('only the part whose sources have changed is made again', async (t) => {
  const { made, packages, addon } = project(t)
  await makeMissing([packages, addon], silently)
  addon.state = () => 'second'
  assert.equal(isDone(addon), false)
  await makeMissing([packages, addon], silently)
  assert.deepEqual(made, ['packages', 'addon', 'addon'])
})

test('what was made and is gone is made again', async (t) => {
  const { made, addon } = project(t)
  await makeMissing([addon], silently)
  addon.isThere = () => false
  assert.equal(isDone(addon), false)
  await makeMissing([addon], silently)
  assert.deepEqual(made, ['addon', 'addon'])
})

test('a part that fails says why, leaves no stamp, keeps the next from being made, and is tried again', async (t) => {
  const { made, packages, addon } = project(t)
  const { make } = packages
  packages.make = async () => {
    throw new Error('npm ci ended with exit code 1')
  }
  const problems = await makeMissing([packages, addon], silently)
  assert.deepEqual(problems, ['npm ci ended with exit code 1', 'packages could not be made.'])
  assert.equal(existsSync(packages.stamp), false)
  assert.deepEqual(made, [])

  packages.make = make
  assert.deepEqual(await makeMissing([packages, addon], silently), [])
  assert.deepEqual(made, ['packages', 'addon'])
})

test('what the command said is told rather than how it ended', async (t) => {
  const { addon } = project(t)
  addon.make = async () => {
    throw Object.assign(new Error('node cli.js ended with exit code 1'), { output: 'error[E0425]: cannot find value' })
  }
  const problems = await makeMissing([addon], silently)
  assert.deepEqual(problems, ['error[E0425]: cannot find value', 'addon could not be made.'])
})

test('sources that change while they are built are built again', async (t) => {
  const { made, addon } = project(t)
  let state = 'first'
  addon.state = () => state
  const { make } = addon
  addon.make = async () => {
    state = 'second'
    await make()
  }
  await makeMissing([addon], silently)
  assert.equal(isDone(addon), false)
  await makeMissing([addon], silently)
  assert.deepEqual(made, ['addon', 'addon'])
  assert.equal(isDone(addon), true)
})

test('a part can be made in any case', async (t) => {
  const { made, packages, addon } = project(t)
  await makeMissing([packages, addon], silently)
  await makeMissing([packages, addon], { ...silently, anew: (part) => part === addon })
  assert.deepEqual(made, ['packages', 'addon', 'addon'])
})
