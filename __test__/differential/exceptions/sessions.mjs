/*
 * Logging in, staying logged in, and what is kept of it.
 */

import { BOTH, anything, becomes, each, is, isNew, lines } from './rule.mjs'

const withoutProbe = (access) => access.filter((line) => !line.endsWith('/panel/api/login'))

/** The same requests but for the one to a route that no panel has. */
const probeLeftOut = (reference, ours) =>
  reference.length > ours.length && JSON.stringify(withoutProbe(reference)) === JSON.stringify(ours)

const sent =
  (...wanted) =>
  (requests) =>
    JSON.stringify(lines(requests)) === JSON.stringify(wanted)

/** But for the look at a route that is there, the same is sent. */
const lookedAt = (reference, ours) =>
  ours.length > reference.length &&
  JSON.stringify(lines(reference)) ===
    JSON.stringify(lines(ours).filter((line) => line !== 'GET /panel/xray/getXrayResult'))

export const sessions = [
  {
    because: 'a 404 is no lost session by default: a route that is there is looked at first',
    versions: ['2.8.11'],
    calls: { session: ['lost on the panel, a read', 'lost on the panel, a write'] },
    differs: { requests: lookedAt },
    follows: { 'requests[].line': anything, 'requests[].body': anything, 'requests[].headers.content-type': anything },
  },
  {
    because: "credentials go to the panel's own login and to no other route",
    versions: BOTH,
    calls: {
      login: [
        'first',
        'wrong password',
        'unknown user',
        'user in the options',
        'user with blanks around',
        'below a base path',
        'wrong base path',
        'URL with a slash at its end',
      ],
      session: [
        'first call of a cold client',
        'calls at once on a cold client',
        'wrong password at the first call',
      ],
      _ensureAuthenticated: ['not logged in', 'wrong password', 'twice at once'],
    },
    differs: { access: probeLeftOut },
  },
  {
    because: 'a refused login is an error with a class of its own',
    versions: BOTH,
    calls: { login: ['wrong password', 'unknown user'], session: ['wrong password at the first call'], _ensureAuthenticated: ['wrong password'] },
    differs: {
      'outcome.rejects.name': is('Error', 'AuthenticationError'),
      'outcome.rejects.isAxiosError': is(false, true),
    },
  },
  {
    because:
      'a wrong base path is said to be one; what the reference says is about the route that is left out',
    versions: BOTH,
    calls: { login: ['wrong base path'] },
    differs: {
      'outcome.rejects': becomes({
        name: 'NotFoundError',
        message: 'Login failed: <panel>/elsewhere has no panel login (404). Check the URL and its base path.',
        code: 'ERR_BAD_REQUEST',
        isAxiosError: true,
        status: 404,
        data: '',
      }),
    },
  },
  {
    because: 'the limit of logins is an error with a class and a code of its own',
    versions: BOTH,
    calls: { session: ['more logins than the limit'] },
    differs: {
      'outcome.rejects.name': is('Error', 'LoginRateLimitError'),
      'outcome.rejects.code': is(undefined, 'ERR_LOGIN_RATE_LIMIT'),
      'outcome.rejects.isAxiosError': is(false, true),
    },
  },
  {
    because: 'the limiter counts logins that were sent, not calls that found a session',
    versions: BOTH,
    calls: { session: ['found again, more often than the limit'] },
    differs: {
      'outcome.rejects': each(
        (error) => error.message === 'Rate limit exceeded for login attempts',
        (error) => error === undefined,
      ),
    },
  },
  {
    because: 'the same in the statistics: a login that was refused by the limiter was not sent',
    versions: BOTH,
    calls: { getSecurityStats: ['after the limit of logins'] },
    differs: { 'outcome.resolves.activeRateLimits.login': is(2, 1) },
  },
  {
    because: 'a stale CSRF token is fetched anew once, then the call succeeds',
    versions: ['HEAD'],
    calls: { session: ['stale CSRF token'] },
    differs: {
      requests: each(
        sent('POST /panel/api/inbounds/del/5'),
        sent('POST /panel/api/inbounds/del/5', 'POST /panel/api/inbounds/del/5'),
      ),
      access: is([], ['GET /csrf-token']),
      outcome: each(
        ({ rejects }) => rejects.status === 403,
        ({ resolves }) => resolves.success,
      ),
    },
    follows: { 'stored.5 vless': is([], undefined) },
  },
  {
    because: 'a refused token is an error with the class, the code and the answer of the panel',
    versions: ['HEAD'],
    calls: { session: ['a wrong token'] },
    differs: {
      'outcome.rejects.name': is('Error', 'AuthenticationError'),
      'outcome.rejects.code': is(undefined, 'ERR_BAD_REQUEST'),
      'outcome.rejects.isAxiosError': is(false, true),
      'outcome.rejects.status': is(undefined, 401),
      'outcome.rejects.data': isNew,
    },
  },
  {
    because: 'every login starts clean, without the cookie of the session before',
    versions: ['HEAD'],
    calls: { clearAllSessions: ['and a call after it'] },
    differs: {
      outcome: each(
        ({ rejects }) => rejects.message === 'Request failed with status code 403',
        ({ resolves }) => resolves.success,
      ),
      requests: each(sent(), sent('GET /panel/api/inbounds/list')),
    },
  },
  {
    because: 'logout goes to the panel by the verb that it has, and does not log in again',
    versions: ['2.8.11'],
    calls: { logout: ['logged in', 'twice'], isSessionValid: ['after logout'] },
    differs: {
      requests: (_, ours) => sent('GET /logout')(ours),
      logins: (reference, ours) => reference > 0 && ours === 0,
    },
    follows: { access: anything },
  },
  {
    because: 'logout goes to the panel by the verb that it has, and does not log in again',
    versions: ['HEAD'],
    calls: { logout: ['logged in', 'twice'], isSessionValid: ['after logout'] },
    differs: {
      requests: (_, ours) => sent('POST /logout')(ours),
      logins: (reference, ours) => reference > 0 && ours === 0,
    },
    follows: { access: anything },
  },
  {
    because: 'logout goes to the panel by the verb that it has, and does not log in again',
    versions: ['2.8.11'],
    calls: { logout: ['with a token'] },
    differs: { access: is(['GET /'], []) },
    follows: { requests: anything },
  },
  {
    because: 'a call after logout logs in once',
    versions: BOTH,
    calls: { logout: ['and a call after it'] },
    differs: {
      requests: (_, ours) => /^(GET|POST) \/logout,GET \/panel\/api\/inbounds\/list$/.test(lines(ours)),
      logins: is(2, 1),
    },
    follows: { access: anything },
  },
  {
    because: 'who is not logged in has nothing to log out of',
    versions: BOTH,
    calls: { logout: ['not logged in'] },
    differs: { requests: becomes([]), logins: is(2, 0), access: becomes([]) },
  },
  {
    because: 'a token has no session to end',
    versions: BOTH,
    calls: { logout: ['with a token'] },
    differs: { requests: becomes([]) },
  },
  {
    because: 'the statistics of the session store say whether it could be reached',
    versions: BOTH,
    calls: { getSessionStats: ['logged in', 'not logged in'] },
    differs: { 'outcome.resolves.connected': is(undefined, true) },
  },
  {
    because: 'the statistics of the session store say whether it could be reached',
    versions: BOTH,
    calls: { clearAllSessions: ['and what is kept'] },
    differs: { 'outcome.resolves[].connected': is(undefined, true) },
  },
  {
    because: 'the activity log shows what happened to clients and inbounds',
    versions: BOTH,
    calls: { getSecurityStats: ['after calls'] },
    differs: {
      'outcome.resolves.totalSuspiciousActivities': is(0, 1),
      'outcome.resolves.recentActivities': each(
        (all) => all.length === 0,
        ([only]) => only.type === 'inbound_deleted' && only.details === 'inbound 5',
      ),
    },
  },
  {
    because: 'the activity log shows each refused login, and with the third what the reference shows',
    versions: BOTH,
    calls: { getSecurityStats: ['after refused logins'] },
    differs: {
      'outcome.resolves.totalSuspiciousActivities': is(1, 4),
      'outcome.resolves.recentActivities': (reference, ours) => {
        const { id: _, ...theirs } = reference[0]
        const { id: __, ...last } = ours[3]
        return (
          JSON.stringify(theirs) === JSON.stringify(last) &&
          ours.slice(0, 3).every(({ type }) => type === 'login_failed')
        )
      },
    },
  },
]
