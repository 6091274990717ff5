/*
 * What requests look like.
 */

import { BOTH, anything, is, isNew } from './rule.mjs'

const everyHeader = { getInbounds: ['all headers'], addInbound: ['all headers'] }

/** Calls that cannot get beyond the inbound. */
const beforeTheClient = [
  'unknown client',
  'client of another inbound',
  'e-mail in place of the UUID',
  'client id undefined',
  'unknown inbound',
]

const withoutBody = (versions, calls) => ({
  because: 'a GET carries no body: the panel reads none, and a proxy may refuse one',
  versions,
  calls,
  differs: {
    'requests[].body': is({}, undefined),
    'requests[].headers.content-type': is('application/json', undefined),
  },
})

export const wire = [
  withoutBody(BOTH, { getInbounds: '*', getInbound: '*', answers: '*', session: '*' }),
  withoutBody(BOTH, { getSecurityStats: ['after calls'] }),
  withoutBody(['HEAD'], { getClientTrafficsByEmail: '*', updateClientWithCredentials: '*' }),
  withoutBody(['2.8.11'], {
    clearAllSessions: ['and a call after it'],
    getClientTrafficsById: '*',
    updateClientWithCredentials: beforeTheClient,
  }),
  {
    because: 'each library names itself, and takes the compressions that it knows',
    versions: BOTH,
    calls: everyHeader,
    differs: {
      'requests[].headers.user-agent': anything,
      'requests[].headers.accept-encoding': is('gzip, compress, deflate, br', 'gzip'),
    },
  },
  {
    because: 'the panel keeps the last language it was asked in for everybody, so one is always named',
    versions: BOTH,
    calls: everyHeader,
    differs: { 'requests[].headers.accept-language': is(undefined, 'en-US') },
  },
  {
    because: 'the same for the login',
    versions: BOTH,
    calls: { login: ['first'] },
    differs: {
      'login.headers.user-agent': anything,
      'login.headers.accept-encoding': anything,
      'login.headers.accept-language': isNew,
    },
  },
]
