/*
 * What a release consists of: the files of its tarballs, and what an app can reach of them once it has installed them.
 */

import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { runProgram } from '../support/programs.mjs'
import { appFolder, release } from '../support/release.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const KB = 1024

let main
let platforms
let app
let required

before(async () => {
  ;[main, ...platforms] = await release()
  app = await appFolder()
  required = createRequire(join(app, 'app.js'))
})

test('the package holds its face, its types, the panel for tests, and nothing else', () => {
  const folders = ['lib', 'testing']
  const single = main.files.filter((file) => !folders.some((folder) => file.startsWith(`${folder}/`)))
  assert.deepEqual(single.sort(), [
    'LICENSE',
    'README.md',
    'index.d.ts',
    'index.js',
    'native.d.ts',
    'native.js',
    'package.json',
  ])
  for (const folder of folders) {
    const ours = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
    const packed = main.files.filter((file) => file.startsWith(`${folder}/`))
    assert.equal(packed.length, ours.length, `not every file of ${folder}/ is packed, or more than those`)
    assert.deepEqual(packed.filter((file) => !/\.(js|d\.ts)$/.test(file)), [], 'neither code nor types')
  }
  assert.ok(main.size < 200 * KB, `the tarball has ${main.size} bytes: what was added to it?`)
})

test('the addon is a package of its own, with one file that matters, for one platform', () => {
  assert.equal(platforms.length, 1, 'one addon is built here')
  const [{ name, files, manifest: own, size }] = platforms
  assert.match(name, new RegExp(`^3xui-native-${process.platform}-${process.arch}`))
  assert.deepEqual(files.toSorted(), ['README.md', 'package.json', own.main].sort())
  assert.match(own.main, /^threexui\..+\.node$/)
  assert.deepEqual([own.os, own.cpu, own.version], [[process.platform], [process.arch], manifest.version])
  assert.deepEqual(own.engines, manifest.engines)
  assert.ok(size < 8 * KB * KB, `the tarball has ${size} bytes: what was added to it?`)
})

test('the package names one optional package for each of its targets, in its own version, and nothing else', () => {
  const { optionalDependencies, dependencies, scripts = {} } = main.manifest
  assert.equal(Object.keys(optionalDependencies).length, manifest.napi.targets.length)
  assert.deepEqual(new Set(Object.values(optionalDependencies)), new Set([manifest.version]))
  for (const { name } of platforms) assert.ok(name in optionalDependencies, `${name} is not among them`)
  assert.equal(dependencies, undefined)
  const atInstall = ['preinstall', 'install', 'postinstall', 'prepare'].filter((name) => name in scripts)
  assert.deepEqual(atInstall, [], 'nothing runs when it is installed')
})

test('an app has two packages after installing it, and the addon in the second', () => {
  const installed = readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.'))
  assert.deepEqual(installed, ['3xui-api-client', platforms[0].name])
  const addons = readdirSync(join(app, 'node_modules/3xui-api-client')).filter((name) => name.endsWith('.node'))
  assert.deepEqual(addons, [])
})

test('class, panel for tests and manifest are reachable under the name the app installed, and the inside is not', () => {
  const ThreeXUI = required('3xui-api-client')
  assert.equal(typeof ThreeXUI, 'function')
  assert.equal(typeof required('3xui-api-client/testing').startPanel, 'function')
  assert.equal(required('3xui-api-client/package.json').name, '3xui-native')
  for (const inside of ['lib/client.js', 'native.js', 'index.js']) {
    assert.throws(() => required(`3xui-api-client/${inside}`), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' })
  }
  for (const types of ['index.d.ts', 'native.d.ts', 'testing/index.d.ts']) {
    assert.ok(existsSync(join(app, 'node_modules/3xui-api-client', types)), types)
  }
})

test('the installed client works with the installed panel', async (t) => {
  const ThreeXUI = required('3xui-api-client')
  const panel = await required('3xui-api-client/testing').startPanel({ inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const { credentials } = await client.addClientWithCredentials(1, 'vless', { email: 'installed' })
  assert.equal(panel.inbounds[0].settings.clients[0].id, credentials.id)
})

test('without the package of the platform the error names what is missing', async () => {
  const hide = `
    const Module = require('node:module')
    const resolve = Module._resolveFilename
    Module._resolveFilename = (name, ...rest) => {
      if (name.startsWith('3xui-native-')) throw Object.assign(new Error('Cannot find module ' + name), { code: 'MODULE_NOT_FOUND' })
      return resolve(name, ...rest)
    }
    require('3xui-api-client')`
  const { code, stderr } = await runProgram(['-e', hide], { cwd: app })
  assert.equal(code, 1)
  assert.match(stderr, /Cannot find native binding/)
  assert.ok(stderr.includes(platforms[0].name), stderr)
})
