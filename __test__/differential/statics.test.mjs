/*
 * What hangs on the export comes to the same in both libraries, but for what is listed.
 */

import { compare } from './comparison.mjs'

await compare('statics', (name) => `${name} comes to the same as the reference's`)
