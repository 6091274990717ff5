/*
 * Where flows run: a panel of our own that is a new one each time, or a real panel with a new inbound each time.
 *
 * `fresh` prepares it and tells how to reach it, `mark` forgets what was asked so far, `seen` tells what was stored and, where
 * that can be known, asked.
 */

import { randomBytes } from 'node:crypto'

import { startPanelProcess } from '../servers/panel.mjs'
import { startContender } from './contender.mjs'

export async function ownPanel({ version, faults }) {
  const panel = await startPanelProcess()
  return {
    async fresh() {
      const { token, ...access } = await panel.fresh({ version, faults })
      return { access: token ? { ...access, token } : access, isOld: version.startsWith('2.'), inbound: 1, prefix: 'user' }
    },
    mark: panel.mark,
    seen: panel.seen,
    end: panel.end,
  }
}

/** The panels that the environment names, each with its version: `XUI_URL` may be several, with blanks between them. */
export async function realPanels(env = process.env) {
  const { XUI_URL = '', XUI_USERNAME: username, XUI_PASSWORD: password, XUI_TOKEN: token } = env
  const panels = []
  for (const url of XUI_URL.split(/\s+/).filter(Boolean)) {
    const access = token ? { url, token } : { url, username, password }
    const asker = await startContender('ours', access)
    const { version } = await asker.run('inbound', { action: 'version' })
    await asker.end()
    panels.push({ version, access })
  }
  return panels
}

/** A real panel. What is made on it is deleted again. */
export async function realPanel(access) {
  const keeper = await startContender('ours', access)
  let inbound = null
  const remove = async () => {
    if (inbound !== null) await keeper.run('inbound', { action: 'remove', id: inbound })
    inbound = null
  }
  return {
    async fresh() {
      await remove()
      const { id, isOld } = await keeper.run('inbound', { action: 'make' })
      inbound = id
      return { access, isOld, inbound, prefix: `bench_${randomBytes(4).toString('hex')}` }
    },
    async mark() {},
    seen: () => keeper.run('inbound', { action: 'count', id: inbound }),
    async end() {
      await remove()
      await keeper.end()
    },
  }
}
