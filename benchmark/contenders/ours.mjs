/*
 * This package, as a program uses it.
 */

import { createRequire } from 'node:module'

import { clientCalls } from './client-calls.mjs'

const ThreeXUI = createRequire(import.meta.url)('../../index.js')

export const connect = (setup) => clientCalls(ThreeXUI, setup)
