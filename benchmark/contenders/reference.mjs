/*
 * The package that ours replaces.
 */

import { createRequire } from 'node:module'

import { clientCalls } from './client-calls.mjs'

const ThreeXUI = createRequire(import.meta.url)('3xui-api-client')

export const connect = (setup) => clientCalls(ThreeXUI, setup)
