/*
 * The blocks as files: each is run by a test.
 */

import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'

import { blockFiles } from '../support/guide-blocks.mjs'

const sourcesIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))

test('every block of the guide is used by a test', () => {
  const here = new URL('./', import.meta.url)
  const sources = [here, new URL('../support/', here)].flatMap(sourcesIn).join('\n')
  const unused = blockFiles().filter((file) => !sources.includes(`'${file}'`))
  assert.deepEqual(unused, [])
  assert.equal(blockFiles().length, 30)
})
