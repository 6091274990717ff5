/*
 * Credentials, as many at a time as are asked for, again and again for a time.
 */

export function run({ client }, { protocol, count, ms }) {
  const { length } = client.generateBulkCredentials(protocol, count)
  if (length !== count) throw new Error(`${length} credentials instead of ${count}`)
  const began = performance.now()
  let made = 0
  do {
    made += client.generateBulkCredentials(protocol, count).length
  } while (performance.now() - began < ms)
  return { made: (made * 1e3) / (performance.now() - began) }
}
