/*
 * Running an example of the documentation as it is written, as a program that has the package installed would.
 *
 * Owns what examples leave to the reader: which names are there. Must not know: which examples there are.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { asScript } from './example-code.mjs'
import { startExamplePanel } from './example-panel.mjs'
import { databaseOf } from './guide-database.mjs'
import { ioredis } from './guide-redis.mjs'
import { runCode } from './guide-blocks.mjs'
import { programRequire } from './package-name.mjs'

/** The panel's address where an example shows a whole one. */
const SHOWN_URL = /https:\/\/panel\.example(:\d+)?(\/base)?/g

/**
 * Runs one on a panel of its own.
 *
 * @param {string} code
 * @param {{ version?: string, password?: string, without?: string[] }} [setUp] - `without` names clients that it makes.
 * @returns {Promise<{ line: string, status: number, content: string }[]>} what the panel was asked and answered
 */
export async function runExample(t, code, { version = 'HEAD', password = 'admin', without } = {}) {
  const [panel, second] = await Promise.all([1, 2].map(() => startExamplePanel({ version, password, without })))
  t.after(() => Promise.all([panel.close(), second.close()]))
  const names = namesOn(t, { panel, second, password })
  await runCode(asScript(code).replaceAll(SHOWN_URL, panel.url), names)
  return panel.answers
}

function namesOn(t, { panel, second, password }) {
  const ThreeXUI = programRequire()('3xui-native')
  const client = new ThreeXUI(panel.url, 'admin', password, { loginRetryBackoff: 0 })
  return {
    ThreeXUI,
    client,
    url: panel.url,
    /** A client of another panel. */
    other: new ThreeXUI(second.url, 'admin', password),
    process: { env: { XUI_TOKEN: panel.token, XUI_URL: panel.url, XUI_USERNAME: 'admin', XUI_PASSWORD: password } },
    module: { exports: {} },
    get app() {
      return programRequire()('express')()
    },
    ...filesIn(t),
    get redis() {
      return ioredis()
    },
    get database() {
      return databaseOf('')
    },
  }
}

/** Files of an example stay in a folder of its own, in which a backup of a database is. */
function filesIn(t) {
  const folder = mkdtempSync(join(tmpdir(), 'example-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'x-ui.db'), 'SQLite format 3\0')
  return {
    readFile: (name, ...how) => readFile(join(folder, name), ...how),
    writeFile: (name, ...what) => writeFile(join(folder, name), ...what),
  }
}
