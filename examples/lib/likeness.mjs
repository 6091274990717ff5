/*
 * Whether a panel's inbounds are the same as before. Counters do not matter: a panel in use goes on counting.
 */

import { refuseFailure } from './answers.mjs'

const IDENTITY = ['remark', 'tag', 'protocol', 'listen', 'port']
const RULES = ['enable', 'expiryTime', 'total', 'settings', 'streamSettings', 'sniffing']

/** All inbounds, to be compared with later. */
export async function stateOf(client) {
  const { obj: inbounds } = refuseFailure(await client.getInbounds())
  return new Map(inbounds.map((inbound) => [inbound.id, { name: nameOf(inbound), text: textOf(inbound) }]))
}

/** One sentence for each inbound that is not as it was; none where all are. */
export function differences(before, after) {
  const gone = [...before].filter(([id]) => !after.has(id)).map(([, { name }]) => `${name} is gone`)
  const others = [...after].map(([id, { name, text }]) => {
    if (!before.has(id)) return `${name} was not there before`
    return before.get(id).text === text ? null : `${name} was changed`
  })
  return [...gone, ...others.filter(Boolean)]
}

/** How an inbound is called in what we print. */
export function nameOf({ id, remark }) {
  return `inbound ${id} (${remark || 'no remark'})`
}

function textOf(inbound) {
  return JSON.stringify([...IDENTITY, ...RULES].map((field) => inbound[field]))
}
