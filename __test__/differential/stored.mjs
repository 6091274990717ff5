/*
 * What a panel has of clients, as far as every version keeps it.
 */

import { inbounds } from './seed.mjs'

const KEPT = [
  'id',
  'password',
  'email',
  'enable',
  'flow',
  'limitIp',
  'totalGB',
  'expiryTime',
  'subId',
  'comment',
  'reset',
]

/** The clients of each inbound; what is empty counts as missing. */
export function clientsOf(all) {
  const entry = (client) =>
    Object.fromEntries(KEPT.filter((name) => client[name]).map((name) => [name, client[name]]))
  const listed = all.map(({ id, protocol, settings }) => [
    `${id} ${protocol}`,
    (settings?.clients ?? []).map(entry),
  ])
  return Object.fromEntries(listed)
}

/** What it has before a call. */
export const BEFORE = clientsOf(inbounds().map((inbound, at) => ({ id: at + 1, ...inbound })))
