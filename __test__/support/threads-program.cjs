/*
 * A program that loads the package on its main thread and in workers, in the order that it is given, one step after the other:
 *
 *     m  the main thread loads it, and makes calls
 *     w  a worker loads it, makes calls, and ends
 *     t  a worker loads it, and is terminated with calls under way
 *     p  two workers at the same time
 *
 *     node threads-program.cjs <panel URL> <steps>
 */

'use strict'

const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')

async function called(url, count = 5) {
  const ThreeXUI = require('3xui-native')
  const client = new ThreeXUI(url, 'admin', 'admin')
  const answers = await Promise.all(Array.from({ length: count }, () => client.getInbounds()))
  if (!answers.every(({ success }) => success)) throw new Error('a call failed')
}

const worker = (kind) => new Worker(__filename, { workerData: { kind, url: process.argv[2] } })

const ended = (thread) =>
  new Promise((resolve, reject) => {
    thread.once('error', reject)
    thread.once('exit', resolve)
  })

const steps = {
  m: () => called(process.argv[2]),
  w: () => ended(worker('ends')),
  p: () => Promise.all([ended(worker('ends')), ended(worker('ends'))]),
  async t() {
    const thread = worker('hangs')
    const end = ended(thread)
    await new Promise((resolve) => thread.once('message', resolve))
    await thread.terminate()
    await end
  },
}

async function main() {
  for (const step of process.argv[3]) await steps[step]()
  console.log('done')
}

async function inWorker({ kind, url }) {
  if (kind === 'ends') return called(url)
  await called(url)
  for (let n = 0; n < 50; n++) called(url, 1).catch(() => {})
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
  parentPort.postMessage('under way')
  return new Promise(() => setInterval(() => {}, 1_000))
}

if (isMainThread) main()
else inWorker(workerData)
