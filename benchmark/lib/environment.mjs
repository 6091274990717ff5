/*
 * The environment that contenders get: ours, without what makes one machine's network, Node and certificates different
 * from another's.
 */

const TELLING = /^(https?|all|no)_proxy$|^NODE_|^SSL_CERT|^UV_|^MALLOC_|^LD_PRELOAD$/i

export function plainEnvironment(env = process.env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !TELLING.test(name)))
}
