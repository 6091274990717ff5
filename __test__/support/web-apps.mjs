/*
 * Web apps as processes of their own, asked over HTTP.
 *
 * Must not know: the framework, or what an app answers.
 */

import { startProgram } from './programs.mjs'

/**
 * Starts a server program that says its port, or its address, when it is ready.
 *
 * @returns `origin` is its address; `get(path)` and `post(path, body)` resolve with `{ status, json, text }`; `stop()` tells it to end and
 *   resolves with how it ended and what it had said.
 */
export async function startWebApp(t, args, { cwd, env, listening }) {
  const program = startProgram(args, { cwd, env })
  t.after(() => {
    program.child.kill('SIGKILL')
    return program.ended
  })
  const [, port] = await program.ready(listening)
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    said: program.said,
    get: (path) => answer(fetch(origin + path, { headers: ONCE })),
    post: (path, body) => answer(fetch(origin + path, postOf(body))),
    stop: async () => {
      program.child.kill('SIGTERM')
      return { ...(await program.ended), ...program.said }
    },
  }
}

/** A server that has been told to end waits for connections that could be used again. */
const ONCE = { Connection: 'close' }

/** As an account's owner sets it up, with what is different. */
export const accountOf = (panel, { url = panel.url, password = 'admin' } = {}) => ({
  XUI_URL: url,
  XUI_USERNAME: 'admin',
  XUI_PASSWORD: password,
})

/** An address at which nobody listens: of a panel that has been closed. */
export async function nobodyAt(startPanel) {
  const panel = await startPanel()
  await panel.close()
  return panel.url
}

const postOf = (body) => ({
  method: 'POST',
  headers: { ...ONCE, 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})

async function answer(pending) {
  const response = await pending
  const text = await response.text()
  return { status: response.status, text, json: parsed(text) }
}

/** A framework's own error page is not JSON. */
function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
