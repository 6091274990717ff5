/*
 * What `npm run check` finds in lock files and in the package.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { cargoAddresses, npmAddresses } from '../../scripts/lib/lockfiles.mjs'
import { packProblems } from '../../scripts/lib/pack.mjs'

test('packages of the npm lock file that are tied to an address are named', () => {
  const packages = {
    '': { name: '3xui-native' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' },
    'node_modules/b': { version: '1.0.0', resolved: 'https://mirror.example/b-1.0.0.tgz' },
    'node_modules/c': { resolved: 'examples/c', link: true },
  }
  const tied = 'node_modules/b is tied to https://mirror.example/b-1.0.0.tgz'
  assert.deepEqual(npmAddresses(JSON.stringify({ packages })), [`package-lock.json: ${tied}`])
  assert.deepEqual(npmAddresses(JSON.stringify({ packages }), 'app/lock.json'), [`app/lock.json: ${tied}`])
})

test('crates that come from elsewhere than the public registry are named', () => {
  const text = `
[[package]]
name = "a"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "x"

[[package]]
name = "b"
source = "sparse+https://mirror.example/index/"
`
  assert.deepEqual(cargoAddresses(text), ['Cargo.lock: a crate is tied to sparse+https://mirror.example/index/'])
})

const manifest = {
  main: 'index.js',
  types: 'index.d.ts',
  exports: {
    '.': { types: './index.d.ts', default: './index.js' },
    './testing': { types: './testing/index.d.ts', default: './testing/index.js' },
    './package.json': './package.json',
  },
}
const texts = {
  'package.json': '{}',
  'index.js': `require('./lib/client.js')\nrequire('node:fs')`,
  'index.d.ts': `import native = require('./native')`,
  'native.js': `require('./threexui.darwin-arm64.node')`,
  'native.d.ts': '',
  'lib/client.js': `const native = require('../native.js')`,
  'testing/index.js': `const { Store } = require('./store')`,
  'testing/index.d.ts': '',
  'testing/store/index.js': '',
}
const problemsOf = (files) => packProblems(manifest, Object.keys(files), (file) => files[file])
const without = (name) => Object.fromEntries(Object.entries(texts).filter(([file]) => file !== name))

test('a package that holds what it needs is no problem', () => {
  assert.deepEqual(problemsOf(texts), [])
})

test('a file that the manifest names has to be there', () => {
  assert.deepEqual(problemsOf(without('testing/index.d.ts')), [
    'package.json names testing/index.d.ts, which is not in the package',
  ])
})

test('a file that another needs has to be there', () => {
  assert.deepEqual(problemsOf(without('lib/client.js')), ['index.js needs ./lib/client.js, which is not in the package'])
  assert.deepEqual(problemsOf(without('native.d.ts')), ['index.d.ts needs ./native, which is not in the package'])
  assert.deepEqual(problemsOf(without('testing/store/index.js')), [
    'testing/index.js needs ./store, which is not in the package',
  ])
})

test('tests, scripts, sources and built addons do not belong in it', () => {
  const addon = 'threexui.linux-x64-gnu.node'
  const ours = ['__test__/a.mjs', 'scripts/test.mjs', 'src/lib.rs', 'lib/a.test.mjs', 'testing/tests/a.js', addon]
  const files = { ...texts, ...Object.fromEntries(ours.map((file) => [file, ''])) }
  assert.deepEqual(problemsOf(files), ours.map((file) => `${file} does not belong in the package`))
})
