/*
 * A panel of our own, in a process of its own.
 */

import { fileURLToPath } from 'node:url'

import { startChild } from '../lib/child.mjs'

const PROGRAM = fileURLToPath(new URL('panel-program.mjs', import.meta.url))

/** `fresh` starts one anew and tells how to reach it, `mark` forgets what it was asked, `seen` tells what it was since. */
export async function startPanelProcess() {
  const { ask, end } = await startChild('The panel', PROGRAM)
  return {
    fresh: (options) => ask({ order: 'fresh', options }),
    mark: () => ask({ order: 'mark' }),
    seen: () => ask({ order: 'seen' }),
    end,
  }
}
