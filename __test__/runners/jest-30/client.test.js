const Client = require('3xui-api-client')

const { suite } = require('./suite.cjs')

suite(Client.default ?? Client, { test, expect })
