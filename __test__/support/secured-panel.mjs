/*
 * A panel behind a web server that speaks TLS, with one of the certificates of this folder.
 */

import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { fileURLToPath } from 'node:url'

import { startPanel } from '3xui-native/testing'

export const pathOf = (name) => fileURLToPath(new URL(`certificates/${name}.pem`, import.meta.url))
export const read = (name) => readFileSync(pathOf(name))
const keyOf = (name) => readFileSync(pathOf(name).replace('.pem', '.key'))

/** Starts one for a test: the URL to reach it at, its token, and the panel itself. */
export async function secured(t, name, host = 'localhost', options = {}) {
  const panel = await startPanel({ version: 'HEAD', ...options })
  const target = new URL(panel.url)
  const server = https.createServer({ cert: read(name), key: keyOf(name) }, (asked, answer) => {
    const { method, url: path, headers } = asked
    const inner = http.request({ host: target.hostname, port: target.port, method, path, headers }, (answered) => {
      answer.writeHead(answered.statusCode, answered.headers)
      answered.pipe(answer)
    })
    asked.pipe(inner)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  t.after(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await panel.close()
  })
  return { url: `https://${host}:${server.address().port}`, token: panel.token, panel }
}
