/*
 * What web forms and careless programs hand over: ids and amounts as text, fractions, null. It works where the
 * reference crashes, or lets the panel refuse it or misread it.
 */

import { BOTH, each, is } from './rule.mjs'

const holds = (member, value) => (object) => object?.[member] === value

/** The reference's call fails where ours goes through; what is stored then is compared elsewhere. */
const goesThrough = {
  'outcome.resolves.success': is(false, true),
  'outcome.resolves.msg': (_, ours) =>
    /^(Inbound.* has been .+\.|Inbound client\(s\) have been added\.|All .+|)$/.test(ours),
}
const stored = { 'stored.1 vless': () => true }

const text = [
  {
    because: 'ids as text, as web forms send them, work',
    versions: BOTH,
    calls: {
      addClient: ['id as text'],
      updateClient: ['inbound id as text'],
      addClientWithCredentials: ['id as text'],
      getInbound: ['id as text with blanks'],
      deleteInbound: ['id as text with blanks'],
      resetAllClientTraffics: ['id as text with blanks'],
      deleteDepletedClients: ['id as text with blanks'],
    },
    differs: goesThrough,
    follows: {
      ...stored,
      'requests[].line': (reference, ours) => reference.replace('%20', '') === ours,
      'requests[].body.id': is('1', 1),
      'requests[].body.inboundIds[]': is('1', 1),
      'outcome.resolves.obj': (reference, ours) => reference === null && ours !== null,
    },
  },
  {
    because: 'amounts as text, as web forms send them, are the numbers that they say',
    versions: BOTH,
    calls: { addClient: ['limits as text'], updateClient: ['limits as text'] },
    differs: {
      'stored.1 vless[].limitIp': is('3', 3),
      'stored.1 vless[].totalGB': is('50', 50),
      'stored.1 vless[].expiryTime': is('4102444800000', 4_102_444_800_000),
    },
    follows: {
      'requests[].body.settings.JSON text.clients[]': each(holds('limitIp', '3'), holds('limitIp', 3)),
    },
  },
  {
    because: 'amounts as text, as web forms send them, are the numbers that they say',
    versions: BOTH,
    calls: { addClientWithCredentials: ['limits as text'] },
    differs: goesThrough,
    follows: { ...stored, 'requests[].body.client': each(holds('limitIp', '2'), holds('limitIp', 2)) },
  },
  {
    because: 'amounts as text, as web forms send them, are the numbers that they say',
    versions: BOTH,
    calls: { addClientWithCredentials: ['total as text'] },
    differs: {
      outcome: each(
        ({ rejects }) => rejects.message === 'Invalid totalGB value: 100. Must be a number.',
        ({ resolves }) => resolves.success && resolves.credentials.totalGB === 100 * 2 ** 30,
      ),
    },
    follows: {
      ...stored,
      requests: each(
        (requests) => requests.length === 0,
        (requests) => requests.length === 2,
      ),
    },
  },
]

const nulls = [
  {
    because: 'null for options is as good as none, and no reason to crash',
    versions: BOTH,
    calls: { addClientWithCredentials: ['null for options'] },
    differs: {
      outcome: each(
        ({ rejects }) => rejects.name === 'TypeError',
        ({ resolves }) => resolves.success,
      ),
      requests: each(
        (requests) => requests.length === 0,
        (requests) => requests.length === 2,
      ),
    },
    follows: stored,
  },
  {
    because: 'null for options is as good as none, and no reason to crash',
    versions: BOTH,
    calls: { updateClientWithCredentials: ['null for options'] },
    differs: {
      'outcome.resolves': each(
        ({ success, message }) => !success && message.includes('of null'),
        ({ success }) => success,
      ),
    },
    follows: {
      requests: each(
        (requests) => requests.length === 2,
        (requests) => requests.length === 3,
      ),
    },
  },
]

const fractions = [
  {
    because: 'a fraction of bytes is rounded: old panels store it as unlimited, new ones refuse it',
    versions: BOTH,
    calls: { addClient: ['fractional total'], updateClient: ['fractional total'] },
    differs: { 'stored.1 vless[].totalGB': is(322_122_547.2, 322_122_547) },
    follows: { 'requests[].body.settings.JSON text.clients[].totalGB': is(322_122_547.2, 322_122_547) },
  },
  {
    because: 'a fraction of bytes is rounded: old panels store it as unlimited, new ones refuse it',
    versions: BOTH,
    calls: { addClientWithCredentials: ['fractional total'] },
    differs: goesThrough,
    follows: { ...stored, 'requests[].body.client.totalGB': is(322_122_547.2, 322_122_547) },
  },
  {
    because: 'a fraction of bytes is rounded: old panels store it as unlimited, new ones refuse it',
    versions: BOTH,
    calls: { updateClientWithCredentials: ['fractional total'] },
    differs: {
      ...goesThrough,
      'outcome.resolves.updatedOptions.totalGB': is(322_122_547.2, 322_122_547),
      'outcome.resolves.conversions.totalGB': is('0.3 GB → 322122547.2 bytes', '0.3 GB → 322122547 bytes'),
      'stored.1 vless[].totalGB': is(10 * 2 ** 30, 322_122_547),
    },
    follows: { 'requests[].body.totalGB': is(322_122_547.2, 322_122_547) },
  },
]

export const forms = [...text, ...nulls, ...fractions]
