/*
 * The fast server: nginx, answering what a panel would, from files and without thinking.
 *
 * Each reply of `getInbounds` has a base path of its own, as panels may have one, so that clients ask for all of them in
 * the same way. Must not know: who asks.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { inboundsReply, nodeReply } from './replies.mjs'

const PATHS = { node: '/panel/api/nodes/get/7', inbounds: '/panel/api/inbounds/list' }
const COOKIE = '3x-ui=MTc2NzIyNTYwMHxiZW5jaG1hcms'
const START_MS = 5_000

/**
 * Starts it.
 *
 * @param {number[]} clients - How many clients there are in each of the replies of `getInbounds`.
 * @returns {Promise<{ setup: (clients?: number) => object, files: (clients?: number) => object, close: () => Promise<void> }>}
 *   `setup` is what contenders are started with, `files` names the files with the replies.
 */
export async function startNginx(clients = [1]) {
  const folder = mkdtempSync(join(tmpdir(), '3xui-bench-'))
  const port = await freePort()
  const bases = clients.map((count) => ({ count, path: `/with-${count}` }))
  writeReplies(folder, bases)
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, bases))
  const server = spawn('nginx', ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' })
  const atOnce = () => {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  const close = async () => {
    process.off('exit', atOnce)
    await stop(server, folder)
  }
  process.once('exit', atOnce)
  await listening(port, server)
  const fileOf = (count) => ({ node: join(folder, 'node.json'), inbounds: join(folder, `inbounds-${count}.json`) })
  return {
    setup: (count = clients[0]) => ({
      url: `http://127.0.0.1:${port}/with-${count}`,
      username: 'admin',
      password: 'correct-horse',
      headers: { Cookie: COOKIE },
      paths: PATHS,
    }),
    files: (count = clients[0]) => fileOf(count),
    close,
  }
}

/** Has it for as long as `use` takes. */
export async function withNginx(clients, use) {
  const server = await startNginx(clients)
  try {
    return await use(server)
  } finally {
    await server.close()
  }
}

function writeReplies(folder, bases) {
  mkdirSync(join(folder, 'logs'))
  writeFileSync(join(folder, 'node.json'), nodeReply())
  for (const { count } of bases) writeFileSync(join(folder, `inbounds-${count}.json`), inboundsReply(count))
}

/** A port that was free a moment ago: nginx cannot be told to find one. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

async function listening(port, server) {
  for (const end = Date.now() + START_MS; Date.now() < end; await sleep(20)) {
    if (server.exitCode !== null) throw new Error('nginx ended as soon as it was started: it says why above')
    if (await accepts(port)) return
  }
  throw new Error(`nginx does not listen on port ${port}`)
}

async function accepts(port) {
  const socket = connect(port, '127.0.0.1')
  const answer = await Promise.race([once(socket, 'connect'), once(socket, 'error')]).catch(() => false)
  socket.destroy()
  return Array.isArray(answer) && answer.length === 0
}

async function stop(server, folder) {
  const gone = once(server, 'exit')
  server.kill('SIGTERM')
  await gone
  rmSync(folder, { recursive: true, force: true })
}

const json = (value) => `default_type "application/json; charset=utf-8"; return 200 '${JSON.stringify(value)}';`

/** One process, no log, connections that stay. */
function configuration(folder, port, bases) {
  const status = { success: true, msg: '', obj: { panelVersion: '3.6.0', panelGuid: '5c0e7a0e-52a2-4c6c-8f3b-3f6d3a0c9b11' } }
  const places = bases.map(
    ({ count, path }) => `
    location = ${path}/csrf-token { ${json({ success: true, obj: 'token' })} }
    location = ${path}/login { add_header Set-Cookie "${COOKIE}; Path=/; HttpOnly"; ${json({ success: true, msg: '', obj: null })} }
    location = ${path}/panel/api/server/status { ${json(status)} }
    location = ${path}${PATHS.node} { ${json(JSON.parse(nodeReply()))} }
    location = ${path}${PATHS.inbounds} { default_type "application/json; charset=utf-8"; alias ${folder}/inbounds-${count}.json; }`,
  )
  return `
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 8192; }
http {
  access_log off;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=100;
  keepalive_requests 1000000000;
  keepalive_timeout 300s;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  types {}
  server {
    listen 127.0.0.1:${port} backlog=4096;${places.join('')}
  }
}
`
}
