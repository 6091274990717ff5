/*
 * Flows through a program's own `_request`: what belongs to a write reaches it, whatever the program puts in between.
 */

import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

const isUpdate = (path) => path.includes('/clients/update/')

/** Programs' own ways of making a request, each with `send`, which makes it by the library. */
const WAYS = {
  'awaits first': async ({ send, args }) => {
    await turn()
    return send(...args)
  },
  'passes three arguments on': async ({ send, args: [method, path, data] }) => {
    await turn()
    return send(method, path, data)
  },
  'sends another body': async ({ send, args: [method, path, data, ...others] }) => {
    await turn()
    return send(method, path, isUpdate(path) ? { ...structuredClone(data), comment: 'theirs' } : data, ...others)
  },
  'asks something else first': async ({ client, send, args }) => {
    if (isUpdate(args[1])) await client.getInbounds()
    return send(...args)
  },
  'queues calls, which somebody else wakes': ({ client, send, args }) => {
    client.queue = (client.queue ?? Promise.resolve()).then(() => send(...args), () => send(...args))
    return client.queue
  },
  'repeats what failed': async ({ send, args }) => {
    await turn()
    try {
      if (isUpdate(args[1])) return await send(...args)
    } catch {
      // Once more.
    }
    return send(...args)
  },
}

for (const version of ['2.8.11', '3.0.2', 'HEAD']) {
  for (const [name, way] of Object.entries(WAYS)) {
    const started = async (t) => {
      const panel = await startPanel({ version, inbounds: [{ port: 1001, protocol: 'vless' }] })
      t.after(() => panel.close())
      class Own extends ThreeXUI {
        _request(...args) {
          return way({ client: this, args, send: (...given) => super._request(...given) })
        }
      }
      const { credentials } = await new ThreeXUI(panel.url, 'admin', 'admin').addClientWithCredentials(1, 'vless', {
        email: 'alice',
        limitIp: 1,
      })
      const client = new Own(panel.url, 'admin', 'admin')
      return { panel, client, uuid: credentials.id, stored: () => panel.inbounds[0].settings.clients[0] }
    }

    test(`modifyClient sees what others changed meanwhile where _request ${name} (${version})`, async (t) => {
      const { panel, client, uuid, stored } = await started(t)
      const other = new ThreeXUI(panel.url, 'admin', 'admin')
      let calls = 0
      await client.modifyClient('alice', async ({ limitIp }) => {
        calls += 1
        if (calls === 1) await other.updateClientWithCredentials(uuid, 1, { limitIp: 7 })
        return { limitIp: limitIp + 1 }
      })
      assert.ok(calls >= 2, 'the function was not called again')
      // One that makes its request twice finds the second time what it wrote itself, and changes that.
      assert.ok(stored().limitIp >= 8, `the other update is lost: limitIp is ${stored().limitIp}`)
    })

    test(`updateClientWithCredentials keeps what others changed meanwhile where _request ${name} (${version})`, async (t) => {
      const { panel, client, uuid, stored } = await started(t)
      const other = new ThreeXUI(panel.url, 'admin', 'admin')
      const results = await Promise.all([
        client.updateClientWithCredentials(uuid, 1, { limitIp: 5 }),
        other.modifyClient('alice', () => ({ tgId: 77 })),
      ])
      assert.ok(results.every(({ success }) => success), JSON.stringify(results))
      assert.deepEqual([stored().limitIp, stored().tgId], [5, 77])
    })

    test(`addClientWithCredentials makes its client where _request ${name} (${version})`, async (t) => {
      const { panel, client } = await started(t)
      const made = await Promise.all([1, 2, 3].map((n) => client.addClientWithCredentials(1, 'vless', { email: `c${n}` })))
      assert.deepEqual(made.map(({ success }) => success), [true, true, true])
      assert.deepEqual(panel.inbounds[0].settings.clients.map(({ email }) => email).sort(), ['alice', 'c1', 'c2', 'c3'])
    })
  }
}

test('a getter in an argument that calls another client does not bypass that one’s own _request', async (t) => {
  const panel = await startPanel({ inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  const seen = []
  class Watched extends ThreeXUI {
    _request(...args) {
      seen.push(args[1])
      return super._request(...args)
    }
  }
  const [plain, watched] = [new ThreeXUI(panel.url, 'admin', 'admin'), new Watched(panel.url, 'admin', 'admin')]
  let inner
  await plain.addModernClient({
    get client() {
      inner = watched.getInbounds()
      return { email: 'alice', id: plain.generateUUID() }
    },
    inboundIds: [1],
  })
  assert.equal((await inner).success, true)
  assert.deepEqual(seen, ['/panel/api/inbounds/list'])
})

test('a getter in an argument that calls the same client leaves that call its own', async (t) => {
  const panel = await startPanel({ inbounds: [{ port: 1001, protocol: 'vless' }] })
  t.after(() => panel.close())
  const client = new ThreeXUI(panel.url, 'admin', 'admin')
  let inner
  const answer = await client.addClientWithCredentials(1, 'vless', {
    get email() {
      inner ??= client.addClientWithCredentials(1, 'vless', { email: 'inner' })
      return 'outer'
    },
  })
  assert.equal(answer.credentials.email, 'outer')
  assert.equal((await inner).credentials.email, 'inner')
})
