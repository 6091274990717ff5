/*
 * Everything that is compared, by the test that does so.
 */

import { missingRoutes } from './missing.mjs'
import { MissingRoutes } from './missing-routes.mjs'
import { recordsOf, recordsOfFunctions, recordsOfStatics } from './records.mjs'
import { CONSTRUCTOR } from './run-function.mjs'
import { constructions, functions } from './script/functions.mjs'
import { calls } from './script/index.mjs'
import { statics } from './script/statics.mjs'

// The reference tells the console of every error.
console.warn = () => {}

export const missing = new MissingRoutes(missingRoutes)

/** @type {Record<string, () => Promise<import('./records.mjs').Pair[]>>} */
export const EVERYTHING = {
  calls: () => recordsOf(calls, missing),
  functions: async () => recordsOfFunctions({ ...functions, [CONSTRUCTOR]: constructions }),
  statics: () => recordsOfStatics(statics),
}
