/*
 * What breaks a rule is refused before anything is sent, with an error that names the field and the rule. The
 * reference sends it, and leaves it to the panel.
 */

import { isDeepStrictEqual } from 'node:util'

import { BEFORE } from '../stored.mjs'
import { BOTH, becomes, is } from './rule.mjs'

const unchanged = (_, ours) => isDeepStrictEqual(ours, BEFORE)

const refusal = (message) => ({
  name: 'ValidationError',
  message,
  code: 'ERR_VALIDATION',
  isAxiosError: true,
})

/** Calls that end in an error of ours, with nothing sent and nothing changed. */
const refused = (how, because, message, calls) => ({
  because,
  versions: BOTH,
  calls,
  differs: { outcome: becomes({ [how]: refusal(message) }) },
  follows: { requests: becomes([]), logins: becomes(0), stored: unchanged },
})

const wholeNumber = 'an id that is none reaches no inbound: it is refused before anything is sent'
const notMissing = 'a name that is missing would make another path: it is refused before anything is sent'
const identifierRule = 'identifiers have 1 to 100 characters and none of < > " &'
const amountRule = 'amounts are finite and not negative'

const noId = [
  'id zero',
  'fractional id',
  'id that is no number',
  'id of a true value',
  'empty id',
  'id null',
  'id undefined',
  'no id',
]
const noName = ['empty name', 'name undefined', 'name null', 'no name']
const inBodies = (labels) => ({ addClient: labels, updateClient: labels })

const ids = [
  refused('rejects', wholeNumber, 'Invalid id: must be a positive whole number', {
    getInbound: [...noId, 'negative id'],
    deleteInbound: [...noId, 'negative id'],
  }),
  refused('throws', wholeNumber, 'Invalid id: must be a positive whole number', {
    updateInbound: ['id undefined', 'id that is no number'],
  }),
  refused('rejects', wholeNumber, 'Invalid inboundId: must be a positive whole number', {
    resetAllClientTraffics: noId,
    deleteDepletedClients: noId,
    resetClientTraffic: ['id that is no number', 'nothing at all'],
    deleteClient: ['inbound id that is no number', 'nothing at all'],
    addClientWithCredentials: ['id that is no number', 'id undefined', 'nothing at all'],
  }),
  {
    because: 'an id that is none is refused before anything is sent, and an update resolves with the reason',
    versions: BOTH,
    calls: { updateClientWithCredentials: ['id that is no number', 'id undefined', 'nothing at all'] },
    differs: {
      'outcome.resolves.message': becomes('Invalid inboundId: must be a positive whole number'),
      'outcome.resolves.error': becomes('Invalid inboundId: must be a positive whole number'),
      requests: becomes([]),
    },
    follows: { logins: becomes(0) },
  },
  refused('rejects', notMissing, 'Invalid clientId: must not be empty', {
    deleteClient: ['client id empty', 'client id undefined'],
  }),
  refused('throws', notMissing, 'Invalid clientId: must not be empty', {
    updateClient: ['empty client id', 'client id undefined'],
  }),
  refused('rejects', notMissing, 'Invalid email: must not be empty', {
    getClientTrafficsByEmail: noName,
    resetClientTraffic: noName,
    getClientIps: noName,
    clearClientIps: noName,
  }),
  refused('rejects', notMissing, 'Invalid id: must not be empty', { getClientTrafficsById: noName }),
]

const bodies = [
  refused('throws', 'a list is no inbound; old panels store a wreck for it', 'Invalid inbound config', {
    addInbound: ['list'],
  }),
  refused(
    'throws',
    'a client without an identifier makes an old panel refuse every client from then on',
    'Invalid email: must not be empty',
    inBodies(['no e-mail', 'empty e-mail']),
  ),
  refused(
    'throws',
    identifierRule,
    'Invalid email: must have at most 100 characters',
    inBodies(['e-mail too long']),
  ),
  refused(
    'throws',
    identifierRule,
    'Invalid email: must not contain any of < > " &',
    inBodies(['e-mail with a forbidden character']),
  ),
  refused(
    'throws',
    amountRule,
    'Invalid totalGB: must not be negative, got -1',
    inBodies(['negative total']),
  ),
  refused(
    'throws',
    amountRule,
    'Invalid limitIp: must not be negative, got -1',
    inBodies(['negative limit']),
  ),
  refused('throws', amountRule, 'Invalid limitIp: must be a finite number', {
    addClient: ['limit NaN in an object'],
  }),
  refused(
    'throws',
    'old panels crash over settings that hold no list',
    'Invalid client config: settings must be a JSON object with a list named clients',
    inBodies(['no settings', 'settings that are no JSON', 'settings without a list']),
  ),
]

const protocols =
  'vless, vmess, trojan, shadowsocks, shadowsocks2022, wireguard, socks5, http or dokodemo-door'

const withCredentials = [
  refused(
    'rejects',
    'the error of an unknown protocol has the words of the guide and those of the reference',
    `Invalid protocol. Unsupported protocol: gopher (use ${protocols})`,
    { addClientWithCredentials: ['unknown protocol'] },
  ),
  refused(
    'rejects',
    'a missing protocol is an unknown one, not a slip in the library',
    `Invalid protocol. Unsupported protocol: null (use ${protocols})`,
    { addClientWithCredentials: ['protocol undefined'] },
  ),
  ...Object.entries({
    'e-mail too long': [identifierRule, 'Invalid email: must have at most 100 characters'],
    'e-mail with a forbidden character': [identifierRule, 'Invalid email: must not contain any of < > " &'],
    'negative limit': [amountRule, 'Invalid limitIp: must not be negative, got -1'],
    'limit NaN': [amountRule, 'Invalid limitIp: must be a finite number'],
    'negative total': [amountRule, 'Invalid totalGB: must not be negative, got -1'],
    'total that is no number': [amountRule, 'Invalid totalGB: must be a number'],
    'time without end': [amountRule, 'Invalid expiryTime: must be a finite number'],
    'negative time': [
      'the panel reads a negative time as "starts at first use", which has an option of its own',
      'Invalid expiryTime: must not be negative, got -86400000 (for a span from the first use take expiresAfterFirstUse: days)',
    ],
  }).map(([label, [because, message]]) =>
    refused('rejects', because, message, { addClientWithCredentials: [label] }),
  ),
  ...Object.entries({
    'negative limit': 'Invalid limitIp: must not be negative, got -1',
    'negative total': 'Invalid totalGB: must not be negative, got -1',
    'total that is no number': 'Invalid totalGB: must be a number',
  }).map(([label, message]) => ({
    because: `${amountRule}; an update resolves with the reason`,
    versions: BOTH,
    calls: { updateClientWithCredentials: [label] },
    differs: {
      'outcome.resolves': becomes({
        success: false,
        message,
        msg: message,
        error: message,
        details: 'updateClientWithCredentials failed - check client ID and inbound ID',
      }),
    },
    follows: { requests: becomes([]), logins: becomes(0), stored: unchanged },
  })),
]

const sameWords = {
  because: 'an error that was a bare one keeps its words and gets a class and a code',
  versions: BOTH,
  calls: {
    addInbound: [
      'port as text',
      'port zero',
      'port too large',
      'fractional port',
      'port NaN',
      'port null',
      'protocol that is no text',
      'text',
      'null',
      'no config',
    ],
    updateInbound: ['port as text', 'null', 'no config', 'nothing at all'],
    ...inBodies(['no id', 'id null', 'empty object', 'list', 'text', 'null', 'nothing at all']),
  },
  differs: {
    'outcome.throws.name': is('Error', 'ValidationError'),
    'outcome.throws.code': is(undefined, 'ERR_VALIDATION'),
    'outcome.throws.isAxiosError': is(false, true),
  },
}

export const validation = [...ids, ...bodies, ...withCredentials, sameWords]
