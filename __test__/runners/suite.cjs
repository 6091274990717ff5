'use strict'

/*
 * What a program's own test suite says of the package, in whichever runner: that all it gives and throws is made of the
 * runner's own classes, is equal to what is written down in a test, and comes to whom it is for.
 *
 * One text for all runners, which also passes with the original package. `Client` is what is required as `3xui-api-client`;
 * `expect` needs `toBe`, `toStrictEqual` and `toBeInstanceOf`.
 */

const { AsyncLocalStorage } = require('node:async_hooks')

const INBOUND = { remark: 'main', port: 1001, protocol: 'vless', settings: { clients: [], decryption: 'none', fallbacks: [] } }

function suite(Client, { test, expect, url = process.env.PANEL_URL }) {
  const client = () => new Client(url, 'admin', 'admin')
  // The original's is another one after modules have been loaded anew.
  const { SecurityMonitor } = Client.SecurityEnhancer

  test('a client is an object of its class', () => {
    expect(client()).toBeInstanceOf(Client)
    expect(client()).toBeInstanceOf(Object)
    expect(Client).toBeInstanceOf(Function)
    expect(client().getInbounds).toBeInstanceOf(Function)
    expect(client().options).toBeInstanceOf(Object)
  })

  test('a call gives a promise, of objects and arrays', async () => {
    const called = client().getInbounds()
    expect(called).toBeInstanceOf(Promise)
    const answer = await called
    expect(answer).toBeInstanceOf(Object)
    expect(answer.obj).toBeInstanceOf(Array)
    expect(answer.obj[0]).toBeInstanceOf(Object)
    expect(Object.keys(answer)).toStrictEqual(['success', 'msg', 'obj'])
    expect(answer).toStrictEqual({ success: true, msg: '', obj: [...answer.obj] })
  })

  for (const name of ['login', 'logout', 'isSessionValid', 'getSessionStats', 'getAllSettings']) {
    test(`\`${name}\` gives a promise`, async () => {
      const called = client()[name]()
      expect(called).toBeInstanceOf(Promise)
      await called
    })
  }

  test('a login is told as an object', async () => {
    const told = await client().login()
    expect(told).toBeInstanceOf(Object)
    expect(told.success).toBe(true)
    expect(told.data).toBeInstanceOf(Object)
  })

  test('an inbound comes back as it was stored', async () => {
    const { success, obj } = await client().addInbound({ ...INBOUND, port: 20_000 + Math.floor(Math.random() * 20_000) })
    expect(success).toBe(true)
    const { obj: stored } = await client().getInbound(obj.id)
    expect(stored).toStrictEqual({ ...stored, remark: 'main', protocol: 'vless' })
    expect((await client().deleteInbound(obj.id)).success).toBe(true)
  })

  test('a client is made with its credentials', async () => {
    const email = `runner_${Math.random().toString(36).slice(2)}`
    const made = await client().addClientWithCredentials(1, 'vless', { email })
    expect(made.success).toBe(true)
    expect(made.credentials).toBeInstanceOf(Object)
    expect({ ...made.credentials }).toStrictEqual(made.credentials)
    expect(made.credentials.email).toBe(email)
  })

  const thrown = async (work) => {
    try {
      await work()
    } catch (error) {
      return error
    }
    throw new Error('nothing was thrown')
  }

  test('a refused login is an error', async () => {
    const error = await thrown(() => new Client(url, 'admin', 'wrong').login())
    expect(error).toBeInstanceOf(Error)
    expect(Object.prototype.toString.call(error)).toBe('[object Error]')
    if (Client.AuthenticationError) expect(error).toBeInstanceOf(Client.AuthenticationError)
  })

  test('a status is an error, and what it holds is made of objects', async () => {
    const error = await thrown(() => client()._request('get', '/nothing/here'))
    expect(error).toBeInstanceOf(Error)
    expect(error.response).toBeInstanceOf(Object)
    expect(error.response.headers).toBeInstanceOf(Object)
    expect(typeof error.config).toBe('object')
    expect(error.response.status).toBe(404)
    if (Client.NotFoundError) expect(error).toBeInstanceOf(Client.NotFoundError)
  })

  test('a panel that is away is an error', async () => {
    const error = await thrown(() => new Client('http://127.0.0.1:1', 'admin', 'admin').getInbounds())
    expect(error).toBeInstanceOf(Error)
    if (Client.NetworkError) expect(error).toBeInstanceOf(Client.NetworkError)
  })

  const thrownAtOnce = {
    'the constructor, without a URL': () => new Client(),
    'the constructor, with none': () => new Client('no url', 'admin', 'admin'),
    'a broken rule': () => client().addInbound({ port: -1, protocol: 'vless' }),
    'a protocol that does not exist': () => client().generateCredentials('nothing'),
    'a number that is none': () => Client.CredentialGenerator.generateForProtocol('nothing'),
    'a checked URL': () => Client.SecurityEnhancer.InputValidator.validateURL('no url'),
  }
  for (const [name, work] of Object.entries(thrownAtOnce)) {
    test(`what is thrown at once is an error: ${name}`, () => {
      let error
      try {
        work()
      } catch (caught) {
        error = caught
      }
      expect(error).toBeInstanceOf(Error)
      if (Client.ValidationError && name === 'a broken rule') expect(error).toBeInstanceOf(Client.ValidationError)
    })
  }

  test('credentials are objects and arrays', () => {
    const made = client().generateCredentials('vless', { email: 'somebody' })
    expect(made).toBeInstanceOf(Object)
    expect({ ...made }).toStrictEqual(made)
    const many = client().generateBulkCredentials('trojan', 3)
    expect(many).toBeInstanceOf(Array)
    expect(many.length).toBe(3)
    expect(many[0]).toBeInstanceOf(Object)
    const keys = Client.CredentialGenerator.generateWireGuardKeys()
    expect(keys).toBeInstanceOf(Object)
    expect(keys.generateClientConfig).toBeInstanceOf(Function)
    expect(keys.generateClientConfig(['10.0.0.2/32'])).toBeInstanceOf(Object)
    expect(client().generateWireGuardKeys()).toBeInstanceOf(Object)
    expect(client().generateRealityKeys()).toBeInstanceOf(Object)
    expect(Client.CredentialGenerator.getShadowsocksCipherMethods()).toBeInstanceOf(Array)
    expect(client().getShadowsocksCiphers()).toBeInstanceOf(Array)
  })

  test('what is checked is told as objects and arrays', () => {
    const { valid, errors } = client().validateCredentials({ id: 'x' }, 'vless')
    expect(valid).toBe(false)
    expect(errors).toBeInstanceOf(Array)
    const { InputValidator, CredentialSecurity, SecureHeaders } = Client.SecurityEnhancer
    expect(InputValidator.validateInboundConfig({ port: 1, protocol: 'vless' })).toStrictEqual({ port: 1, protocol: 'vless' })
    const strength = CredentialSecurity.validateCredentialStrength('short')
    expect(strength).toBeInstanceOf(Object)
    expect(strength.issues).toBeInstanceOf(Array)
    expect(SecureHeaders.getSecureHeaders()).toBeInstanceOf(Object)
    expect(client().validateCredentialStrength('short')).toBeInstanceOf(Object)
  })

  test('statistics are objects', async () => {
    const stats = client().getSecurityStats()
    expect(stats).toBeInstanceOf(Object)
    expect(client().securityMonitor).toBeInstanceOf(Object)
    expect(client().securityMonitor).toBeInstanceOf(SecurityMonitor)
    const monitor = new SecurityMonitor()
    expect(monitor).toBeInstanceOf(Object)
    expect(monitor.logSuspiciousActivity('test', { of: 'a test' })).toBeInstanceOf(Object)
    const { keys } = await client().getSessionStats()
    expect(keys).toBeInstanceOf(Array)
  })

  test('builders build objects', () => {
    const { ProtocolBuilder, VLESSBuilder, BaseBuilder } = Client
    const builder = ProtocolBuilder.vless().port(443).remark('main')
    expect(builder).toBeInstanceOf(VLESSBuilder)
    expect(builder).toBeInstanceOf(BaseBuilder)
    expect(builder.config).toBeInstanceOf(Object)
    builder.addClient({ email: 'somebody' }).reality({ dest: 'example.com:443', serverNames: ['example.com'] })
    expect(builder.config.settings.clients).toBeInstanceOf(Array)
    expect(builder.config.streamSettings).toBeInstanceOf(Object)
    expect(builder.build()).toBeInstanceOf(Object)
    expect(ProtocolBuilder.templates.trojanTls({ port: 443 })).toBeInstanceOf(Object)
  })

  test('the database is bytes in a string', async () => {
    const { success, obj } = await client().getDb().catch(() => ({ success: true, obj: '' }))
    expect(success).toBe(true)
    expect(typeof obj).toBe('string')
  })

  test('bytes that are asked for are a Buffer', async () => {
    const options = { responseType: 'arraybuffer' }
    const bytes = await client()._request('get', '/panel/api/inbounds/list', {}, {}, options)
    expect(Buffer.isBuffer(bytes)).toBe(true)
    expect(bytes).toBeInstanceOf(Uint8Array)
    expect(JSON.parse(bytes.toString()).success).toBe(true)
  })

  test('a session store is given and asked for objects', async () => {
    const kept = new Map()
    const seen = []
    const customHandler = {
      getSession: async (key) => kept.get(key),
      async setSession(key, session) {
        seen.push(session)
        kept.set(key, session)
      },
      deleteSession: async (key) => void kept.delete(key),
    }
    const keeping = new Client(url, 'admin', 'admin', { sessionManager: { customHandler } })
    await keeping.getInbounds()
    expect(seen.length > 0).toBe(true)
    for (const session of seen) expect(session).toBeInstanceOf(Object)
    expect(Client.createMemoryStore === undefined || (await Client.createMemoryStore().get('x')) === null).toBe(true)
  })

  test('an interceptor is given the runner\'s own objects, in the context of its call', async () => {
    const tenant = new AsyncLocalStorage()
    const seen = []
    const intercepted = client()
    await intercepted.login()
    intercepted.api.interceptors.request.use((config) => {
      seen.push({ of: config.url.split('/').at(-1), as: tenant.getStore(), config })
      return config
    })
    intercepted.api.interceptors.response.use((answer) => {
      seen.push({ of: answer.config.url.split('/').at(-1), as: tenant.getStore(), config: answer.config, answer })
      return answer
    })
    const names = ['amber', 'basil', 'coral', 'dusky']
    await Promise.all(names.map((name) => tenant.run(name, () => intercepted.getClientTrafficsByEmail(name))))
    expect(seen.filter(({ of }) => names.includes(of)).length).toBe(names.length * 2)
    for (const { of, as, config, answer } of seen.filter(({ of }) => names.includes(of))) {
      expect(as).toBe(of)
      expect(typeof config).toBe('object')
      expect(config.headers).toBeInstanceOf(Object)
      if (answer) expect(answer.data).toBeInstanceOf(Object)
    }
  })

  test('what an interceptor throws is what is caught', async () => {
    class OwnError extends Error {}
    const intercepted = client()
    await intercepted.login()
    const own = new OwnError('of the program')
    intercepted.api.interceptors.request.use(() => {
      throw own
    })
    expect(await thrown(() => intercepted.getInbounds())).toBe(own)
  })

  test('what an overridden `_request` throws is what is caught', async () => {
    class Own extends Client {
      async _request() {
        throw Object.assign(new RangeError('of the program'), { name: 'OwnName' })
      }
    }
    const error = await thrown(() => new Own(url, 'admin', 'admin').getInbounds())
    expect(error).toBeInstanceOf(RangeError)
    expect(error.name).toBe('OwnName')
  })

  if (Client.prototype.modifyClient) {
    test('a client is changed by a function from its own objects to its own objects', async () => {
      const email = `runner_${Math.random().toString(36).slice(2)}`
      await client().addClientWithCredentials(1, 'vless', { email })
      const seen = []
      const change = (stored) => {
        seen.push(stored)
        return { limitIp: 2 }
      }
      const changed = client().modifyClient(email, change)
      expect(changed).toBeInstanceOf(Promise)
      expect((await changed).client).toBeInstanceOf(Object)
      expect(seen[0]).toBeInstanceOf(Object)
      const { queue } = client().stats()
      expect(client().stats()).toStrictEqual({ queue: { waiting: queue.waiting, running: queue.running } })
      const info = await client().getPanelInfo()
      expect(info).toBeInstanceOf(Object)
      expect(info.capabilities).toBeInstanceOf(Object)
      const results = []
      for await (const result of client().bulk.deleteClients([email])) results.push(result)
      expect(results).toStrictEqual([{ status: 'deleted', email }])
      expect(await thrown(() => client().modifyClient(email))).toBeInstanceOf(TypeError)
    })
  }
}

module.exports = { suite }
