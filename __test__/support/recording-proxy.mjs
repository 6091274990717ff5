/*
 * A door in front of a panel that writes down who goes through: the same for the panel of this package and a real
 * one, which keeps no list of its requests.
 *
 * Must not know: what the requests mean.
 */

import { createServer, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** Starts one in front of `target`; `url` is the way in, `requests` holds `{ method, path, headers, body }`. */
export async function startRecordingProxy(target) {
  const { protocol, hostname, port, pathname } = new URL(target)
  const send = protocol === 'https:' ? httpsRequest : httpRequest
  const requests = []

  const pass = async (incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    const body = await textOf(incoming)
    requests.push({ method, path, headers, body })
    const onward = send({ hostname, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    onward.once('error', () => outgoing.destroy())
    onward.end(body)
  }
  // Whoever hangs up, the other side is told by being hung up on.
  const server = createServer((incoming, outgoing) => pass(incoming, outgoing).catch(() => outgoing.destroy()))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${server.address().port}${pathname.replace(/\/$/, '')}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}

async function textOf(stream) {
  const pieces = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}
