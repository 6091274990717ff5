/*
 * `npm run build`: the addon, whether it is out of date or not.
 */

import { join } from 'node:path'

import { buildAddon } from './lib/addon.mjs'

await buildAddon(join(import.meta.dirname, '..'))
