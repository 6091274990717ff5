const Client = require('3xui-api-client')

const { expect } = require('./expect.cjs')
const { suite } = require('./suite.cjs')

suite(Client.default ?? Client, { test: it, expect })
