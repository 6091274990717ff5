/*
 * `npm run docs`: writes docs/API.md anew.
 */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { PAGE, apiPage } from './lib/docs/page.mjs'

const root = join(import.meta.dirname, '..')
writeFileSync(join(root, PAGE), apiPage(root))
