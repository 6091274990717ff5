import Client from '3xui-api-client'
import { expect, test } from 'vitest'

import { suite } from './suite.cjs'

suite(Client.default ?? Client, { test, expect })
