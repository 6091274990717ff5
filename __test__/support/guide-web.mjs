/*
 * The guide's web program: its Express app listening on loopback, and its React component compiled as a bundler
 * would.
 *
 * Must not know: what the routes answer.
 */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { runBlock, runCode } from './guide-blocks.mjs'
import { guideDatabase, secureClientManager } from './guide-program.mjs'
import { smallReact } from './guide-react.mjs'
import { programRequire } from './package-name.mjs'

const COMPILER = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
const OPTIONS = '--allowJs --noCheck --jsx react --target es2022 --module commonjs'.split(' ')
const COMPONENT = fileURLToPath(new URL('../guide/blocks/21-react-component.js', import.meta.url))

/** The Express app for a panel. Its own program reads the bodies and listens, which the block leaves to it. */
export async function startGuideApp({ url, username, password }) {
  const { SecureClientManager, printed } = await secureClientManager()
  const database = guideDatabase()
  const process = { env: { XUI_URL: url, XUI_USERNAME: username, XUI_PASSWORD: password } }
  const { app } = await runBlock('20-express-endpoints.js', { SecureClientManager, process, database })

  const express = programRequire()('express')
  const program = express().use(express.json(), app)
  const server = await new Promise((resolve) => {
    const listening = program.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const origin = `http://127.0.0.1:${server.address().port}`

  return {
    database,
    printed,
    /** `fetch` as a page of this app has it: paths are its own. */
    fetch: (path, options) => fetch(new URL(path, origin), options),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}

/** The component and its hook on a page of an app: `mount` shows them, `alerts` is what popped up. */
export async function guidePage({ fetch }) {
  const { React, mount } = smallReact()
  const alerts = []
  const require = (name) => (name === 'react' ? React : programRequire()(name))
  const names = { React, require, exports: {}, fetch, alert: (text) => void alerts.push(text) }
  const { useClients, ClientManager } = await runCode(compiledComponent(), names)
  return { mount, alerts, useClients, ClientManager }
}

let compiled

function compiledComponent() {
  compiled ??= compile(COMPONENT)
  return compiled
}

/** JSX and modules as Node's own CommonJS; nothing else is changed, and no types are looked at. */
function compile(file) {
  const folder = mkdtempSync(join(tmpdir(), 'page-'))
  try {
    execFileSync(process.execPath, [COMPILER, ...OPTIONS, '--outDir', folder, file])
    return readFileSync(join(folder, '21-react-component.js'), 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
