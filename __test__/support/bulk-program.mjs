/*
 * A program that makes many clients out of a generator, and tells on the way how far it is and how much memory it takes.
 *
 *     node --expose-gc bulk-program.mjs <panel URL> <count>
 */

import ThreeXUI from '3xui-native'

const [url, count] = process.argv.slice(2)
const client = new ThreeXUI(url, 'admin', 'admin')
const told = { created: 0, exists: 0, failed: 0 }

function* wanted() {
  for (let n = 0; n < Number(count); n++) yield { email: `c${n}` }
}

const onProgress = (progress) => {
  globalThis.gc()
  console.log(JSON.stringify({ progress, megabytes: Math.round(process.memoryUsage().rss / 2 ** 20) }))
}
for await (const { status } of client.bulk.createClients(1, wanted(), { chunk: 1_000, onProgress })) told[status] += 1
console.log(JSON.stringify({ told }))
