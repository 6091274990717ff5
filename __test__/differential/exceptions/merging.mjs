/*
 * Where this package reads before it writes: so that nothing is lost that was not named, and nothing is reported that
 * the panel has not stored.
 */

import { isDeepStrictEqual } from 'node:util'

import { BOTH, anything, each, is, isGone, isNew, lines } from './rule.mjs'

const reads = ({ line }) => line.startsWith('GET <panel>') || line.startsWith('GET /panel/api/inbounds/get/')

/** The inbound is read, then comes what the reference sends, with all that it names. */
function readsFirst(reference, ours) {
  if (!readsBetween(reference, ours)) return false
  const [[theirs], [, own]] = [reference, ours]
  return Object.entries(theirs.body).every(([name, value]) => isDeepStrictEqual(own.body[name], value))
}

/** But for the reading, the same is asked for. */
function readsBetween(reference, ours) {
  if (!Array.isArray(reference) || !Array.isArray(ours) || reference.length === 0) return false
  const rest = ours.filter((request) => !reads(request))
  return rest.length < ours.length && lines(rest).join().startsWith(lines(reference).join())
}

const MERGED = 'what an update of an inbound does not name is kept: panels up to 3.1 would wipe it, newer ones refuse the rest'

const updates = [
  {
    because: MERGED,
    versions: BOTH,
    calls: { updateInbound: ['whole', 'id as text', 'only a remark', 'port in use', 'empty object'] },
    differs: { requests: readsFirst },
  },
  {
    because: MERGED,
    versions: ['2.8.11'],
    calls: { updateInbound: ['whole', 'id as text'] },
    differs: {
      'outcome.resolves.obj.trafficReset': is('', 'never'),
      'outcome.resolves.obj.tag': each((tag) => tag === '', (tag) => String(tag).startsWith('inbound-')),
    },
  },
  {
    because: MERGED,
    versions: ['HEAD'],
    calls: { updateInbound: ['whole', 'id as text'] },
    differs: { 'outcome.resolves.obj.trafficReset': is('', 'never') },
  },
  {
    because: MERGED,
    versions: ['2.8.11'],
    calls: { updateInbound: ['only a remark', 'empty object'] },
    differs: { 'stored.1 vless': isNew, 'stored.1 ': is([], undefined) },
    follows: Object.fromEntries(
      ['remark', 'enable', 'trafficReset', 'port', 'protocol', 'settings', 'streamSettings', 'tag', 'sniffing'].map(
        (name) => [`outcome.resolves.obj.${name}`, anything],
      ),
    ),
  },
  {
    because: MERGED,
    versions: ['HEAD'],
    calls: { updateInbound: ['only a remark', 'empty object'] },
    differs: {
      'outcome.resolves.success': is(false, true),
      'outcome.resolves.msg': is('request body failed validation', 'Inbound has been successfully updated.'),
    },
    follows: Object.fromEntries(
      [
        ...['issues', 'message', 'id', 'up', 'down', 'total', 'remark', 'subSortIndex', 'enable', 'expiryTime'],
        ...['trafficReset', 'trafficResetDay', 'lastTrafficResetTime', 'clientStats', 'listen', 'port', 'protocol'],
        ...['tag', 'shareAddrStrategy', 'shareAddr', 'disableFlow', 'settings', 'streamSettings', 'sniffing'],
      ].map((name) => [`outcome.resolves.obj.${name}`, anything]),
    ),
  },
  {
    because: 'what is to be changed is read first, and there is nothing to be read',
    versions: BOTH,
    calls: { updateInbound: ['unknown id'] },
    differs: {
      'requests[].line': (reference, ours) => String(reference).startsWith('POST') && ours === 'GET /panel/api/inbounds/get/99',
      'requests[].body': anything,
      'requests[].headers.content-type': is('application/json', undefined),
    },
  },
]

const FITS = 'no client is made or reported with a flow that its inbound cannot carry: it could not connect'

const additions = [
  {
    because: FITS,
    versions: ['HEAD'],
    calls: { addClientWithCredentials: '*' },
    differs: { requests: readsBetween },
  },
  {
    because: FITS,
    versions: BOTH,
    calls: { addClientWithCredentials: '*' },
    differs: { 'outcome.resolves.credentials.flow': (reference, ours) => String(reference).startsWith('xtls-rprx-') && ours === '' },
  },
]

const FITS_PROTOCOL = 'a client of another protocol than the inbound’s is refused: nobody could connect with what would be reported'

const protocols = {
  because: FITS_PROTOCOL,
  versions: BOTH,
  calls: { addClientWithCredentials: ['wrong protocol for the inbound'] },
  differs: {
    'outcome.resolves': isGone,
    'outcome.rejects': (reference, ours) =>
      reference === undefined && ours.message === 'Invalid protocol: inbound 3 is trojan, not vless',
  },
  follows: {
    requests: anything,
    'requests[].line': anything,
    'requests[].body': anything,
    'requests[].headers.content-type': anything,
    'requests[].headers.x-csrf-token': anything,
    logins: anything,
    access: anything,
    stored: anything,
    'stored.3 trojan': (reference, ours) => reference.length === 2 && ours.length === 1,
  },
}

const CIPHER =
  'an entry that may be one of Shadowsocks gets the cipher that its inbound asks for, which is read: Xray would refuse all'

const ciphers = [
  {
    because: CIPHER,
    versions: ['2.8.11'],
    calls: { addClient: '*', updateClient: '*' },
    differs: { requests: readsFirst },
  },
  {
    because: CIPHER,
    versions: ['2.8.11'],
    calls: { updateClient: ['shadowsocks'] },
    differs: { requests: readsBetween },
    follows: { 'stored.4 shadowsocks[].method': isNew },
  },
]

const nowhere = {
  because: 'the inbound is read first, and there is none',
  versions: ['HEAD'],
  calls: { addClientWithCredentials: ['unknown inbound'] },
  differs: {
    'requests[].line': is('POST /panel/api/clients/add', 'GET /panel/api/inbounds/get/99'),
    'requests[].body': anything,
    'requests[].headers.content-type': is('application/json', undefined),
  },
}

const depleted = [
  {
    because: 'an inbound is not deleted because its last client is: old panels do that, and those of 3.0 delete nobody then',
    versions: ['2.8.11'],
    calls: { deleteDepletedClients: '*' },
    differs: { 'requests[].line': (reference, ours) => String(reference).includes('delDepletedClients') && ours === 'GET /panel/api/inbounds/list' },
    follows: { 'requests[].body': anything, 'requests[].headers.content-type': anything },
  },
  {
    because: 'an inbound is not deleted because its last client is: old panels do that, and those of 3.0 delete nobody then',
    versions: ['2.8.11'],
    calls: { deleteDepletedClients: ['of an inbound', 'of all inbounds', 'negative id'] },
    differs: {
      requests: (reference, ours) =>
        reference.length === 1 && lines(ours).join() === 'GET /panel/api/inbounds/list,POST /panel/api/inbounds/update/3',
      'stored.3 trojan': is(undefined, []),
    },
  },
]

const clients = {
  because: 'what an update does not name is kept, the credential too',
  versions: ['HEAD'],
  calls: { updateModernClient: '*' },
  differs: {
    requests: (reference, ours) =>
      lines(ours)[0]?.startsWith('GET /panel/api/clients/get/') && ['', lines(reference).join()].includes(lines(ours).slice(1).join()),
    'stored.1 vless[].comment': isNew,
  },
  follows: {
    'requests[].line': (_, ours) => String(ours).startsWith('GET /panel/api/clients/get/'),
    'requests[].body': anything,
    'requests[].headers.content-type': is('application/json', undefined),
    'outcome.resolves.msg': anything,
    'outcome.resolves.success': anything,
  },
}

export const merging = [clients, ...updates, ...additions, protocols, ...ciphers, nowhere, ...depleted]
