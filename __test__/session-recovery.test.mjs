/*
 * Sessions that end: on the server, by their time, or behind a page; one renewal for all who notice, and no loop.
 */

import assert from 'node:assert/strict'

import ThreeXUI from '3xui-native'

import {
  apiRequests,
  atOnce,
  clientOf,
  inbound,
  onPanels,
  reasonsOf,
  requestsTo,
  until,
  valuesOf,
} from './support/wire.mjs'

const LIST = '/inbounds/list'

/** A client that has logged in and made a call. */
async function warm(panel, options) {
  const client = clientOf(panel, options)
  await client.getInbounds()
  return client
}

onPanels('a session that the panel forgot is renewed once for 200 calls at once', async (panel) => {
  const client = await warm(panel)
  panel.expireSessions()
  const answers = valuesOf(await atOnce(200, () => client.getInbounds()))
  assert.ok(answers.every(({ success }) => success))
  assert.equal(panel.logins, 2)
  assert.equal(requestsTo(panel, '/csrf-token').length, 2)
  assert.ok(apiRequests(panel).every(({ headers }) => headers.cookie?.startsWith('3x-ui=')))
})

onPanels('a session that is lost while 200 calls are under way is renewed once', async (panel) => {
  const client = await warm(panel)
  panel.delay(20)
  const first = atOnce(100, () => client.getInbounds())
  await until(() => panel.requests.length > 20, 'some calls have arrived')
  panel.expireSessions()
  const second = atOnce(100, () => client.getInbounds())
  const answers = valuesOf([...(await first), ...(await second)])
  assert.ok(answers.every(({ success }) => success))
  assert.equal(panel.logins, 2)
  assert.ok(apiRequests(panel).every(({ headers }) => headers.cookie?.startsWith('3x-ui=')))
})

onPanels(
  'calls that arrive during a renewal wait for it instead of going out with the lost session',
  async (panel) => {
    const client = await warm(panel)
    panel.expireSessions()
    const first = client.getInbounds()
    panel.delay(30)
    await until(() => requestsTo(panel, '/login').length === 2, 'the second login has arrived')
    const during = atOnce(100, () => client.getInbounds())
    valuesOf([...(await during), ...(await Promise.allSettled([first]))])
    const known = ({ path }) => path.endsWith('/getXrayResult') || path.endsWith('/server/status')
    const failed = apiRequests(panel).filter(({ status }) => status !== 200)
    assert.equal(failed.filter((request) => !known(request)).length, 1, 'only the call that noticed')
    assert.ok(failed.filter(known).length <= 1, 'a known route is looked at once')
    assert.equal(panel.logins, 2)
  },
)

onPanels('a write on a lost session is done once', async (panel) => {
  const client = await warm(panel)
  panel.expireSessions()
  const { success, obj } = await client.addInbound(inbound())
  assert.equal(success, true)
  panel.expireSessions()
  const added = valuesOf(
    await atOnce(20, (at) => client.addClientWithCredentials(obj.id, 'vless', { email: `user_${at}` })),
  )
  assert.ok(added.every((answer) => answer.success))
  assert.equal(panel.inbounds.length, 1)
  assert.equal(panel.inbounds[0].settings.clients.length, 20)
  assert.equal(panel.logins, 3)
})

onPanels('a lost session is renewed as often as it is lost', async (panel) => {
  const client = await warm(panel, { maxLoginAttemptsPerHour: 100 })
  for (let round = 1; round <= 15; round++) {
    panel.expireSessions()
    valuesOf(await atOnce(10, () => client.getInbounds()))
    assert.equal(panel.logins, 1 + round)
  }
})

onPanels(
  'a client outlives the time of its sessions 30 times, and every login starts clean',
  async (panel) => {
    const client = clientOf(panel, { maxLoginAttemptsPerHour: 1000, sessionManager: { sessionTTL: 0.02 } })
    for (let round = 0; round <= 30; round++) {
      assert.equal((await client.getInbounds()).success, true)
      await until(async () => !(await client.isSessionValid()), 'the session is over')
    }
    assert.ok(panel.logins > 30, `${panel.logins} logins`)
    assert.ok(panel.requests.every(({ status }) => status === 200 || status === 404))
    assert.ok(apiRequests(panel).every(({ status }) => status === 200))
    assertCleanLogins(panel)
  },
)

onPanels('where no further login may be sent, a session that is only old goes on', async (panel) => {
  const client = clientOf(panel, { maxLoginAttemptsPerHour: 3, sessionManager: { sessionTTL: 0.02 } })
  for (let round = 0; round < 8; round++) {
    assert.equal((await client.getInbounds()).success, true)
    await until(async () => !(await client.isSessionValid()), 'the session is over')
  }
  assert.equal(panel.logins, 3)

  panel.expireSessions()
  await assert.rejects(client.getInbounds(), ThreeXUI.LoginRateLimitError)
  assert.equal(panel.logins, 3)
})

onPanels('a renewal after a loss starts clean, too', async (panel) => {
  const client = await warm(panel)
  panel.expireSessions()
  await client.getInbounds()
  await client.login(true)
  assert.equal(panel.logins, 3)
  assertCleanLogins(panel)
})

/** No request of a login carries a cookie that was ever used for a call. */
function assertCleanLogins(panel) {
  const used = new Set(apiRequests(panel).map(({ headers }) => headers.cookie))
  for (const { headers } of requestsTo(panel, '/csrf-token')) assert.equal(headers.cookie, undefined)
  for (const { headers } of requestsTo(panel, '/login')) {
    assert.ok(!used.has(headers.cookie), 'a login carried the cookie of a session')
    assert.equal(
      headers.cookie === undefined,
      panel.version === '2.8.11',
      'the cookie of the token and no other',
    )
  }
}

onPanels('a session is renewed before its time is over, and not when that is switched off', async (panel) => {
  const life = { sessionTTL: 3600, refreshThreshold: 1e-9 }
  const client = await warm(panel, { sessionManager: life })
  await until(async () => !(await client.isSessionValid()), 'the session is due')
  const before = panel.logins
  await client.getInbounds()
  assert.ok(panel.logins > before)
  await until(async () => !(await client.isSessionValid()), 'the session is due')

  const logins = panel.logins
  const patient = await warm(panel, { sessionManager: { ...life, autoRefresh: false } })
  await patient.getInbounds()
  assert.equal(panel.logins, logins + 1)
})

onPanels(
  'a new client finds the session in the store, and renews it where the panel has lost it',
  async (panel) => {
    const sessionManager = ThreeXUI.createSessionManager()
    await warm(panel, { sessionManager })
    await warm(panel, { sessionManager })
    assert.equal(panel.logins, 1)
    panel.expireSessions()
    await warm(panel, { sessionManager })
    await warm(panel, { sessionManager })
    assert.equal(panel.logins, 2)
  },
)

onPanels(
  'a renewal that the panel refuses is one attempt and one clear error for all calls',
  async (panel) => {
    const client = await warm(panel)
    client.password = 'changed meanwhile'
    panel.expireSessions()
    const message = 'Login failed: Invalid username or password or two-factor code.'
    for (const error of reasonsOf(await atOnce(50, () => client.getInbounds())))
      assert.equal(error.message, message)
    assert.equal(panel.logins, 2)

    const sent = panel.requests.length
    for (const error of reasonsOf(await atOnce(10, () => client.getInbounds())))
      assert.equal(error.message, message)
    assert.equal(panel.requests.length, sent, 'nothing goes out with a session that is known to be lost')
  },
)

onPanels('a login page in the place of data is a lost session', async (panel) => {
  const client = await warm(panel)
  panel.failNext({ path: LIST, body: '<!DOCTYPE html><html><body>Login</body></html>' })
  assert.equal((await client.getInbounds()).success, true)
  assert.equal(panel.logins, 2)
})

onPanels('a redirect to the login page is a lost session', async (panel) => {
  const client = await warm(panel)
  panel.failNext({ path: LIST, status: 307, headers: { location: '/' } })
  assert.equal((await client.getInbounds()).success, true)
  assert.equal(panel.logins, 2)
  assert.ok(!requestsTo(panel, '/').some(({ path }) => path === '/'), 'the redirect is seen, not followed')
})

onPanels('a session that is lost again right after its renewal is an error, no loop', async (panel) => {
  const client = await warm(panel)
  panel.failNext({ path: LIST, status: 401, times: 2 })
  await assert.rejects(client.getInbounds(), (error) => {
    assert.equal(error.message, 'Request failed with status code 401')
    assert.equal(error.response.status, 401)
    return true
  })
  assert.equal(panel.logins, 2)
  assert.equal((await client.getInbounds()).success, true)
})

onPanels('a page that stays a page is an error that says so', async (panel) => {
  const client = await warm(panel)
  panel.failNext({ path: LIST, body: '<html><body>Maintenance</body></html>', times: 2 })
  await assert.rejects(client.getInbounds(), /HTML page instead of JSON/)
  assert.equal(panel.logins, 2)
})

onPanels('a route that the panel does not have costs no login', async (panel) => {
  const client = await warm(panel)
  for (let round = 0; round < 5; round++) {
    await assert.rejects(client._request('get', '/panel/api/nothing/here'), ThreeXUI.NotFoundError)
    await assert.rejects(client._request('post', '/panel/api/nothing/here', { a: 1 }), ThreeXUI.NotFoundError)
  }
  assert.equal(panel.logins, 1)
})

onPanels('a 404 for one name costs no login and one look at a known route, however often it comes', async (panel) => {
  const client = await warm(panel)
  panel.failNext({ path: '/getClientTraffics/odd', status: 404, body: '', times: 30 })
  panel.failNext({ path: '/clients/traffic/odd', status: 404, body: '', times: 30 })
  const before = panel.requests.length
  for (let round = 0; round < 12; round++) {
    await assert.rejects(client.getClientTrafficsByEmail('odd'), ThreeXUI.NotFoundError)
  }
  assert.equal(panel.logins, 1)
  assert.ok(panel.requests.length - before <= 14, `${panel.requests.length - before} requests for 12 calls`)
  assert.equal((await client.getInbounds()).success, true, 'other calls go on')
  panel.expireSessions()
  assert.equal((await client.getInbounds()).success, true, 'a session that is lost in truth is renewed')
  assert.equal(panel.logins, 2)
})

onPanels(
  'a redirect of the router is no lost session',
  async (panel) => {
    const client = await warm(panel)
    for (let round = 0; round < 12; round++) {
      await assert.rejects(client._request('post', '/panel/api/inbounds/clientIps/odd/'))
    }
    assert.equal(panel.logins, 1)
  },
  { versions: ['2.6.7', '2.8.11'] },
)

onPanels('a lost session is noticed on a route that nobody knows, too', async (panel) => {
  const client = await warm(panel)
  panel.expireSessions()
  await assert.rejects(client._request('get', '/panel/api/nothing/here'), ThreeXUI.NotFoundError)
  assert.equal(panel.logins, 2)
  assert.equal((await client.getInbounds()).success, true)
  assert.equal(panel.logins, 2)
})

onPanels(
  'an operation of several requests does not forget half-way what kind of panel it works on',
  async (panel) => {
    panel.addInbound({ port: 4443, protocol: 'vless' })
    panel.addInbound({ port: 5555, protocol: 'vless' })
    const client = await warm(panel)
    const id = client.generateUUID()
    await client.addModernClient({ client: { id, email: 'a', enable: true }, inboundIds: [1, 2] })
    panel.expireSessions()
    const config = { id: 1, settings: { clients: [{ id, email: 'a', limitIp: 3 }] } }
    assert.equal((await client.updateClient(id, config)).success, true)
    const { path } = panel.requests.findLast(({ path: each }) => each.includes('/clients/update/'))
    assert.ok(path.endsWith('?inboundIds=1'), `${path} is about one inbound of two`)
    assert.equal(panel.logins, 2)
  },
  { versions: ['HEAD'] },
)

onPanels(
  'a panel that cannot be reached during a renewal is named, and the next call tries again',
  async (panel) => {
    const client = await warm(panel)
    panel.expireSessions()
    panel.failNext({ path: '/csrf-token', destroy: true, times: 1 })
    const settled = await atOnce(30, () => client.getInbounds())
    for (const { reason } of settled.filter(({ status }) => status === 'rejected')) {
      assert.equal(reason.name, 'NetworkError', reason.message)
    }
    assert.equal((await client.getInbounds()).success, true)
    assert.equal(panel.logins, 2)
  },
)
