/*
 * `npm start` from the outside: what it prints, its exit code, and the panel it leaves behind.
 */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createHttpServer, request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'

import { startPanel } from '3xui-native/testing'

import { account } from '../examples/lib/account.mjs'
import { CLEAR } from '../examples/lib/progress-bar.mjs'

const START = join(import.meta.dirname, '..', 'scripts', 'start.mjs')
const PASSWORD = 'a-secret-password'
const PROTOCOLS = ['vless', 'vmess', 'trojan', 'shadowsocks']
const VERSIONS = ['2.8.11', 'HEAD']

/** Windows ends a process where others tell it something. */
const withSignals = { skip: process.platform === 'win32' }

/** Somebody else's inbound: what the tour must never touch. */
const OTHER = {
  port: 443,
  protocol: 'vless',
  remark: 'not ours',
  settings: {
    clients: [{ id: '0b5d1f2e-6c1a-4d0e-9a57-2f7c1f9e4b11', email: 'somebody', subId: 'somebody', enable: true }],
    decryption: 'none',
  },
}

/** Starts it; `ended` resolves with the exit code and what was printed. */
function started(args, env = {}) {
  const { XUI_URL, XUI_USERNAME, XUI_PASSWORD, XUI_TOKEN, ...rest } = process.env
  const child = spawn(process.execPath, [START, ...args], { env: { ...rest, ...env } })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (piece) => (said.out += piece))
  child.stderr.setEncoding('utf8').on('data', (piece) => (said.err += piece))
  const ended = once(child, 'close').then(([code]) => ({ code, ...said, text: said.out + said.err }))
  return { child, ended }
}

function startedOn(panel, credentials = { XUI_USERNAME: 'admin', XUI_PASSWORD: PASSWORD }) {
  return started([], { XUI_URL: panel.url, ...credentials })
}

/** Calls `action` once, as soon as `stream` has said `text`. */
function whenSaid(stream, text, action) {
  let said = ''
  stream.on('data', (piece) => {
    const before = said.includes(text)
    said += piece
    if (!before && said.includes(text)) action()
  })
}

/** Acts in the middle of the tour: the panel is so slow that the end is far. */
function inTheMiddle(panel, child, action) {
  panel.delay(30)
  whenSaid(child.stdout, '✓ Make four inbounds', action)
}

async function panelFor(t, version) {
  const panel = await startPanel({ version, password: PASSWORD, inbounds: [OTHER] })
  t.after(() => panel.close())
  panel.setTraffic('somebody', { up: 1000, down: 2000 })
  return panel
}

/** A panel, and a function that asserts that it is as it was. */
async function guardedPanel(t, version) {
  const panel = await panelFor(t, version)
  const before = panel.inbounds
  const isAsFound = async () => {
    assert.deepEqual(panel.inbounds, before, 'the inbounds are not as they were found')
    if (panel.token) assert.deepEqual(await allClients(panel), ['somebody'], 'there are clients in no inbound')
  }
  return { panel, isAsFound }
}

/** Panels from 3.1 on have clients that are in no inbound. */
async function allClients({ url, token }) {
  const answer = await fetch(`${url}/panel/api/clients/list`, { headers: { authorization: `Bearer ${token}` } })
  return (await answer.json()).obj.map(({ email }) => email)
}

/** A way to the panel on which the answer to the first inbound's making gets lost. */
async function lossyWayTo(t, panel) {
  let lost = false
  const server = createHttpServer(async (incoming, outgoing) => {
    const { method, url, headers } = incoming
    const body = await buffer(incoming)
    const onward = request(`${panel.url}${url}`, { method, headers }, (answer) => {
      if (!lost && url.endsWith('inbounds/add')) {
        lost = true
        answer.resume()
        incoming.socket.destroy()
        return
      }
      outgoing.writeHead(answer.statusCode, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    onward.end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${server.address().port}` }
}

for (const version of VERSIONS) {
  test(`it shows the whole tour on a panel of its own: ${version}`, async () => {
    const { code, out, err } = await started(['--panel', version]).ended
    assert.equal(code, 0, out + err)
    assert.equal(err, '')
    assert.ok(out.includes(`our own panel, playing ${version}, at http://127.0.0.1:`), out)
    for (const protocol of PROTOCOLS) {
      const credentials = new RegExp(`^ +${protocol} +tour_\\w+ +\\S+ +[0-9a-f-]{36}$`, 'm')
      assert.match(out, credentials, `credentials of ${protocol}`)
    }
    assert.match(out, /made █+ 100 of 100/)
    assert.match(out, /104 clients on 4 inbounds/)
    assert.match(out, /tour_\w+ +0\.93 of 100 GB +2 +yes/, 'traffic, addresses, online')
    assert.match(out, /200 GB, 5 addresses, the same UUID/)
    assert.match(out, /The panel is as it was found\.\n$/)
    const steps = out.split('\n').filter((line) => line.startsWith('✓'))
    assert.equal(steps.length, 14, out)
    for (const step of steps) assert.match(step, / \d+(\.\d)? m?s$/, 'each step has its time')
  })

  test(`it leaves a panel that it was given as it was: ${version}`, async (t) => {
    const { panel, isAsFound } = await guardedPanel(t, version)
    const { code, text } = await startedOn(panel).ended
    assert.equal(code, 0, text)
    await isAsFound()
    assert.equal(panel.logins, 1)
    assert.ok(text.includes(`the panel at ${panel.url}`), text)
    assert.ok(!text.includes(PASSWORD), 'the password is printed')
  })

  test(`a step that fails is named, and what was made is removed: ${version}`, async (t) => {
    const { panel, isAsFound } = await guardedPanel(t, version)
    panel.failNext({ path: /onlines/, status: 500 })
    const { code, out, err } = await startedOn(panel).ended
    assert.equal(code, 1, out + err)
    assert.match(err, /^✗ Read traffic, addresses, and who is online .*\n.*status code 500/)
    assert.match(out, /✓ Remove all that was made/)
    assert.match(out, /✓ Log out/)
    await isAsFound()
  })

  test(`a panel that refuses is quoted: ${version}`, async (t) => {
    const { panel, isAsFound } = await guardedPanel(t, version)
    panel.failNext({ path: /inbounds\/add$/, body: { success: false, msg: 'Out of inbounds', obj: null } })
    const { code, err } = await startedOn(panel).ended
    assert.equal(code, 1, err)
    assert.match(err, /^✗ Make four inbounds .*\nThe panel refused: Out of inbounds\n$/)
    await isAsFound()
  })

  test(`an inbound whose making was never answered is found, and removed in the end: ${version}`, async (t) => {
    const { panel, isAsFound } = await guardedPanel(t, version)
    const { code, err } = await startedOn(await lossyWayTo(t, panel)).ended
    assert.equal(code, 0, err)
    const made = panel.requests.find(({ path }) => path.endsWith('inbounds/add'))
    assert.equal(made.status, 200, 'it was made')
    await isAsFound()
  })

  test(`a panel that stumbles once while all is removed is left in order: ${version}`, async (t) => {
    const { panel, isAsFound } = await guardedPanel(t, version)
    panel.failNext({ path: /inbounds\/del\//, status: 500 })
    const { code, text } = await startedOn(panel).ended
    assert.equal(code, 0, text)
    await isAsFound()
  })

  test(`a panel that is gone in the middle is a clear error that says what to look for: ${version}`, async (t) => {
    const panel = await panelFor(t, version)
    const { child, ended } = startedOn(panel)
    inTheMiddle(panel, child, () => panel.close())
    const { code, out, err } = await ended
    assert.equal(code, 1, out + err)
    const { mark } = /remark\n.*(?<mark>tour_\w+)-vless/.exec(out).groups
    assert.match(err, /✗ Remove all that was made/)
    assert.ok(err.includes(`Look for inbounds and clients whose name begins with ${mark}.`), err)
  })

  test(`what cannot be removed is named: ${version}`, async (t) => {
    const panel = await panelFor(t, version)
    panel.failNext({ path: /inbounds\/del\//, status: 500, times: Infinity })
    const { code, out, err } = await startedOn(panel).ended
    assert.equal(code, 1, out + err)
    assert.match(err, /✗ Remove all that was made .*\n.*status code 500\nStill on the panel:\n/)
    const left = panel.inbounds.filter(({ remark }) => remark !== 'not ours')
    assert.equal(left.length, 4)
    for (const { id, remark, settings } of left) {
      const line = `    inbound ${id} (${remark}) with ${settings.clients.length} clients\n`
      assert.ok(err.includes(line), `${line} is missing in\n${err}`)
    }
    assert.doesNotMatch(out, /as it was found/)
  })

  test(`somebody else's change meanwhile is told: ${version}`, async (t) => {
    const panel = await panelFor(t, version)
    const { child, ended } = startedOn(panel)
    inTheMiddle(panel, child, () => {
      panel.delay(0)
      panel.addInbound({ port: 8443, protocol: 'vmess', remark: 'new' })
    })
    const { code, err } = await ended
    assert.equal(code, 1, err)
    assert.match(err, /not as it was found, as if somebody else.*\n {4}inbound \d+ \(new\) was not there before\n$/)
    assert.deepEqual(panel.inbounds.map(({ remark }) => remark), ['not ours', 'new'])
  })

  for (const [signal, expected] of [['SIGINT', 130], ['SIGTERM', 143]]) {
    test(`${signal} ends the tour and removes what was made: ${version}`, withSignals, async (t) => {
      const { panel, isAsFound } = await guardedPanel(t, version)
      const { child, ended } = startedOn(panel)
      inTheMiddle(panel, child, () => child.kill(signal))
      whenSaid(child.stderr, 'Stopping', () => panel.delay(0))
      const { code, out, err } = await ended
      assert.equal(code, expected, out + err)
      assert.match(err, /what was made is being removed/)
      assert.match(out, /✓ Remove all that was made/)
      assert.match(out, /✓ Log out/)
      await isAsFound()
    })
  }
}

test('a client that an old panel has lost half of goes with its inbound', async (t) => {
  const { panel, isAsFound } = await guardedPanel(t, '2.8.11')
  const lost = { success: false, msg: 'Something went wrong (record not found)', obj: null }
  const { child, ended } = startedOn(panel)
  whenSaid(child.stdout, '✓ Delete one', () => panel.failNext({ path: /delClient/, body: lost, times: Infinity }))
  const { code, text } = await ended
  assert.equal(code, 0, text)
  await isAsFound()
})

test('a Ctrl-C that arrives twice, from the terminal and from npm, is one', withSignals, async (t) => {
  const { panel, isAsFound } = await guardedPanel(t, 'HEAD')
  const { child, ended } = startedOn(panel)
  inTheMiddle(panel, child, () => child.kill('SIGINT'))
  whenSaid(child.stderr, 'Stopping', () => {
    panel.delay(0)
    child.kill('SIGINT')
  })
  const { code, text } = await ended
  assert.equal(code, 130, text)
  await isAsFound()
})

test('a second Ctrl-C ends it at once and says what is left', withSignals, async (t) => {
  const panel = await panelFor(t, '2.8.11')
  const { child, ended } = startedOn(panel)
  inTheMiddle(panel, child, () => {
    panel.delay(2000)
    const again = setInterval(() => child.kill('SIGINT'), 50)
    child.once('exit', () => clearInterval(again))
  })
  const { code, err } = await ended
  assert.equal(code, 130, err)
  const mark = /whose name begins with (tour_\w+)\.\n$/.exec(err)?.[1]
  assert.ok(mark, err)
  const left = panel.inbounds.filter(({ remark }) => remark.startsWith(mark))
  assert.equal(left.length, 4)
})

test('a reader that goes away early leaves the panel in order', withSignals, async (t) => {
  const { panel, isAsFound } = await guardedPanel(t, 'HEAD')
  const { child, ended } = startedOn(panel)
  inTheMiddle(panel, child, () => {
    panel.delay(0)
    child.stdout.destroy()
  })
  const { code, err } = await ended
  assert.equal(code, 141, err)
  await isAsFound()
})

test('a token is enough for a panel that knows tokens', async (t) => {
  const { panel, isAsFound } = await guardedPanel(t, 'HEAD')
  const { code, text } = await startedOn(panel, { XUI_TOKEN: panel.token }).ended
  assert.equal(code, 0, text)
  assert.equal(panel.logins, 0)
  assert.ok(!text.includes(panel.token), 'the token is printed')
  await isAsFound()
})

test('a wrong password is one login and one clear error', async (t) => {
  for (const version of VERSIONS) {
    const { panel, isAsFound } = await guardedPanel(t, version)
    const { code, err, text } = await startedOn(panel, { XUI_USERNAME: 'admin', XUI_PASSWORD: 'wrong-one' }).ended
    assert.equal(code, 1, text)
    assert.match(err, /^✗ Log in as admin .*\n.*Invalid username or password.*\n$/)
    assert.ok(!text.includes('wrong-one'), 'the password is printed')
    assert.equal(panel.logins, 1)
    await isAsFound()
  }
})

test('nothing at the address is a clear error', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  const { code, err } = await startedOn({ url: `http://127.0.0.1:${port}` }).ended
  assert.equal(code, 1, err)
  assert.match(err, new RegExp(`^✗ Log in as admin .*\n.*ECONNREFUSED 127\\.0\\.0\\.1:${port}`))
})

test('an address that is none is a clear error', async () => {
  const { code, err } = await startedOn({ url: 'panel.example' }).ended
  assert.equal(code, 1, err)
  assert.match(err, /^Invalid URL format\n$/)
})

test('what it cannot understand it says, with what it can', async () => {
  const XUI_URL = 'http://127.0.0.1:1'
  const wrong = [
    [['--panel', '9.9.9'], {}, /Unknown panel version: 9\.9\.9.*2\.8\.11.*HEAD/],
    [['--panel'], {}, /--panel needs a version/],
    [['--fast'], {}, /Unknown option: --fast/],
    [['2.8.11'], {}, /Unknown option: 2\.8\.11/],
    [['--panel=HEAD'], { XUI_URL, XUI_TOKEN: 'token' }, /--panel is for a panel of our own, XUI_URL for a real one/],
    [[], { XUI_URL, XUI_USERNAME: 'admin' }, /XUI_URL needs XUI_USERNAME with XUI_PASSWORD, or XUI_TOKEN/],
  ]
  for (const [args, env, message] of wrong) {
    const { code, out, err } = await started(args, env).ended
    assert.equal(code, 2, err)
    assert.match(err, message)
    assert.match(err, /--help/)
    assert.equal(out, '')
  }
})

test('--help tells how to use it and does nothing', async () => {
  const { code, out, err } = await started(['--help']).ended
  assert.equal(code, 0, err)
  assert.match(out, /--panel VERSION[\s\S]*XUI_URL[\s\S]*XUI_TOKEN/)
})

test('on a terminal the progress bar stays on one line, which the step takes over', async () => {
  const written = { out: '', err: '' }
  const terminal = (name) => ({ isTTY: true, hasColors: () => false, write: (text) => (written[name] += text) })
  const say = account(terminal('out'), terminal('err'))
  await say.step('Make 2', async () => {
    const progress = say.bar('made', 2)
    progress()
    progress()
  })
  const failing = say.step('Make 2', async () => {
    say.bar('made', 2)()
    throw new Error('out of order')
  })
  await assert.rejects(failing, /out of order/)
  const [first, ...others] = written.out.split('\n')
  assert.equal(first.split('\r').length, 4, 'two pieces of the bar and the step on one line')
  assert.match(first, /✓ Make 2 \d+ ms$/)
  assert.equal(others.join('').split('\r').length, 3, 'one piece of the bar, and it is cleared')
  assert.ok(written.out.endsWith(CLEAR))
  assert.match(written.err, /^✗ Make 2 \d+ ms\n$/)
})
