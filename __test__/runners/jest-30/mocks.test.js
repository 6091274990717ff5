/* The package behind Jest's own mocks, spies and timers, as programs' suites have it. */

const url = process.env.PANEL_URL

describe('mocked as a whole', () => {
  jest.mock('3xui-api-client')
  const Client = require('3xui-api-client')

  test('methods give what a test says', async () => {
    const client = new Client('http://panel.test', 'admin', 'admin')
    expect(Client).toHaveBeenCalledWith('http://panel.test', 'admin', 'admin')
    expect(client).toBeInstanceOf(Client)
    client.getInbounds.mockResolvedValue({ success: true, obj: [] })
    expect(await client.getInbounds()).toStrictEqual({ success: true, obj: [] })
    expect(client.login()).toBeUndefined()
    expect(Client.prototype.addClientWithCredentials).not.toHaveBeenCalled()
  })
})

describe('as it is', () => {
  const Actual = jest.requireActual('3xui-api-client')
  afterEach(() => jest.restoreAllMocks())

  test('methods of an object and of the class can be spied on', async () => {
    const client = new Actual(url, 'admin', 'admin')
    const onClass = jest.spyOn(Actual.prototype, '_request')
    const onObject = jest.spyOn(client, 'getInbounds')
    expect((await client.getInbounds()).success).toBe(true)
    expect(onObject).toHaveBeenCalledTimes(1)
    expect(onClass.mock.calls[0].slice(0, 2)).toStrictEqual(['get', '/panel/api/inbounds/list'])
    onClass.mockResolvedValue({ success: true, msg: '', obj: null })
    expect(await client.getInbound(1)).toStrictEqual({ success: true, msg: '', obj: null })
  })

  test('calls end while timers are Jest\'s', async () => {
    jest.useFakeTimers()
    try {
      const client = new Actual(url, 'admin', 'admin')
      await client.login()
      expect((await client.getInbounds()).success).toBe(true)
      for (const name of ['first', 'second', 'third']) {
        const email = `${name}_${Math.random().toString(36).slice(2)}`
        expect((await client.addClientWithCredentials(1, 'vless', { email })).success).toBe(true)
      }
      const made = Array.from({ length: 5 }, (_, number) => client.addClientWithCredentials(1, 'vless', { email: `fake_${number}_${Math.random().toString(36).slice(2)}` }))
      expect((await Promise.all(made)).every(({ success }) => success)).toBe(true)
    } finally {
      jest.useRealTimers()
    }
  })
})
