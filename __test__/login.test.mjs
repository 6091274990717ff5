/*
 * Logging in: where the credentials go, how often, and what a refusal costs.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'

import ThreeXUI from '3xui-native'

import {
  PASSWORD,
  apiRequests,
  atOnce,
  clientOf,
  inbound,
  lines,
  onPanels,
  panelFor,
  reasonsOf,
  requestsTo,
  sendJson,
  serverFor,
  valuesOf,
} from './support/wire.mjs'

onPanels('a client with default options logs in by itself', async (panel) => {
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  const { success, obj } = await client.getInbounds()
  assert.deepEqual({ success, obj }, { success: true, obj: [] })
  assert.deepEqual(lines(panel), ['GET /csrf-token', 'POST /login', 'GET /panel/api/inbounds/list'])
})

onPanels(
  'an explicit login answers as the panel did, and later ones say that they found a session',
  async (panel) => {
    const client = clientOf(panel)
    const first = await client.login()
    assert.equal(first.success, true)
    assert.equal(first.fromCache, false)
    assert.equal(first.data.success, true)
    assert.equal(first.cookie, client.cookie)
    assert.equal((await client.login()).fromCache, true)
    assert.equal((await client.login(true)).fromCache, false)
    assert.equal(panel.logins, 2)
  },
)

onPanels(
  "credentials go to the panel's own login and nowhere else",
  async (panel) => {
    const client = clientOf(panel)
    client.password = PASSWORD
    const { obj } = await client.addInbound(inbound())
    await client.addClientWithCredentials(obj.id, 'vless', { email: 'a@b.c' })
    await client.getClientTrafficsByEmail('a@b.c')
    await client.getOnlineClients()
    await client.login(true)
    panel.expireSessions()
    await client.getInbounds()
    await client.deleteInbound(obj.id)
    await client.logout()

    const [toLogin, others] = [
      requestsTo(panel, '/login'),
      panel.requests.filter(({ path }) => path !== '/login'),
    ]
    assert.equal(toLogin.length, 3)
    for (const { method, path, body, headers } of toLogin) {
      assert.equal(`${method} ${path}`, 'POST /login')
      assert.match(headers['content-type'], /^application\/x-www-form-urlencoded/)
      assert.deepEqual(
        [...new URLSearchParams(body)],
        [
          ['username', 'admin'],
          ['password', PASSWORD],
        ],
      )
    }
    const form = new URLSearchParams({ password: PASSWORD }).toString().slice('password='.length)
    const spellings = [PASSWORD, encodeURIComponent(PASSWORD), form, JSON.stringify(PASSWORD).slice(1, -1)]
    for (const { method, path, body, headers } of others) {
      const sent = JSON.stringify([decodeURIComponent(path), path, body, headers])
      const found = spellings.filter((text) => sent.includes(text) || body.includes(text))
      assert.deepEqual(found, [], `${method} ${path} carries the password`)
      assert.doesNotMatch(path, /login/, 'there is one login route')
    }
  },
  { password: PASSWORD },
)

onPanels(
  '200 calls at once on a cold client make one login and all of them carry its cookie',
  async (panel) => {
    const client = clientOf(panel)
    const answers = valuesOf(await atOnce(200, () => client.getInbounds()))
    assert.ok(answers.every(({ success }) => success))
    assert.equal(panel.logins, 1)
    assert.equal(requestsTo(panel, '/csrf-token').length, 1)
    assert.equal(apiRequests(panel).length, 200)
    for (const { headers, status } of apiRequests(panel)) {
      assert.equal(headers.cookie, client.cookie)
      assert.equal(status, 200)
    }
  },
)

onPanels('reads, writes and logins mixed at once on a cold client make one login', async (panel) => {
  panel.addInbound({ port: 4443, protocol: 'vless' })
  const client = clientOf(panel)
  const kinds = [
    () => client.login(),
    () => client.getInbounds(),
    () => client.addClientWithCredentials(1, 'vless'),
    () => client.getOnlineClients(),
    (at) => client.addInbound(inbound({ port: 20_000 + at })),
  ]
  valuesOf(await atOnce(50, (at) => kinds[at % kinds.length](at)))
  assert.equal(panel.logins, 1)
  for (const { method, path, headers, status } of apiRequests(panel)) {
    assert.equal(headers.cookie, client.cookie, `${method} ${path} went out without the session`)
    assert.equal(status, 200, `${method} ${path}`)
  }
})

onPanels('what kind of panel it is gets found out once, however many calls want to know', async (panel) => {
  const client = clientOf(panel)
  valuesOf(await atOnce(50, (at) => client.getClientTrafficsByEmail(`user_${at}`)))
  const expected = panel.version === 'HEAD' ? 1 : 0
  assert.equal(requestsTo(panel, '/server/status').length, expected)
  await client.getOnlineClients()
  assert.equal(requestsTo(panel, '/server/status').length, expected)
})

onPanels('what kind of panel it is stays with the session for the next client', async (panel) => {
  const sessionManager = ThreeXUI.createSessionManager()
  await clientOf(panel, { sessionManager }).getOnlineClients()
  const before = panel.requests.length
  await clientOf(panel, { sessionManager }).getOnlineClients()
  assert.deepEqual(
    lines(panel)
      .slice(before)
      .map((line) => line.replace(/.*\//, '')),
    ['onlines'],
  )
})

const REFUSAL = 'Login failed: Invalid username or password or two-factor code.'

onPanels('a wrong password is one attempt and one clear error for 50 calls at once', async (panel) => {
  const client = clientOf(panel)
  client.password = 'wrong'
  for (const error of reasonsOf(await atOnce(50, () => client.getInbounds()))) {
    assert.ok(error instanceof ThreeXUI.AuthenticationError)
    assert.equal(error.message, REFUSAL)
  }
  assert.equal(panel.logins, 1)
  assert.deepEqual(apiRequests(panel), [])
})

onPanels('50 logins at once with a wrong password are one attempt, too', async (panel) => {
  const client = clientOf(panel)
  client.password = 'wrong'
  for (const error of reasonsOf(await atOnce(50, () => client.login()))) assert.equal(error.message, REFUSAL)
  assert.equal(panel.logins, 1)
})

onPanels('50 forced logins at once are one login', async (panel) => {
  const client = clientOf(panel)
  for (const { success } of valuesOf(await atOnce(50, () => client.login(true)))) assert.equal(success, true)
  assert.equal(panel.logins, 1)
})

onPanels(
  'calls right after a refusal do not send the same credentials again, so nobody is locked out',
  async (panel) => {
    const client = clientOf(panel)
    client.password = 'wrong'
    for (let round = 0; round < 20; round++) await assert.rejects(client.getInbounds(), { message: REFUSAL })
    assert.equal(panel.logins, 1)
    assert.equal((await clientOf(panel).getInbounds()).success, true, 'the right password still opens')
  },
)

onPanels('a new password is tried at once', async (panel) => {
  const client = clientOf(panel)
  client.password = 'wrong'
  await assert.rejects(client.getInbounds(), { message: REFUSAL })
  client.password = 'admin'
  assert.equal((await client.getInbounds()).success, true)
})

onPanels('an explicit login after a refusal asks the panel again', async (panel) => {
  const client = clientOf(panel)
  client.password = 'wrong'
  await assert.rejects(client.login(), { message: REFUSAL })
  await assert.rejects(client.login(), { message: REFUSAL })
  assert.equal(panel.logins, 2)
})

onPanels('a refusal by one panel says nothing about another', async (panel, t) => {
  const strict = await panelFor(t, { version: panel.version, password: 'other' })
  const client = clientOf(strict)
  await assert.rejects(client.getInbounds(), { message: REFUSAL })
  client.baseURL = panel.url
  assert.equal((await client.getInbounds()).success, true)
})

onPanels('a proxy that fails during the login is not taken for a refusal', async (panel) => {
  const client = clientOf(panel)
  panel.failNext({ method: 'POST', path: '/login', status: 502, body: '<html>Bad Gateway</html>' })
  await assert.rejects(client.getInbounds(), /502/)
  assert.equal((await client.getInbounds()).success, true)
})

onPanels(
  'a proxy that fails before the login is not taken for an old panel, and no credentials are sent',
  async (panel) => {
    const client = clientOf(panel)
    panel.failNext({ path: '/csrf-token', status: 502, body: '<html>Bad Gateway</html>', times: 15 })
    for (let round = 0; round < 15; round++) {
      await assert.rejects(
        client.getInbounds(),
        (error) => error.response?.status === 502 && /502/.test(error.message),
      )
    }
    assert.equal(panel.logins, 0)
    assert.equal((await client.getInbounds()).success, true)
  },
)

onPanels('calls that find a session never count as logins', async (panel) => {
  const client = clientOf(panel)
  for (let round = 0; round < 100; round++) {
    await client.login()
    await client.getInbounds()
  }
  assert.equal(panel.logins, 1)
  assert.equal(client.getSecurityStats().activeRateLimits.login, 1)
})

onPanels(
  'the limit of logins counts those that were sent, and stops the next before it is',
  async (panel) => {
    const client = clientOf(panel, { maxLoginAttemptsPerHour: 3 })
    for (let round = 0; round < 3; round++) await client.login(true)
    const sent = panel.requests.length
    await assert.rejects(client.login(true), (error) => {
      assert.ok(error instanceof ThreeXUI.LoginRateLimitError)
      assert.equal(error.message, 'Rate limit exceeded for login attempts')
      return true
    })
    assert.equal(panel.requests.length, sent)
    assert.equal((await client.getInbounds()).success, true, 'the session that there is goes on')
  },
)

onPanels('ten logins within an hour are the limit by default', async (panel) => {
  const client = clientOf(panel)
  for (let round = 0; round < 10; round++) await client.login(true)
  await assert.rejects(client.login(true), ThreeXUI.LoginRateLimitError)
  assert.equal(panel.logins, 10)
})

onPanels('a login that could not be sent does not count', async (panel) => {
  const client = clientOf(panel)
  panel.failNext({ path: '/csrf-token', destroy: true, times: 30 })
  let failures = 0
  for (let done = false; !done;) {
    done = await client.getInbounds().then(
      () => true,
      (error) => {
        assert.equal(error.name, 'NetworkError', error.message)
        failures += 1
        return failures > 30
      },
    )
  }
  assert.ok(failures > 10 && failures <= 30, `${failures} failures`)
  assert.equal(panel.logins, 1)
})

test('credentials do not follow a redirect', async (t) => {
  const thief = await serverFor(t, (_, outgoing) => sendJson(outgoing, { success: true, obj: null }))
  for (const status of [301, 302, 303, 307, 308]) {
    for (const place of [`${thief.url}/login`, '/elsewhere', '/panel/api/login']) {
      const server = await serverFor(t, (request, outgoing) => {
        if (request.path === '/login') return outgoing.writeHead(status, { location: place }).end()
        return outgoing.writeHead(404).end()
      })
      await assert.rejects(clientOf(server, { timeout: 5000 }).login(), ThreeXUI.ThreeXUIError)
      const elsewhere = [...thief.requests, ...server.requests.filter(({ path }) => path !== '/login')]
      assert.ok(
        !elsewhere.some(({ body }) => body.includes('password')),
        `${status} to ${place} carried the password`,
      )
    }
  }
})

/*
 * Panels from 2.5 to 2.8.4 answer a route they do not have with 200 and an empty body that claims to be compressed.
 */

const emptyPage = (_, outgoing) => outgoing.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(''))
const emptyBytes = (_, outgoing) =>
  outgoing.writeHead(200, { 'content-encoding': 'gzip', 'content-length': 0 }).end()

function panelOf25(missing) {
  return (request, outgoing) => {
    const { method, path, headers } = request
    if (`${method} ${path}` === 'POST /login') {
      const right = request.body === 'username=admin&password=admin'
      const cookie = right ? { 'set-cookie': '3x-ui=abc; Path=/; HttpOnly' } : {}
      return sendJson(
        outgoing,
        { success: right, msg: right ? '' : 'Invalid username or password', obj: null },
        cookie,
      )
    }
    if (`${method} ${path}` !== 'GET /panel/api/inbounds/list') return missing(request, outgoing)
    if (headers.cookie === '3x-ui=abc') return sendJson(outgoing, { success: true, msg: '', obj: [] })
    outgoing
      .writeHead(401, { 'content-type': 'application/json' })
      .end('{"success":false,"msg":"","obj":null}')
  }
}

for (const [name, missing] of [
  ['zero bytes', emptyBytes],
  ['a compressed nothing', emptyPage],
]) {
  test(`a panel that answers missing routes with 200 and ${name} can be logged in to by default options`, async (t) => {
    const server = await serverFor(t, panelOf25(missing))
    const client = new ThreeXUI(server.url, 'admin', 'admin')
    assert.deepEqual(valuesOf(await atOnce(20, () => client.getInbounds()))[19].obj, [])
    assert.deepEqual(
      [...new Set(lines(server))],
      ['GET /csrf-token', 'POST /login', 'GET /panel/api/inbounds/list'],
    )
    assert.equal(requestsTo(server, '/login').length, 1)
    assert.equal(client.csrfToken, null)
  })
}

test('a wrong password is told from a missing route on such a panel, too', async (t) => {
  const server = await serverFor(t, panelOf25(emptyBytes))
  const client = new ThreeXUI(server.url, 'admin', 'wrong')
  await assert.rejects(client.getInbounds(), { message: 'Login failed: Invalid username or password' })
})

test('an address without a panel is named in the error, and is tried once', async (t) => {
  const server = await serverFor(t, (_, outgoing) => outgoing.writeHead(404).end())
  const client = clientOf(server)
  await assert.rejects(client.getInbounds(), (error) => {
    assert.ok(error instanceof ThreeXUI.NotFoundError, 'nobody has refused the credentials')
    assert.equal(error.status, 404)
    assert.match(error.message, /has no panel login \(404\)/)
    assert.ok(error.message.includes(server.url))
    return true
  })
  assert.equal(requestsTo(server, '/login').length, 1)
})

for (const [what, answer, code] of [
  ['a page', ['<!doctype html><html></html>', 'text/html', 200], 'ERR_BAD_RESPONSE'],
  ['cut JSON', ['{"success":tr', 'application/json', 200], 'ERR_BAD_RESPONSE'],
  ['a gateway that is down', ['<html>502</html>', 'text/html', 502], 'ERR_BAD_RESPONSE'],
]) {
  test(`${what} in the place of an answer to a login refuses no credentials`, async (t) => {
    const [body, type, status] = answer
    const server = await serverFor(t, ({ path }, outgoing) =>
      path === '/login' ? outgoing.writeHead(status, { 'content-type': type }).end(body) : outgoing.writeHead(404).end(),
    )
    await assert.rejects(clientOf(server).login(), (error) => {
      assert.ok(error instanceof ThreeXUI.PanelError)
      assert.ok(!(error instanceof ThreeXUI.AuthenticationError))
      assert.match(error.message, /^Login failed: /)
      assert.deepEqual([error.code, error.status], [code, status])
      return true
    })
  })
}
