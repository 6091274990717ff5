/*
 * Making and judging credentials, and making clients: the same arguments to both libraries come to the same, but for
 * what is listed.
 */

import { compare } from './comparison.mjs'

await compare('functions', (name) => `${name} comes to the same as with the reference`)
