/*
 * Processes: an idle client keeps none alive, a call under way does, and nothing stands in the way of an end.
 */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { onPanels, serverFor } from './support/wire.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Long enough for a process on a busy machine; one that hangs is ended and reported. */
const PATIENCE_MS = 30_000

const SET_UP = `
  const ThreeXUI = require('3xui-native')
  const url = process.argv[1]
  const make = (options) => new ThreeXUI(url, 'admin', 'admin', options)
`

/** Runs a program with `ThreeXUI`, `url` and `make(options)` at hand; resolves with how it ended and what it wrote. */
function run(url, program) {
  const child = spawn(process.execPath, ['-e', SET_UP + program, url], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = { code: null, signal: null, out: '', err: '', hung: false }
  child.stdout.on('data', (text) => (ended.out += text))
  child.stderr.on('data', (text) => (ended.err += text))
  return new Promise((resolve) => {
    const watch = setTimeout(() => {
      ended.hung = true
      child.kill('SIGKILL')
    }, PATIENCE_MS)
    child.once('close', (code, signal) => {
      clearTimeout(watch)
      resolve({ ...ended, code, signal })
    })
  })
}

function assertEnded({ code, signal, out, err, hung }, expected = {}) {
  assert.equal(hung, false, 'the process did not end by itself')
  assert.equal(signal, null, err)
  assert.equal(code, expected.code ?? 0, err)
  assert.equal(out.trim(), expected.out ?? '')
}

onPanels('a client that was never used keeps no process alive', async (panel) => {
  assertEnded(await run(panel.url, 'make()'))
})

onPanels('a client that is logged in and idle keeps no process alive', async (panel) => {
  const ended = await run(
    panel.url,
    `const client = make()
     Promise.all(Array.from({ length: 20 }, () => client.getInbounds())).then((all) => console.log(all.length))`,
  )
  assertEnded(ended, { out: '20' })
  assert.equal(panel.logins, 1)
})

onPanels("sessions in a store of the program's own keep no process alive", async (panel) => {
  const ended = await run(
    panel.url,
    `const kept = new Map()
     const customHandler = {
       getSession: async (key) => kept.get(key) ?? null,
       setSession: async (key, session) => void kept.set(key, session),
       deleteSession: async (key) => void kept.delete(key),
     }
     make({ sessionManager: { customHandler } }).getInbounds().then(() => console.log(kept.size))`,
  )
  assertEnded(ended, { out: '1' })
})

onPanels('a call under way keeps the process alive until it is answered', async (panel) => {
  panel.delay(300)
  assertEnded(await run(panel.url, `make().getInbounds().then(({ success }) => console.log(success))`), {
    out: 'true',
  })
})

onPanels('many calls under way all get their answer', async (panel) => {
  panel.delay(100)
  const ended = await run(
    panel.url,
    `const client = make()
     let answers = 0
     for (let call = 0; call < 100; call++) client.getInbounds().then(() => answers++)
     process.on('exit', () => console.log(answers))`,
  )
  assertEnded(ended, { out: '100' })
})

/** A panel that logs in and then never answers. */
const silent = (request, outgoing) => {
  if (request.path === '/csrf-token') return outgoing.writeHead(404).end()
  if (request.path !== '/login') return undefined
  return outgoing
    .writeHead(200, { 'content-type': 'application/json', 'set-cookie': '3x-ui=a; Path=/' })
    .end('{"success":true,"msg":"","obj":null}')
}

test('process.exit ends a process with calls under way', async (t) => {
  const { url } = await serverFor(t, silent)
  const ended = await run(
    url,
    `const client = make()
     for (let call = 0; call < 50; call++) client.getInbounds()
     client.login().then(() => setImmediate(() => process.exit(3)))`,
  )
  assertEnded(ended, { code: 3 })
})

test('an error that nobody catches ends a process with calls under way', async (t) => {
  const { url } = await serverFor(t, silent)
  const ended = await run(
    url,
    `const client = make()
     for (let call = 0; call < 50; call++) client.getInbounds()
     client.login().then(() => { throw new Error('on purpose') })`,
  )
  assert.match(ended.err, /on purpose/)
  assertEnded(ended, { code: 1 })
})

test('a call that is never answered ends with its time limit, and the process after it', async (t) => {
  const { url } = await serverFor(t, silent)
  const program = `make({ timeout: 200 }).getInbounds().catch(({ name, code }) => console.log(name, code))`
  assertEnded(await run(url, program), { out: 'TimeoutError ECONNABORTED' })
})

test('a worker thread with calls under way can be ended', async (t) => {
  const { url } = await serverFor(t, silent)
  const ended = await run(
    url,
    `const { Worker } = require('node:worker_threads')
     const program = \`
       const ThreeXUI = require('3xui-native')
       const { parentPort, workerData } = require('node:worker_threads')
       const client = new ThreeXUI(workerData, 'admin', 'admin')
       for (let call = 0; call < 20; call++) client.getInbounds()
       client.login().then(() => parentPort.postMessage('ready'))\`
     const workers = Array.from({ length: 4 }, () => new Worker(program, { eval: true, workerData: url }))
     const { once } = require('node:events')
     const ends = workers.map((worker) => once(worker, 'message').then(() => worker.terminate()))
     Promise.all(ends).then((codes) => console.log(codes.length))`,
  )
  assertEnded(ended, { out: '4' })
})

onPanels('clients in several threads work side by side', async (panel) => {
  const ended = await run(
    panel.url,
    `const { Worker } = require('node:worker_threads')
     const program = \`
       const ThreeXUI = require('3xui-native')
       const { parentPort, workerData } = require('node:worker_threads')
       const client = new ThreeXUI(workerData, 'admin', 'admin')
       client.getInbounds().then(({ success }) => parentPort.postMessage(success))\`
     let answers = 0
     for (let thread = 0; thread < 4; thread++) {
       new Worker(program, { eval: true, workerData: url }).once('message', (success) => (answers += success))
     }
     process.on('exit', () => console.log(answers))`,
  )
  assertEnded(ended, { out: '4' })
})
