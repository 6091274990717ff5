/*
 * The guide's quick start in an empty app that has installed the package: as CommonJS to the letter, as a module, and
 * in TypeScript, with nothing else installed, types of Node included.
 */

import assert from 'node:assert/strict'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { startPanel } from '3xui-native/testing'

import { textOf } from '../support/guide-blocks.mjs'
import { UUID } from '../support/guide-shapes.mjs'
import { runProgram } from '../support/programs.mjs'
import { appFolder } from '../support/release.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const BLOCK = textOf('01-quick-start.js')
const REQUIRE = `const ThreeXUI = require('3xui-api-client');\n`

/** What the guide leaves to the reader, and what it does not show: that the program says what it made. */
const GIVEN = `
const { XUI_URL: url, XUI_USERNAME: username, XUI_PASSWORD: password } = process.env
const inboundId = Number(process.env.INBOUND_ID)
`
const TYPED = `
declare const process: { env: Record<string, string> }
declare const console: { log(...args: unknown[]): void }
const [url, username, password] = [process.env['XUI_URL']!, process.env['XUI_USERNAME']!, process.env['XUI_PASSWORD']!]
const inboundId: number = Number(process.env['INBOUND_ID'])
`
const STATED = `
console.log(JSON.stringify({ made: result.credentials, kept: (await redisClient.keys('*')).length }))
`
const TYPED_STATED = `
const id: string = result.credentials.id
const limits: number[] = [result.credentials.totalGB, result.credentials.expiryTime]
// @ts-expect-error a vless client has no password
result.credentials.password
console.log(id.length, limits)
`

const TSC = { 'TypeScript 5': 'typescript-5', 'the newest TypeScript': 'typescript' }

/** The ways to import of other settings; what they import is the same. */
const USED = `
const client: ThreeXUI = new ThreeXUI('http://127.0.0.1:2053', 'admin', 'admin')
export const made = client.addClientWithCredentials(1, 'vless').then(({ credentials }) => credentials.id)
export const logins = async (panel: TestPanel): Promise<number> => panel.logins
`
const IMPORTS = `import ThreeXUI, { NotFoundError } from '3xui-api-client'
import type { TestPanel } from '3xui-api-client/testing'
export const isLost = (error: unknown): boolean => error instanceof NotFoundError
${USED}`
const OTHERS = {
  'for a bundler': {
    options: { module: 'esnext', moduleResolution: 'bundler' },
    name: 'bundled.ts',
    program: IMPORTS,
  },
  'CommonJS with esModuleInterop': {
    options: { module: 'commonjs', esModuleInterop: true },
    name: 'interop.ts',
    program: IMPORTS,
  },
  'CommonJS with import = require': {
    options: { module: 'commonjs' },
    name: 'required.ts',
    program: `import ThreeXUI = require('3xui-api-client')
import testing = require('3xui-api-client/testing')
type TestPanel = testing.TestPanel
${USED}`,
  },
}

let app

before(async () => {
  app = await appFolder()
  cpSync(new URL('../support/guide-redis.mjs', import.meta.url), join(app, 'redis.mjs'))
  write('redis.d.mts', 'export function ioredis(): { keys(pattern: string): Promise<string[]> }\n')
})

test('the block begins with the line that the module and TypeScript have another for', () => {
  assert.ok(BLOCK.startsWith(REQUIRE))
})

test('CommonJS', async (t) => {
  write(
    'common.cjs',
    `${GIVEN}
const main = async () => {
const redisClient = (await import('./redis.mjs')).ioredis()
${BLOCK}${STATED}}
main()`,
  )
  await creates(t, 'common.cjs')
})

test('a module', async (t) => {
  write('module.mjs', `${moduleOf(BLOCK)}${STATED}`)
  await creates(t, 'module.mjs')
})

for (const [name, tsc] of Object.entries(TSC)) {
  test(`${name}, to a module`, async (t) => {
    const body = `${BLOCK.replace(REQUIRE, '')}${STATED}${TYPED_STATED}`
    await compiles(tsc, 'program.mts', `import ThreeXUI from '3xui-api-client'\n${REDIS}${TYPED}${body}`)
    await creates(t, `${tsc}/program.mjs`)
  })

  test(`${name}, to CommonJS`, async (t) => {
    const body = `${BLOCK.replace(REQUIRE, '')}${STATED}${TYPED_STATED}`
    const late = `const redisClient = (await import('./redis.mjs')).ioredis()\n`
    const main = `async function main(): Promise<void> {\n${late}${body}}\nmain()\n`
    await compiles(tsc, 'program.cts', `import ThreeXUI = require('3xui-api-client')\n${TYPED}${main}`)
    await creates(t, `${tsc}/program.cjs`)
  })

  for (const [setting, { options, name: file, program }] of Object.entries(OTHERS)) {
    test(`${name}, ${setting}`, async () => compiles(tsc, file, program, options))
  }

  test(`${name}: the types of the panel for tests`, async () => {
    const program = `
import { startPanel, type TestPanel } from '3xui-api-client/testing'
const panel: TestPanel = await startPanel({ version: 'newest', inbounds: [{ port: 443, protocol: 'vless' }] })
const logins: number = panel.logins
// @ts-expect-error there is no such version
await startPanel({ version: '1.0' })
export { logins }
`
    await compiles(tsc, 'testing.mts', program)
  })
}

const REDIS = `import { ioredis } from './redis.mjs'\nconst redisClient = ioredis()\n`

const moduleOf = (block) => `${block.replace(REQUIRE, `import ThreeXUI from '3xui-api-client'\n${REDIS}${GIVEN}`)}`

function write(name, text) {
  writeFileSync(join(app, name), text)
}

/** Compiles as strictly as can be, the declarations of the package included, into a folder named after the compiler. */
async function compiles(tsc, name, text, special) {
  write(name, text)
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2022'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    outDir: tsc,
    ...special,
  }
  const project = `tsconfig.${tsc}.${name}.json`
  write(project, JSON.stringify({ compilerOptions, files: [name] }))
  const { code, stdout } = await runProgram([join(root, 'node_modules', tsc, 'bin/tsc'), '-p', project], { cwd: app })
  assert.equal(code, 0, stdout)
  cpSync(join(app, 'redis.mjs'), join(app, tsc, 'redis.mjs'))
}

/** Runs the program on a panel, on which it makes one client, and ends by itself. */
async function creates(t, program) {
  const panel = await startPanel({ inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  const env = { XUI_URL: panel.url, XUI_USERNAME: 'admin', XUI_PASSWORD: 'admin', INBOUND_ID: '1' }

  const { code, signal, stdout, stderr } = await runProgram([program], { cwd: app, env })

  assert.deepEqual({ code, signal, stderr }, { code: 0, signal: null, stderr: '' })
  assert.match(stdout, /^Created client: \{/)
  const { made, kept } = JSON.parse(stdout.split('\n').find((line) => line.startsWith('{"made"')))
  assert.equal(made.email, 'user_example_001')
  assert.match(made.id, UUID)
  assert.equal(panel.inbounds[0].settings.clients[0].id, made.id)
  assert.equal(panel.logins, 1)
  assert.equal(kept, 1, 'the session is not in Redis')
}
