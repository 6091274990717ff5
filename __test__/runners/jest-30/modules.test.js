/* A second file, at the same time or after the first in the same process, and modules that are loaded anew in it. */

const { suite } = require('./suite.cjs')

describe('loaded once', () => {
  const Client = require('3xui-api-client')
  suite(Client.default ?? Client, { test, expect })
})

describe('loaded anew', () => {
  jest.resetModules()
  const Client = require('3xui-api-client')
  suite(Client.default ?? Client, { test, expect })
})
