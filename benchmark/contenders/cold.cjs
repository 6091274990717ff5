'use strict'

/*
 * A program that makes one call and ends, as a job or a function in the cloud does: from `require` to the answer.
 *
 *     node cold.cjs <package> <setup as JSON>
 */

const began = performance.now()
const [file, setup] = process.argv.slice(2)
const { url, token } = JSON.parse(setup)

const ThreeXUI = require(file)
const loaded = performance.now()
void answered(new ThreeXUI(url, { token })).then((times) => process.stdout.write(JSON.stringify(times), () => process.exit()))

async function answered(client) {
  const { success, obj } = await client.getNode(7)
  const now = performance.now()
  if (!success || obj.id !== 7) throw new Error('The answer is not the one that was asked for')
  return { load: loaded - began, cold: now - began, whole: now }
}
