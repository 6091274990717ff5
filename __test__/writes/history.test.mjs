/*
 * Histories of calls that nobody waits for, made up from a seed: the panel ends as if they had been made one after the
 * other, and each answer says what then was true. Panels that lose writes that meet do so here as the real ones do.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'
import { VERSIONS, startPanel } from '3xui-native/testing'

const SEEDS = [1, 2, 3]
const CALLS = 120
const INBOUNDS = [1, 2, 3]
const NAMES = 12

/** Numbers from 0 to `below`, always the same for a seed (mulberry32). */
function numbersFrom(seed) {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** A client has its inbound in its name, and one credential for ever. */
const emailOf = (inbound, n) => `i${inbound}-c${n}`
const idOf = (inbound, n) => `${String(inbound).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`
const bodyOf = (inbound, n, limitIp) => ({
  id: inbound,
  settings: { clients: [{ id: idOf(inbound, n), email: emailOf(inbound, n), limitIp, enable: true }] },
})

/** Each kind of call, and what it makes of the model: a map from names to limits for each inbound. */
const KINDS = {
  add: {
    call: (client, { inbound, n, limitIp }) => client.addClient(bodyOf(inbound, n, limitIp)),
    model: (clients, { inbound, n, limitIp }) => !clients.has(emailOf(inbound, n)) && clients.set(emailOf(inbound, n), limitIp),
  },
  update: {
    call: (client, { inbound, n, limitIp }) => client.updateClient(idOf(inbound, n), bodyOf(inbound, n, limitIp)),
    model: (clients, { inbound, n, limitIp }) => clients.has(emailOf(inbound, n)) && clients.set(emailOf(inbound, n), limitIp),
  },
  remove: {
    call: (client, { inbound, n }) => client.deleteClient(inbound, idOf(inbound, n)),
    model: (clients, { inbound, n }) => clients.delete(emailOf(inbound, n)),
  },
  reset: {
    call: (client, { inbound }) => client.resetAllClientTraffics(inbound),
    model: () => true,
  },
}

/** These say of a client that is not there that it was deleted. */
const SAY_DELETED = new Set(['2.3.15', '2.5.8', '2.6.7', '2.8.11'])

/** Mostly additions, as apps make them. */
const MIX = ['add', 'add', 'add', 'add', 'update', 'remove', 'reset']

function historyOf(seed) {
  const below = numbersFrom(seed)
  return Array.from({ length: CALLS }, () => ({
    kind: MIX[below(MIX.length)],
    inbound: INBOUNDS[below(INBOUNDS.length)],
    n: 1 + below(NAMES),
    limitIp: 1 + below(9),
  }))
}

for (const version of VERSIONS) {
  for (const seed of SEEDS) {
    test(`the history of seed ${seed} comes to what its calls say one after the other (${version})`, async (t) => {
      const inbounds = INBOUNDS.map((id) => ({ port: 1000 + id, protocol: 'vless' }))
      const panel = await startPanel({ version, inbounds, faults: { concurrentWrites: true } })
      t.after(() => panel.close())
      const clients = [1, 2, 3].map(() => new ThreeXUI(panel.url, 'admin', 'admin'))
      const model = new Map(INBOUNDS.map((inbound) => [inbound, new Map()]))
      // Nobody is the last of an inbound: old panels refuse to delete that one.
      await Promise.all(INBOUNDS.map((inbound) => clients[0].addClient(bodyOf(inbound, 0, 1))))
      for (const inbound of INBOUNDS) model.get(inbound).set(emailOf(inbound, 0), 1)

      const history = historyOf(seed)
      const results = await Promise.allSettled(history.map((step, at) => KINDS[step.kind].call(clients[at % 3], step)))

      for (const [at, step] of history.entries()) {
        const made = Boolean(KINDS[step.kind].model(model.get(step.inbound), step))
        const expected = made || (step.kind === 'remove' && SAY_DELETED.has(version))
        const { value, reason } = results[at]
        const what = `call ${at}: ${JSON.stringify(step)} came to ${JSON.stringify(value ?? reason?.message)}`
        assert.equal(value?.success ?? false, expected, what)
      }
      for (const [at, inbound] of INBOUNDS.entries()) {
        const stored = panel.inbounds[at].settings.clients.map(({ email, limitIp }) => [email, limitIp]).toSorted()
        assert.deepEqual(stored, [...model.get(inbound)].toSorted(), `inbound ${inbound}`)
      }
    })
  }
}
