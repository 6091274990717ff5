/*
 * Key pairs, one at a time, again and again for a time.
 */

export function run({ ThreeXUI }, { method, ms }) {
  const { CredentialGenerator } = ThreeXUI
  const { privateKey, publicKey } = CredentialGenerator[method]()
  if (!privateKey || !publicKey) throw new Error(`${method} made no keys`)
  const began = performance.now()
  let made = 0
  do {
    CredentialGenerator[method]()
    made += 1
  } while (performance.now() - began < ms)
  return { made: (made * 1e3) / (performance.now() - began) }
}
