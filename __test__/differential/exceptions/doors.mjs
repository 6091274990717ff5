/*
 * The door of requests, and the parts of logging in.
 */

import { isDeepStrictEqual } from 'node:util'

import { BOTH, anything, each, is, isNew } from './rule.mjs'

const every = (because, calls, differs, follows) => ({
  because,
  versions: BOTH,
  calls,
  differs,
  ...(follows && { follows }),
})

export const doors = [
  every(
    'a GET carries no body: the panel reads none, and a proxy may refuse one',
    { _request: ['get with a body'] },
    { 'requests[].body': is({ page: 1 }, undefined) },
  ),
  every(
    'search parameters are a form, and are called one',
    { _request: ['post with search parameters'] },
    { 'requests[].headers.content-type': is('application/json', 'application/x-www-form-urlencoded') },
    { 'requests[].body': anything, 'outcome.resolves': anything, stored: anything },
  ),
  every(
    'each library names itself, and takes the compressions that it knows',
    { _request: ['headers of the caller'], _retryAfterRelogin: ['headers of the caller'] },
    {
      'requests[].headers.user-agent': anything,
      'requests[].headers.accept-encoding': is('gzip, compress, deflate, br', 'gzip'),
      'requests[].headers.accept-language': isNew,
    },
  ),
  every(
    'a verb that no route of the panel has is refused before anything is sent',
    { _request: ['a verb that is none', 'no verb'] },
    {
      'outcome.rejects': each(
        ({ message }) => message,
        ({ message }) => message,
      ),
    },
    { requests: anything },
  ),
  {
    because: 'what the panel is, is asked once in a session',
    versions: ['2.8.11'],
    calls: { _retryAfterRelogin: ['of a recorded route'] },
    differs: {
      access: (reference, ours) => isDeepStrictEqual(ours.slice(0, reference.length), reference) && ours.length <= 4,
    },
  },
  {
    because: 'a path that is none is found to be none without a login',
    versions: ['2.8.11'],
    calls: { _request: ['unknown path'] },
    differs: {
      logins: is(1, 0),
      access: is(['GET /csrf-token', 'POST /login'], []),
    },
    follows: { 'requests[].line': is('GET /panel/api/nowhere', 'GET /panel/xray/getXrayResult') },
  },
  {
    because: 'a path that is none is found to be none without a login',
    versions: ['HEAD'],
    calls: { _request: ['unknown path'] },
    differs: {
      access: (reference, ours) => reference.includes('POST /login') && !ours.includes('POST /login'),
    },
  },
  {
    because:
      'a CSRF token is asked for without the cookie of a session: with one, a panel makes no new cookie for it',
    versions: ['HEAD'],
    calls: { _getCsrfToken: ['logged in'] },
    differs: {
      'outcome.resolves': each(
        (none) => none === null,
        ({ token, cookie }) => token && cookie,
      ),
    },
  },
]
