/*
 * A program whose processes load the package: forked ones, or those of a cluster, beside a main one that has loaded it or not.
 *
 *     node processes-program.cjs <panel URL> <fork|cluster> <loaded|bare>
 */

'use strict'

const { fork } = require('node:child_process')
const cluster = require('node:cluster')

const [url, kind, loaded] = process.argv.slice(2)

async function called() {
  const ThreeXUI = require('3xui-native')
  const { success } = await new ThreeXUI(url, 'admin', 'admin').getInbounds()
  if (!success) throw new Error('a call failed')
}

async function main() {
  if (loaded === 'loaded') await called()
  const start = kind === 'cluster' ? () => cluster.fork().process : () => fork(__filename, [url, 'child'])
  const codes = await Promise.all([1, 2].map(() => new Promise((resolve) => start().once('exit', (code, signal) => resolve(code ?? signal)))))
  console.log(codes.join())
}

if (kind === 'child' || cluster.isWorker) called().then(() => process.exit(0), () => process.exit(1))
else main()
