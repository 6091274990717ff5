/*
 * Calls that come to something else than with the reference, on both generations of panels: where it falls short of
 * the guide.
 */

import { BOTH, becomes, each, is, isNew, lines } from './rule.mjs'

const wholeNumber = Number.isInteger
const new_ = (holds) => (reference, ours) => reference === undefined && holds(ours)

/** Calls of addClientWithCredentials in which both libraries send the client. */
const sendingBoth = [
  'vless',
  'vmess',
  'trojan',
  'shadowsocks',
  'no options',
  'empty options',
  'options undefined',
  'options null',
  'protocol in capitals',
  'id as text',
  'limits of the guide',
  'limits as text',
  'fractional total',
  'total of half a gigabyte',
  'flow of the guide',
  'subscription id',
  'switched off',
  'Telegram id, comment and reset',
  'level for trojan',
  'level and alterId for vmess',
  'longer password',
  'method and longer password',
  'UUID of the caller',
  'password of the caller',
  'credentials generated before',
  'e-mail in use',
  'twice the same',
]

const credentials = [
  {
    because: 'credentials also hold what else was sent: enable, limits and the subscription id',
    versions: BOTH,
    calls: { addClientWithCredentials: sendingBoth },
    differs: {
      'outcome.resolves.credentials.enable': new_((value) => typeof value === 'boolean'),
      'outcome.resolves.credentials.limitIp': new_(wholeNumber),
      'outcome.resolves.credentials.totalGB': new_(wholeNumber),
      'outcome.resolves.credentials.expiryTime': new_(wholeNumber),
      'outcome.resolves.credentials.subId': isNew,
    },
  },
  {
    because:
      'the option enable is honoured; the newest panels switch every new client on, so it is switched off after',
    versions: ['HEAD'],
    calls: { addClientWithCredentials: ['switched off'] },
    differs: {
      requests: each(
        (requests) => lines(requests).join() === 'POST /panel/api/clients/add',
        (requests) =>
          lines(requests).join() ===
          'GET /panel/api/inbounds/get/1,POST /panel/api/clients/add,POST /panel/api/clients/bulkDisable',
      ),
      'stored.1 vless[].enable': is(true, undefined),
    },
  },
  {
    because: 'the option enable is honoured',
    versions: ['2.8.11'],
    calls: { addClientWithCredentials: ['switched off'] },
    differs: { 'stored.1 vless[].enable': is(true, undefined) },
  },
  {
    because: 'the options tgId, comment and reset are honoured',
    versions: BOTH,
    calls: { addClientWithCredentials: ['Telegram id, comment and reset'] },
    differs: {
      'outcome.resolves.credentials.tgId': is(undefined, 12_345),
      'outcome.resolves.credentials.comment': is(undefined, 'a comment'),
      'outcome.resolves.credentials.reset': is(undefined, 30),
      'stored.1 vless[].comment': is(undefined, 'a comment'),
      'stored.1 vless[].reset': is(undefined, 30),
    },
    follows: {
      'requests[].body.client.tgId': isNew,
      'requests[].body.client.comment': isNew,
      'requests[].body.client.reset': isNew,
    },
  },
  {
    because: 'credentials that were generated before, as the guide hands them over, are used',
    versions: BOTH,
    calls: { addClientWithCredentials: ['UUID of the caller'] },
    differs: {
      'outcome.resolves.credentials.id': becomes('44444444-4444-4444-8444-444444444444'),
      'stored.1 vless[].id': becomes('44444444-4444-4444-8444-444444444444'),
    },
    follows: { 'requests[].body.client.id': becomes('44444444-4444-4444-8444-444444444444') },
  },
  {
    because: 'credentials that were generated before, as the guide hands them over, are used',
    versions: BOTH,
    calls: { addClientWithCredentials: ['password of the caller'] },
    differs: {
      'outcome.resolves.credentials.password': becomes('my-own-password'),
      'stored.3 trojan[].password': becomes('my-own-password'),
    },
    follows: { 'requests[].body.client.password': becomes('my-own-password') },
  },
  {
    because: 'an inbound that the panel does not have is an error, worked out from the answer to the add',
    versions: BOTH,
    calls: { addClientWithCredentials: ['unknown inbound'] },
    differs: {
      outcome: each(
        ({ resolves }) => resolves.msg === 'Something went wrong (record not found)',
        ({ rejects }) =>
          rejects.name === 'NotFoundError' &&
          rejects.message === 'Inbound not found: the panel at <panel> has no inbound with the id 99',
      ),
    },
  },
]

/** Names of the panel's records, which its routes for writing do not take. */
const ofRecords = ['uuid', 'createdAt', 'updatedAt', 'reverse']
/** Members that the client table of new panels has beyond an entry in an inbound. */
const ofTheTable = [
  ...['privateKey', 'publicKey', 'preSharedKey', 'keepAlive', 'secret', 'adTag', 'limitHwid', 'group'],
  ...['resetDay', 'resetMax', 'trafficReset', 'trafficResetDay'],
]

/** The same client, in the shape of which panels keep the UUID, and with whole bytes. */
const sameClient = (beyond) => (reference, ours) => {
  const { id, created_at: _, allowedIPs: __, totalGB, ...rest } = ours ?? {}
  const names = Object.keys(reference ?? {}).filter(
    (name) => ![...ofRecords, ...beyond, 'totalGB'].includes(name),
  )
  return (
    reference?.uuid === id &&
    Math.round(reference.totalGB) === totalGB &&
    names.length === Object.keys(rest).length &&
    names.every((name) => reference[name] === rest[name])
  )
}

const whole = 'an update sends the whole client in the shape of which every panel keeps the UUID'

const updates = [
  {
    because: whole,
    versions: ['HEAD'],
    calls: { updateClientWithCredentials: '*' },
    differs: { 'requests[].body': sameClient([]), 'outcome.resolves.updatedOptions': sameClient([]) },
  },
  {
    because: `${whole}; old panels know less of it`,
    versions: ['2.8.11'],
    calls: { updateClientWithCredentials: '*' },
    differs: { 'outcome.resolves.updatedOptions': sameClient(ofTheTable) },
  },
  {
    because: 'the guide reads msg of an update that failed',
    versions: BOTH,
    calls: {
      updateClientWithCredentials: [
        'unknown client',
        'client of another inbound',
        'e-mail in place of the UUID',
        'empty client id',
        'unknown inbound',
        'id that is no number',
        'id undefined',
        'nothing at all',
      ],
    },
    differs: { 'outcome.resolves.msg': isNew },
  },
  {
    because: 'the guide reads msg of an update that failed',
    versions: ['2.8.11'],
    calls: { updateClientWithCredentials: ['client id undefined'] },
    differs: { 'outcome.resolves.msg': isNew },
  },
  {
    because: 'who is named by nothing is nobody: the reference changes the first client that has no password',
    versions: ['HEAD'],
    calls: { updateClientWithCredentials: ['client id undefined'] },
    differs: {
      'outcome.resolves': each(
        ({ updatedOptions }) => updatedOptions.email === 'alice' && updatedOptions.limitIp === 3,
        ({ message }) => message === 'Client with ID undefined not found in inbound 1',
      ),
      'stored.1 vless[].limitIp': is(3, 2),
      requests: each(
        (requests) => requests.length === 3,
        (requests) => lines(requests).join() === 'GET /panel/api/inbounds/get/1',
      ),
    },
  },
]

const addresses = [
  {
    because: 'addresses are addresses, without the time that some panels write behind them',
    versions: BOTH,
    calls: { getClientIps: ['known client'] },
    differs: { 'outcome.resolves.obj[]': (reference, ours) => reference === `${ours} (<now>)` },
  },
]

export const results = [...credentials, ...updates, ...addresses]
