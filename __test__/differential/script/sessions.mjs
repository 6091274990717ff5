/*
 * Calls about logging in and what is kept of it.
 */

const getInbounds = (client) => client.getInbounds()

export const sessions = {
  login: {
    first: { cold: true, access: true, headers: true },
    again: { access: true },
    forced: { access: true, args: [true] },
    'wrong password': { cold: true, access: true, credentials: ['admin', 'wrong'] },
    'unknown user': { cold: true, access: true, credentials: ['nobody', 'admin'] },
    'user in the options': {
      cold: true,
      access: true,
      credentials: () => ({ username: 'admin', password: 'admin' }),
    },
    'user with blanks around': { cold: true, access: true, credentials: [' admin ', 'admin'] },
    'below a base path': { cold: true, access: true, panel: { basePath: '/secret/' } },
    'wrong base path': { cold: true, access: true, path: '/elsewhere' },
    'URL with a slash at its end': { cold: true, access: true, path: '/' },
    'a token': { cold: true, access: true, credentials: ({ token }) => ({ token: token ?? 'any' }) },
  },
  session: {
    'first call of a cold client': { cold: true, access: true, run: getInbounds },
    'calls at once on a cold client': {
      cold: true,
      access: true,
      unordered: true,
      run: (client) => Promise.all([1, 2, 3, 4, 5].map((id) => client.getInbound(id))),
    },
    'calls in a row': { run: async (client) => [await client.getInbound(1), await client.getInbound(2)] },
    'lost on the panel, a read': {
      access: true,
      arrange: (panel) => panel.expireSessions(),
      run: getInbounds,
    },
    'lost on the panel, a write': {
      access: true,
      arrange: (panel) => panel.expireSessions(),
      run: (client) => client.deleteInbound(5),
    },
    'stale CSRF token': {
      access: true,
      arrange: (panel) => panel.rotateCsrf(),
      run: (client) => client.deleteInbound(5),
    },
    'wrong password at the first call': {
      cold: true,
      access: true,
      credentials: ['admin', 'wrong'],
      run: getInbounds,
    },
    'more logins than the limit': {
      access: true,
      client: { maxLoginAttemptsPerHour: 3 },
      run: async (client) => {
        for (let count = 0; count < 4; count++) await client.login(true)
      },
    },
    'found again, more often than the limit': {
      access: true,
      client: { maxLoginAttemptsPerHour: 3 },
      run: async (client) => {
        for (let count = 0; count < 4; count++) await client.login()
      },
    },
    'a token': {
      cold: true,
      access: true,
      credentials: ({ token }) => ({ token: token ?? 'any' }),
      run: getInbounds,
    },
    'a token, named apiToken': {
      cold: true,
      access: true,
      credentials: ({ token }) => ({ apiToken: token ?? 'any' }),
      run: getInbounds,
    },
    'a wrong token': { cold: true, access: true, credentials: () => ({ token: 'wrong' }), run: getInbounds },
  },
  answers: {
    'status 500': { arrange: (panel) => panel.failNext({ path: '/list', status: 500 }), run: getInbounds },
    'status 403': {
      arrange: (panel) => panel.failNext({ path: '/list', status: 403, body: 'no' }),
      run: getInbounds,
    },
    'status 502 with a page': {
      arrange: (panel) => panel.failNext({ path: '/list', status: 502, body: '<html>proxy</html>' }),
      run: getInbounds,
    },
    'JSON of another kind': {
      arrange: (panel) => panel.failNext({ path: '/list', body: [1, 'two', { three: null }] }),
      run: getInbounds,
    },
    'JSON named text': {
      arrange: (panel) =>
        panel.failNext({
          path: '/list',
          body: '{"success":true,"msg":"","obj":[]}',
          headers: { 'content-type': 'text/plain' },
        }),
      run: getInbounds,
    },
    'cut JSON': {
      arrange: (panel) =>
        panel.failNext({
          path: '/list',
          body: '{"success":true,',
          headers: { 'content-type': 'application/json' },
        }),
      run: getInbounds,
    },
    text: {
      arrange: (panel) =>
        panel.failNext({ path: '/list', body: 'hello', headers: { 'content-type': 'text/plain' } }),
      run: getInbounds,
    },
    nothing: { arrange: (panel) => panel.failNext({ path: '/list', body: '' }), run: getInbounds },
    'the login page, once': {
      arrange: (panel) => panel.failNext({ path: '/list', body: '<!DOCTYPE html><html></html>' }),
      run: getInbounds,
    },
    'a page, always': {
      arrange: (panel) => panel.failNext({ path: '/list', body: '<html></html>', times: 9 }),
      run: getInbounds,
    },
    'the connection cut': {
      arrange: (panel) => panel.failNext({ path: '/list', destroy: true, times: 9 }),
      run: getInbounds,
    },
    'no answer in time': {
      client: { timeout: 1500 },
      arrange: (panel) => panel.delay(2500),
      run: getInbounds,
    },
  },
  logout: {
    'logged in': { access: true },
    'not logged in': { access: true, cold: true },
    twice: {
      access: true,
      run: async (client) => {
        await client.logout()
        return client.logout()
      },
    },
    'and a call after it': {
      access: true,
      run: async (client) => {
        await client.logout()
        return client.getInbounds()
      },
    },
    'with a token': { access: true, cold: true, credentials: ({ token }) => ({ token: token ?? 'any' }) },
  },
  isSessionValid: {
    'logged in': {},
    'not logged in': { cold: true },
    'after logout': {
      run: async (client) => {
        await client.logout()
        return client.isSessionValid()
      },
    },
    'lost on the panel': { arrange: (panel) => panel.expireSessions() },
    'with a token': { cold: true, credentials: () => ({ token: 'any' }) },
  },
  getSessionStats: { 'logged in': {}, 'not logged in': { cold: true } },
  clearAllSessions: {
    'logged in': {},
    'not logged in': { cold: true },
    'and a call after it': {
      access: true,
      run: async (client) => {
        await client.clearAllSessions()
        return client.getInbounds()
      },
    },
    'and what is kept': {
      run: async (client) => {
        await client.clearAllSessions()
        return [await client.isSessionValid(), await client.getSessionStats()]
      },
    },
  },
  getSecurityStats: {
    'logged in': {},
    'not logged in': { cold: true },
    'after calls': {
      run: async (client) => {
        await client.getInbounds()
        await client.deleteInbound(5)
        return client.getSecurityStats()
      },
    },
    'after refused logins': {
      cold: true,
      credentials: ['admin', 'wrong'],
      run: async (client) => {
        for (let count = 0; count < 3; count++) await client.login().catch(() => {})
        return client.getSecurityStats()
      },
    },
    'after the limit of logins': {
      client: { maxLoginAttemptsPerHour: 1 },
      run: async (client) => {
        await client.login(true).catch(() => {})
        return client.getSecurityStats()
      },
    },
  },
}
