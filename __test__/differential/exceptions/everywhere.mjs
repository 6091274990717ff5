/*
 * What differs in the same way whatever the method.
 */

import { BOTH, EVERY, anything, becomes, is } from './rule.mjs'

const failure = ({ outcome }) => outcome.rejects ?? outcome.throws
const failedAs = (record, name) => failure(record)?.name === name

/** The reference asks for a route that is not there, logs in, and asks again. */
const askedTwice = ({ requests = [] }) => requests.length === 2 && requests[0].line === requests[1].line
const asIfLoggedOut = (requests) => askedTwice({ requests })

/** Calls that are refused with one of these messages, before anything is sent and with nothing changed. */
const refused = (because, calls, messages, versions) => ({
  because,
  versions,
  calls,
  when: (_, ours) =>
    failedAs(ours, 'ValidationError') &&
    (ours.requests ?? []).length === 0 &&
    messages.includes(failure(ours).message),
  differs: { outcome: anything },
  follows: { requests: anything, logins: becomes(0), access: anything, stored: anything },
})

/** The same rule, whose breach the reference leaves to the panel or to chance. */
const notMissing = 'a name that is missing would make another path: it is refused before anything is sent'

const NO_NAME = [
  'empty name',
  'name undefined',
  'name null',
  'no name',
  'empty',
  'null',
  'nothing at all',
  'only the id',
]
const NO_ID = ['id null', 'no id']
const MISSING = ['email', 'subId', 'id', 'metric', 'groupName', 'action'].map(
  (name) => `Invalid ${name}: must not be empty`,
)

export const everywhere = [
  {
    because: 'a GET carries no body: the panel reads none, and a proxy may refuse one',
    versions: EVERY,
    calls: { '*': '*' },
    when: ({ requests = [] }) => requests.some(({ line }) => line.startsWith('GET ')),
    differs: {
      'requests[].body': is({}, undefined),
      'requests[].headers.content-type': is('application/json', undefined),
    },
  },
  {
    because:
      'nothing for a body is sent as the empty object, of which every route of the panel makes something',
    versions: ['3.1.0', 'HEAD'],
    calls: { '*': ['body null'] },
    differs: { 'requests[].body': is(null, {}) },
  },
  {
    because:
      'what a version of the panel cannot do is an error that says so, and costs no request and no login',
    versions: BOTH,
    calls: { '*': '*' },
    when: (reference, ours) =>
      failure(reference)?.status === 404 &&
      askedTwice(reference) &&
      failedAs(ours, 'UnsupportedByPanelError'),
    differs: {
      'outcome.rejects': (_, { message, code, status }) =>
        code === 'ERR_UNSUPPORTED_BY_PANEL' &&
        status === 404 &&
        /^\w+ does not exist on this panel \(.+\): it (exists|was) .+\./.test(message),
      requests: (reference, ours) => asIfLoggedOut(reference) && ours.length === 0,
      logins: is(1, 0),
    },
  },
  {
    // What comes of it, on the panel too, is held for every method and version by the tests in `matrix`.
    because: 'a route that the panel lacks is no dead end: by what the panel has in its place the method does the same',
    versions: BOTH,
    calls: { '*': '*' },
    when: (reference, ours) =>
      failure(reference)?.status === 404 && askedTwice(reference) && typeof ours.outcome.resolves === 'object',
    differs: {
      outcome: (_, { resolves }) => typeof resolves.success === 'boolean',
      requests: asIfLoggedOut,
      logins: is(1, 0),
    },
    follows: { stored: anything },
  },
  {
    because: 'errors have a class that tells what happened; their shape is that of axios',
    versions: BOTH,
    calls: { '*': '*' },
    differs: {
      'outcome.rejects.name': (reference, ours) =>
        reference === 'AxiosError' && (ours === 'NotFoundError' || ours === 'PanelError'),
    },
  },
  {
    because: 'a 404 of a panel that answers 401 for a lost session is no reason to log in',
    versions: ['HEAD'],
    calls: { '*': '*' },
    when: (reference, ours) =>
      failure(reference)?.status === 404 && askedTwice(reference) && failure(ours)?.status === 404,
    differs: {
      requests: (reference, ours) => asIfLoggedOut(reference) && ours.length === 1,
      logins: is(1, 0),
    },
  },
  {
    because: 'an error that was a bare one keeps its words and gets a class and a code',
    versions: BOTH,
    calls: { '*': '*' },
    when: (reference, ours) =>
      failure(reference)?.message === failure(ours)?.message && failedAs(ours, 'ValidationError'),
    differs: {
      'outcome.throws.name': is('Error', 'ValidationError'),
      'outcome.throws.code': is(undefined, 'ERR_VALIDATION'),
      'outcome.throws.isAxiosError': is(false, true),
    },
  },
  refused(notMissing, { '*': [...NO_NAME, ...NO_ID] }, MISSING, BOTH),
  refused(notMissing, { '*': NO_ID }, MISSING, ['3.1.0']),
]
