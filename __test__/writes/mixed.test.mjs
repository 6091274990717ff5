/*
 * Hundreds of calls of all kinds at once, in an order made up from a seed, by several objects: every answer is true, the
 * panel holds what the answers say, and no traffic row is left behind. Panels that lose writes that meet do so as real ones.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { VERSIONS, startPanel } from '3xui-native/testing'

const CHANGED = 80
/** A thousand on one version of each generation, fewer on those beside them. */
const MADE = { '2.6.7': 1_000, '2.8.11': 1_000, '3.0.2': 1_000, '3.1.0': 1_000, '3.6.0': 1_000, HEAD: 1_000 }
const madeOn = (version) => MADE[version] ?? 200

/** An order that is always the same for a seed. */
function shuffled(list, seed) {
  let state = seed
  const below = (n) => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) % n
  return list.map((each, at) => ({ each, key: below(1e6) * 1e4 + at })).toSorted((a, b) => a.key - b.key).map(({ each }) => each)
}

/** What each kind of call asks for, and what it makes of the model when the panel says that it was done. */
const KINDS = {
  add: {
    call: (client, { email, inbound }) => client.addClientWithCredentials(inbound, 'vless', { email }),
    done: (model, { email, inbound }, { credentials: { id } }) => model.set(email, { inbound, id, limitIp: 0 }),
  },
  update: {
    call: (client, { inbound, id }) => client.updateClientWithCredentials(id, inbound, { limitIp: 7 }),
    done: (model, { email }) => Object.assign(model.get(email), { limitIp: 7 }),
  },
  modify: {
    call: (client, { email }) => client.modifyClient(email, ({ limitIp }) => ({ limitIp: limitIp + 8 })),
    done: (model, { email }) => Object.assign(model.get(email), { limitIp: 9 }),
  },
  remove: {
    call: (client, { email }) => client.deleteModernClient(email),
    done: (model, { email }) => model.delete(email),
  },
  reset: { call: (client, { email, inbound }) => client.resetClientTraffic(inbound, email), done() {} },
}
const OTHERS = ['update', 'modify', 'remove', 'reset']

for (const version of VERSIONS) {
  for (const inbounds of [1, 10]) {
    test(`${madeOn(version)} new clients and ${CHANGED} changes at once over ${inbounds} (${version})`, async (t) => {
      const rows = Array.from({ length: inbounds }, (_, at) => ({ port: 1001 + at, protocol: 'vless' }))
      const panel = await startPanel({ version, inbounds: rows, faults: { concurrentWrites: { ms: 1 } } })
      t.after(() => panel.close())
      const clients = [1, 2, 3].map(() => new ThreeXUI(panel.url, 'admin', 'admin'))
      const model = await residents(clients[0], inbounds)

      const changes = [...model].filter(([email]) => !email.startsWith('resident')).map(([email, { inbound, id }], at) => ({
        kind: OTHERS[at % OTHERS.length],
        email,
        inbound,
        id,
      }))
      const additions = Array.from({ length: madeOn(version) }, (_, n) => ({ kind: 'add', email: `new${n}`, inbound: 1 + (n % inbounds) }))
      const calls = shuffled([...changes, ...additions], 7)
      const results = await Promise.all(calls.map((call, at) => KINDS[call.kind].call(clients[at % 3], call)))

      for (const [at, call] of calls.entries()) {
        assert.equal(results[at].success, true, `${call.kind} ${call.email}: ${results[at].msg}`)
        KINDS[call.kind].done(model, call, results[at])
      }
      assert.deepEqual(stored(panel), expected(model))
      const orphans = (await clients[0].getInbounds()).obj.flatMap(({ clientStats }) => clientStats ?? []).filter(({ email }) => !model.has(email))
      assert.deepEqual(orphans, [])
    })
  }
}

/** Clients that are there before; one in each inbound stays: old panels refuse to delete the last one. */
async function residents(client, inbounds) {
  const wanted = [
    ...Array.from({ length: inbounds }, (_, n) => ({ email: `resident${n}`, inbound: n + 1 })),
    ...Array.from({ length: CHANGED }, (_, n) => ({ email: `old${n}`, inbound: 1 + (n % inbounds) })),
  ]
  const made = await Promise.all(wanted.map(({ email, inbound }) => client.addClientWithCredentials(inbound, 'vless', { email, limitIp: 1 })))
  return new Map(wanted.map(({ email, inbound }, at) => [email, { inbound, id: made[at].credentials.id, limitIp: 1 }]))
}

const lineOf = (email, { inbound, id, limitIp }) => `${inbound} ${email} ${id} ${limitIp}`
const expected = (model) => [...model].map(([email, client]) => lineOf(email, client)).toSorted()
const stored = (panel) =>
  panel.inbounds.flatMap(({ id: inbound, settings }) => settings.clients.map(({ email, id, limitIp }) => lineOf(email, { inbound, id, limitIp }))).toSorted()
