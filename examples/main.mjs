/*
 * `npm start`: the library at its main job on a panel, from logging in to leaving the panel as it was found.
 */

import { account } from './lib/account.mjs'
import { USAGE, UsageError, requested } from './lib/arguments.mjs'
import { cleanUp } from './lib/clean-up.mjs'
import { Interrupted, Interruption } from './lib/interruption.mjs'
import { stateOf } from './lib/likeness.mjs'
import { open } from './lib/target.mjs'
import { tour } from './lib/tour.mjs'
import { Traces } from './lib/traces.mjs'

const EXIT = { ok: 0, failed: 1, usage: 2 }

/**
 * Runs the tour.
 *
 * @param {string[]} args - Those of the command line.
 * @returns {Promise<number>} The exit code.
 */
export async function main(args, env = process.env) {
  const say = account()
  let target
  try {
    const wanted = requested(args, env)
    if (wanted.help) {
      say.line(USAGE)
      return EXIT.ok
    }
    target = await open(wanted)
    say.title(`3xui-native on ${target.name}`)
    return await visit(target, say)
  } catch (error) {
    const isUsage = error instanceof UsageError
    console.error(isUsage ? `${error.message}\n\n${USAGE}` : error.message)
    return isUsage ? EXIT.usage : EXIT.failed
  } finally {
    await target?.end()
  }
}

/** From logging in to logging out. What fails is told at once; whatever happens, the panel is left in order. */
async function visit({ client, way, use }, say) {
  const begin = performance.now()
  const traces = new Traces(client.generateIdentifier('tour'))
  const interruption = new Interruption({
    first: 'Stopping: what was made is being removed. Once more to leave it there.',
    second: `Left on the panel: ${traces}.`,
  })
  let failed = false
  const phase = async (work) => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Interrupted) return null
      failed = true
      console.error(error.message)
      return null
    }
  }

  const stopListening = interruption.listen()
  if (await phase(() => say.step(`Log in ${way}`, () => client.login()))) {
    const before = await phase(() => say.step('Note what is there', () => interruption.during(stateOf(client))))
    const made = before && (await phase(() => tour({ client, traces, interruption, say, use })))
    const asFound = before && (await phase(() => cleanUp(client, traces, before, say)))
    await phase(() => say.step('Log out', () => client.logout()))
    if (made && asFound) say.line(`\nMade, changed and removed ${made} in ${say.since(begin)}.`)
    if (asFound) say.line('The panel is as it was found.')
  }
  stopListening()
  return failed ? EXIT.failed : (interruption.code ?? EXIT.ok)
}
