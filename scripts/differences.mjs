/*
 * Writes docs/DIFFERENCES.md anew.
 */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { PAGE, differencesPage } from './lib/differences.mjs'

writeFileSync(join(import.meta.dirname, '..', PAGE), differencesPage())
