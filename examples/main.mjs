/*
 * `npm start`: the library at its main job on a panel, from logging in to leaving the panel as it was found.
 */

import { account } from './lib/account.mjs'
import { USAGE, UsageError, requested } from './lib/arguments.mjs'
import { open } from './lib/target.mjs'
import { tour } from './lib/tour.mjs'
import { Interrupted, Traces } from './lib/traces.mjs'

const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 }

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
  } catch (error) {
    return complain(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : error.message, EXIT.usage)
  }
  const begin = performance.now()
  say.title(`3xui-native on ${target.name}`)
  const code = await visit(target, say)
  await target.end()
  if (code === EXIT.ok) say.line(`\nAll done in ${((performance.now() - begin) / 1000).toFixed(1)} s; the panel is as it was found.`)
  return code
}

async function visit({ client, way }, say) {
  const traces = new Traces(client.generateIdentifier('tour'))
  const stop = interruptions(traces)
  let code = EXIT.ok
  try {
    await say.step(`Logged in ${way}`, () => traces.during(client.login()))
    const before = await inboundIds(client)
    await tour(client, traces, say).catch((error) => {
      code = failure(error)
    })
    code = (await cleanUp(client, traces, say, before)) ?? code
    await say.step('Logged out', () => client.logout())
  } catch (error) {
    code = failure(error)
  } finally {
    stop()
  }
  return code
}

/** Removes everything; the exit code where something stays behind. */
async function cleanUp(client, traces, say, before) {
  try {
    await say.step('Everything removed', () => traces.remove(client))
    const after = await inboundIds(client)
    if (after !== before) return complain(`The panel had the inbounds ${before || 'none'} before, and has ${after || 'none'} now.`)
    return null
  } catch (error) {
    return complain(`${error.message}\nStill on the panel: the inbounds whose remark begins with ${traces.mark}, and their clients.`)
  }
}

async function inboundIds(client) {
  const { obj } = await client.getInbounds()
  return obj.map(({ id }) => id).join(', ')
}

/** The first Ctrl-C ends the tour and cleans up; the second one ends everything. */
function interruptions(traces) {
  let heard = 0
  const onSignal = () => {
    heard += 1
    if (heard > 1) process.exit(EXIT.interrupted)
    console.error('\nStopping: what was made is being removed. Once more to leave it there.')
    traces.interrupt()
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, onSignal)
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, onSignal)
  }
}

function failure(error) {
  return error instanceof Interrupted ? EXIT.interrupted : complain(error.message)
}

function complain(message, code = EXIT.failed) {
  console.error(message)
  return code
}
