/*
 * Leaving the panel as it was found, and saying exactly what is left where that is impossible.
 */

import { clientsOf } from './answers.mjs'
import { differences, nameOf, stateOf } from './likeness.mjs'

/** Removes everything and compares. Throws what is to be told. */
export async function cleanUp(client, traces, before, say) {
  try {
    await say.step('Remove all that was made', () => traces.remove(client, say))
  } catch (error) {
    throw new Error(`${error.message}\n${await leftovers(client, traces)}`, { cause: error })
  }
  const found = differences(before, await say.step('Compare with what was there', () => stateOf(client)))
  if (found.length === 0) return true
  throw new Error(`The panel is not as it was found, as if somebody else had worked on it:\n${indented(found)}`)
}

async function leftovers(client, traces) {
  try {
    const left = await traces.left(client)
    const lines = left.map((inbound) => `${nameOf(inbound)} with ${clientsOf(inbound).length} clients`)
    return lines.length > 0 ? `Still on the panel:\n${indented(lines)}` : 'Nothing is left on the panel.'
  } catch {
    return `The panel cannot say what is left on it. Look for ${traces}.`
  }
}

function indented(lines) {
  return lines.map((line) => `    ${line}`).join('\n')
}
