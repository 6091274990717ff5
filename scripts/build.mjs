/*
 * `npm run build`: the addon, whether it is out of date or not.
 */

import { ensure } from './ensure.mjs'

await ensure({ rebuild: true })
