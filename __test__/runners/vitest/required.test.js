/* A second file at the same time, which loads the package by `require`. */

import { createRequire } from 'node:module'

import { expect, test } from 'vitest'

import { suite } from './suite.cjs'

const Client = createRequire(import.meta.url)('3xui-api-client')

suite(Client.default ?? Client, { test, expect })
