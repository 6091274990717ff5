/*
 * Methods that the reference can make work on one generation of panels only, and what panels themselves do
 * differently there.
 */

import { BOTH, each, is, isGone, isNew, lines } from './rule.mjs'

/**
 * Where the reference asks for a route that the panel does not have: it logs in anew, asks again and fails. There,
 * this package is held against the reference on the version that has the route.
 */
export const missingRoutes = [
  {
    because: 'the routes of clients inside inbounds were removed in 3.1',
    versions: ['HEAD'],
    instead: '2.8.11',
    calls: [
      'addClient',
      'updateClient',
      'deleteClient',
      'getClientTrafficsById',
      'resetClientTraffic',
      'resetAllClientTraffics',
      'getClientIps',
      'clearClientIps',
      'deleteDepletedClients',
      'getOnlineClients',
      'getLastOnline',
      'updateClientTraffic',
      'deleteClientByEmail',
    ],
  },
  {
    because: 'the routes of clients as things of their own came in 3.1',
    versions: ['2.8.11'],
    instead: 'HEAD',
    calls: [
      'addClientWithCredentials',
      'updateClientWithCredentials',
      'getClient',
      'getClientTraffic',
      'addModernClient',
      'updateModernClient',
      'deleteModernClient',
      'resetAllModernClientTraffics',
      'resetModernClientTrafficByEmail',
      'updateModernClientTrafficByEmail',
      'getModernClientIps',
      'clearModernClientIps',
      'getOnlines',
      'getModernLastOnline',
    ],
  },
  {
    because: 'the routes of settings and of Xray were outside of the API up to 3.2',
    versions: ['2.8.11'],
    instead: 'HEAD',
    calls: [
      'getAllSettings',
      'updateSetting',
      'updateUser',
      'restartPanel',
      'getDefaultSettings',
      'getDefaultJsonConfig',
      'getXrayConfig',
      'updateXrayConfig',
      'manageWarp',
      'getOutboundsTraffic',
      'resetOutboundsTraffic',
      'getXrayResult',
    ],
  },
]

const traffic = [
  {
    because: 'a missing route costs no login: the route that the panel has is asked for at once',
    versions: ['2.8.11'],
    calls: {
      getClientTrafficsByEmail: [
        'known client',
        'depleted client',
        'unknown client',
        'name with an at sign',
        'name with a blank',
        'name of other scripts',
        'number as a name',
      ],
    },
    differs: {
      requests: (reference, ours) =>
        reference.length === 3 &&
        lines(reference)[0].startsWith('GET /panel/api/clients/traffic/') &&
        lines(reference)[2] === lines(ours).join(),
      logins: is(1, 0),
    },
  },
  {
    because: 'the traffic of an unknown client is a success with nothing in it',
    versions: ['2.8.11'],
    calls: {
      getClientTrafficsByEmail: [
        'unknown client',
        'name with an at sign',
        'name with a blank',
        'name of other scripts',
        'number as a name',
      ],
    },
    differs: {
      'outcome.resolves.success': is(false, true),
      'outcome.resolves.msg': (reference, ours) =>
        reference.includes('Inbound Not Found For Email') && ours === '',
    },
  },
  {
    because: 'new panels count other things of a client',
    versions: ['HEAD'],
    calls: { getClientTrafficsById: ['known client'] },
    differs: {
      'outcome.resolves.obj[].allTime': isGone,
      'outcome.resolves.obj[].resetDay': isNew,
      'outcome.resolves.obj[].resetMax': isNew,
      'outcome.resolves.obj[].resetCount': isNew,
      'outcome.resolves.obj[].lastSubFetch': isNew,
    },
  },
  {
    because: 'new panels say in other words that there is no such client',
    versions: ['HEAD'],
    calls: {
      resetClientTraffic: [
        'unknown client',
        'name with an at sign',
        'name with a blank',
        'name of other scripts',
        'number as a name',
      ],
    },
    differs: {
      'outcome.resolves.msg': each(
        (msg) => msg.includes('Inbound Not Found For Email'),
        (msg) => msg === 'Something went wrong (record not found)',
      ),
    },
  },
  {
    because: 'an old panel deletes an inbound with its last client, a new one keeps it',
    versions: ['HEAD'],
    calls: { deleteDepletedClients: ['of an inbound', 'of all inbounds', 'negative id'] },
    differs: { 'stored.3 trojan': is(undefined, []) },
  },
  {
    because: 'nobody online is an empty list, as the types say, also on a panel that has not looked yet',
    versions: BOTH,
    calls: { getOnlineClients: ['before the panel knows'] },
    differs: { 'outcome.resolves.obj': is(null, []) },
  },
]

const bodies = [
  {
    because: 'panels name an identifier that is in use in words of their own',
    versions: ['HEAD'],
    calls: { addClient: ['e-mail in use'] },
    differs: {
      'outcome.resolves.msg': is(
        'Something went wrong (Duplicate email: bob\n)',
        'Something went wrong (email already in use: bob\n)',
      ),
    },
  },
  {
    because: 'panels name an identifier that is in use in words of their own',
    versions: ['2.8.11'],
    calls: { addClientWithCredentials: ['e-mail in use', 'twice the same'] },
    differs: {
      'outcome.resolves.msg': each(
        (msg) => /^Something went wrong \(email already in use: .+\n\)$/.test(msg),
        (msg) => /^Something went wrong \(Duplicate email: .+\n\)$/.test(msg),
      ),
    },
  },
  {
    because: 'panels refuse an id that is no number in words of their own',
    versions: ['HEAD'],
    calls: { addClient: ['id that is no number'], updateClient: ['id that is no number'] },
    differs: {
      'outcome.resolves.msg': each(
        (msg) => msg.includes('cannot unmarshal string'),
        (msg) => /cannot unmarshal string|invalid syntax/.test(msg),
      ),
    },
  },
  {
    because: 'new panels drop a flow that the transport of the inbound cannot do',
    versions: ['HEAD'],
    calls: { addClient: ['flow, comment and reset'], updateClient: ['flow, comment and reset'] },
    differs: { 'stored.1 vless[].flow': is('xtls-rprx-vision', undefined) },
  },
  {
    because: 'new panels drop a flow that the transport of the inbound cannot do',
    versions: ['2.8.11'],
    calls: { updateClientWithCredentials: ['flow and subscription'] },
    differs: {
      'stored.1 vless[].flow': (reference, ours) => reference === undefined && ours.startsWith('xtls-rprx-'),
    },
  },
]

const kept =
  'what an update does not name is kept: the update of a new panel would clear the rest of the record'

const changes = [
  {
    because: kept,
    versions: ['HEAD'],
    calls: { updateClient: '*' },
    differs: {
      'stored.1 vless[].comment': is(undefined, 'about alice'),
      'stored.2 vmess[].comment': is(undefined, 'about carol'),
      'stored.3 trojan[].comment': is(undefined, 'about dave'),
      'stored.4 shadowsocks[].comment': is(undefined, 'about erin'),
    },
  },
  {
    because: kept,
    versions: ['HEAD'],
    calls: { updateClient: ['only what is needed', 'limits undefined'] },
    differs: {
      'stored.1 vless[].limitIp': is(undefined, 2),
      'stored.1 vless[].totalGB': is(undefined, 10 * 2 ** 30),
    },
  },
  {
    because: `${kept}, its credential too`,
    versions: ['HEAD'],
    calls: { updateClient: ['no credential'] },
    differs: {
      'outcome.resolves.success': is(false, true),
      'outcome.resolves.msg': is(
        'Something went wrong (empty client ID\n)',
        'Inbound client has been updated.',
      ),
      'stored.1 vless[].email': is('alice', 'newcomer'),
      'stored.1 vless[].subId': is('sub-alice', 'sub-newcomer'),
      'stored.1 vless[].limitIp': isGone,
      'stored.1 vless[].totalGB': isGone,
    },
  },
  {
    because: 'an old panel crashes over an empty list, and nothing is sent to a new one',
    versions: ['HEAD'],
    calls: { updateClient: ['an empty list'] },
    differs: {
      outcome: is(
        {
          rejects: {
            name: 'AxiosError',
            message: 'Request failed with status code 500',
            code: 'ERR_BAD_RESPONSE',
            isAxiosError: true,
            status: 500,
            data: '',
          },
        },
        { resolves: { success: false, msg: 'Something went wrong (empty client ID\n)', obj: null } },
      ),
    },
  },
  {
    because: 'errors have a class that tells what happened; their shape is that of axios',
    versions: ['2.8.11'],
    calls: { updateClient: ['an empty list'] },
    differs: { 'outcome.rejects.name': is('AxiosError', 'PanelError') },
  },
  {
    because: 'an old panel keeps the last client of an inbound, a new one deletes it',
    versions: ['HEAD'],
    calls: { deleteClient: ['vmess', 'trojan', 'shadowsocks'] },
    differs: {
      'outcome.resolves.success': is(false, true),
      'outcome.resolves.msg': is(
        'Something went wrong (no client remained in Inbound\n)',
        'Inbound client has been deleted.',
      ),
    },
    follows: Object.fromEntries(
      ['2 vmess', '3 trojan', '4 shadowsocks'].map((inbound) => [
        `stored.${inbound}`,
        (_, ours) => ours.length === 0,
      ]),
    ),
  },
  {
    because:
      'an old panel says of a client that is not there that it was deleted, those from 2.9.4 on do not',
    versions: ['HEAD'],
    calls: { deleteClient: ['e-mail in place of the UUID', 'unknown client', 'client of another inbound'] },
    differs: {
      'outcome.resolves.success': is(true, false),
      'outcome.resolves.msg': each(
        (msg) => msg === 'Inbound client has been deleted.',
        (msg) => /^Something went wrong \(Client Not Found In Inbound For ID: .+\n\)$/.test(msg),
      ),
    },
  },
]

export const panels = [...traffic, ...bodies, ...changes]
