/*
 * Clients as things of their own, and what was left of the routes of inbounds.
 */

import { BOTH, anything, becomes, each, is, isGone, isNew, lines } from './rule.mjs'

const about = (because, calls, differs, { versions = BOTH, follows } = {}) => ({
  because,
  versions,
  calls,
  differs,
  ...(follows && { follows }),
})
const old = { versions: ['2.8.11'] }
const newest = { versions: ['HEAD'] }

const fails = (name, message) => (outcome) => {
  const error = outcome.throws ?? outcome.rejects
  return error?.name === name && (message === undefined || error.message === message)
}
const works = ({ resolves }) => resolves?.success === true
const whatever = { requests: anything, 'requests[].body': anything, stored: anything, logins: anything }

const pages = [
  about(
    'pages of clients are asked for by the names that the panel reads; the old names stand for them',
    { getPagedClients: ['old names', 'names of the panel', 'numbers as text'] },
    {
      'requests[].query': (reference, ours) =>
        !('size' in ours) && !('email' in ours) && ours.pageSize === (reference.size ?? '2'),
      'outcome.resolves.obj': (reference, ours) =>
        reference.items.length !== ours.items.length || ours.items.length > 0,
    },
    newest,
  ),
  about(
    'null for options is as good as none, and no reason to crash',
    { getPagedClients: ['null'] },
    { outcome: each(fails('TypeError'), (ours) => works(ours) || fails('UnsupportedByPanelError')(ours)) },
    { follows: whatever },
  ),
]

const amounts = [
  about(
    'amounts as text, as web forms send them, are the numbers that they say',
    { addModernClient: ['gigabytes as text'] },
    { outcome: each(fails('Error', 'Invalid totalGB value: 2. Must be a number.'), works) },
    { follows: whatever },
  ),
  about(
    'a fraction of bytes is rounded: old panels store it as unlimited, new ones refuse it',
    { addModernClient: ['a fraction of a gigabyte'] },
    {
      'outcome.resolves': each(
        ({ success }) => !success,
        ({ success }) => success,
      ),
    },
    {
      follows: {
        'requests[].body.client.totalGB': is(322_122_547.2, 322_122_547),
        'stored.1 vless': anything,
      },
    },
  ),
  about(
    'an error that was a bare one gets a class and a code, and names the field and the rule',
    { addModernClient: ['negative total', 'total that is no number'] },
    {
      'outcome.throws': each(
        ({ name }) => name === 'Error',
        ({ name, code }) => name === 'ValidationError' && code === 'ERR_VALIDATION',
      ),
    },
  ),
  about(
    'what a method that answers with a promise refuses, it refuses by that promise',
    { updateModernClient: ['total that is no number'] },
    {
      outcome: each(
        ({ throws }) => throws.message === 'Invalid totalGB value: much. Must be a number.',
        ({ rejects }) =>
          rejects.message === 'Invalid totalGB: must be a number' && rejects.code === 'ERR_VALIDATION',
      ),
    },
  ),
  about(
    'bulkCreateModernClients takes gigabytes, as addModernClient does',
    { bulkCreateModernClients: ['gigabytes'] },
    {
      'requests[].body[].client.totalGB': is(2, 2 * 2 ** 30),
      'stored.1 vless[].totalGB': is(2, 2 * 2 ** 30),
    },
    newest,
  ),
]

const refused = (message) =>
  each(({ throws, rejects }) => !throws && !rejects, fails('ValidationError', message))

const rules = [
  about(
    'identifiers have 1 to 100 characters and none of < > " &',
    { addModernClient: ['e-mail with a forbidden character'] },
    { outcome: refused('Invalid email: must not contain any of < > " &') },
    { follows: whatever },
  ),
  about(
    'an id that is none reaches no inbound: it is refused before anything is sent',
    { deleteClientByEmail: ['id that is no number', 'nothing at all'] },
    { outcome: refused('Invalid inboundId: must be a positive whole number') },
    { follows: whatever },
  ),
  about(
    'ids as text, as web forms send them, work',
    {
      addModernClient: ['inbound id as text'],
      attachClientToInbounds: ['id as text'],
      detachClientFromInbounds: ['id as text'],
    },
    { 'requests[].body.inboundIds[]': is('1', 1) },
    {
      ...newest,
      follows: {
        'requests[].body.inboundIds[]': (reference, ours) => Number(reference) === ours,
        'outcome.resolves': anything,
        stored: anything,
      },
    },
  ),
  about(
    'ids as text, as web forms send them, work',
    { addModernClient: ['inbound id as text'] },
    {
      'outcome.resolves': each(
        ({ success }) => !success,
        ({ success }) => success,
      ),
    },
    { ...old, follows: whatever },
  ),
  about(
    'nothing for a body is sent as the empty object, and no reason to crash',
    { addModernClient: ['body null', 'no body'], updateModernClient: ['body null'] },
    {
      outcome: each(
        (theirs) => fails('TypeError')(theirs) || theirs.resolves?.success === false,
        ({ resolves }) => resolves,
      ),
    },
    { follows: whatever },
  ),
  about(
    'no client is sent as it was given, for the panel to refuse',
    { addModernClient: ['client null'] },
    { 'requests[].body.client': is(undefined, null) },
    newest,
  ),
  about(
    'a list in the place of an object is sent as it is, for the panel to refuse',
    { addModernClient: ['a list as body'], updateModernClient: ['a list as body'] },
    { 'requests[].body': is({}, []) },
    { ...newest, follows: { 'outcome.resolves': anything } },
  ),
  about(
    'text in the place of an object is sent as it is, for the panel to refuse',
    {
      addModernClient: ['text as body'],
    },
    {
      'outcome.resolves.msg': (reference, ours) =>
        /json: cannot unmarshal|required/.test(reference) && /json|invalid|required/.test(ours),
    },
    { ...newest, follows: { 'requests[].body': anything } },
  ),
]

const switches = [
  about(
    'the option enable is honoured; the newest panels switch every new client on, so it is switched off after',
    { addModernClient: ['switched off'] },
    { 'stored.1 vless[].enable': is(true, undefined) },
    {
      follows: {
        requests: each(
          (requests) => requests.length === 1,
          (requests) => lines(requests).at(-1) === 'POST /panel/api/clients/bulkDisable',
        ),
      },
    },
  ),
]

const COUNTERS = {
  updateModernClientTrafficByEmail: ['names of the answer'],
  updateClientTraffic: ['names of the answer'],
}

const counters = [
  about(
    'counters are set by the names that the panel reads; those of its answers stand for them',
    { updateModernClientTrafficByEmail: ['names of the answer'] },
    { 'requests[].body': is({ up: 5, down: 6 }, { upload: 5, download: 6 }) },
    newest,
  ),
  about(
    'counters are set by the names that the panel reads; those of its answers stand for them',
    { updateClientTraffic: COUNTERS.updateClientTraffic },
    { 'requests[].body': is({ up: 5, down: 6 }, { upload: 5, download: 6 }) },
    old,
  ),
  about(
    'limits handed to updateClientTraffic are set, and the counters stay: the reference sets those to zero',
    { updateClientTraffic: ['limits as documented'] },
    {
      'stored.1 vless[].totalGB': becomes(1024),
      'stored.1 vless[].expiryTime': becomes(4_102_444_800_000),
    },
    {
      follows: {
        requests: anything,
        outcome: (_, { resolves }) => resolves.success,
        'outcome.resolves.msg': anything,
      },
    },
  ),
]

const panels = [
  about(
    'what an update does not name is kept, the credential too',
    { updateModernClient: '*' },
    { 'stored.1 vless[].comment': isNew },
    {
      ...old,
      follows: {
        'stored.1 vless': anything,
        'outcome.resolves': (_, ours) => typeof ours?.success === 'boolean',
      },
    },
  ),
  about(
    'new panels count other things of a client',
    { getClientTraffic: ['known client', 'depleted client'] },
    {
      'outcome.resolves.obj.resetDay': isGone,
      'outcome.resolves.obj.resetMax': isGone,
      'outcome.resolves.obj.resetCount': isGone,
      'outcome.resolves.obj.lastSubFetch': isGone,
      'outcome.resolves.obj.allTime': isNew,
    },
    old,
  ),
  about(
    'an old panel knows less of a client',
    { getClient: ['known client'] },
    {
      'outcome.resolves.obj': each(
        (obj) => obj?.client.uuid,
        (obj) => obj?.client.uuid,
      ),
    },
    old,
  ),
  about(
    'panels say in words of their own what they did or could not do',
    {
      deleteModernClient: [
        'unknown client',
        'name with an at sign',
        'name of other scripts',
        'number as a name',
      ],
      resetAllModernClientTraffics: ['plain', 'an argument that it does not take'],
      addModernClient: '*',
      updateModernClientTrafficByEmail: '*',
      getModernClientIps: '*',
      clearModernClientIps: '*',
    },
    { 'outcome.resolves': (reference, ours) => typeof (reference ?? ours)?.success === 'boolean' },
    { ...old, follows: whatever },
  ),
  about(
    'a client is in exactly one inbound of an old panel: an error that says so',
    { addModernClient: ['two inbounds'] },
    { outcome: each(works, fails('UnsupportedByPanelError')) },
    { ...old, follows: whatever },
  ),
  about(
    'a name that old routes take as it is stays one segment of the path, and reaches its client',
    {
      getClient: ['name with a slash and a blank'],
      getClientTraffic: ['name with a slash and a blank'],
      updateModernClient: ['name with a slash and a blank'],
      deleteModernClient: ['name with a slash and a blank'],
      resetModernClientTrafficByEmail: ['name with a slash and a blank'],
      updateModernClientTrafficByEmail: ['name with a slash and a blank'],
      getModernClientIps: ['name with a slash and a blank'],
      clearModernClientIps: ['name with a slash and a blank'],
      updateClientTraffic: ['name with a slash and a blank'],
      deleteClientByEmail: ['name with a slash and a blank'],
    },
    { outcome: anything },
    { follows: whatever },
  ),
]

const words = [
  about(
    'panels say in words of their own what they did or could not do',
    { deleteClientByEmail: ['unknown inbound'] },
    {
      'outcome.resolves.msg': (reference, ours) =>
        reference.includes('record not found') && ours.includes('record not found'),
    },
    newest,
  ),
]

export const modern = [...words, ...pages, ...amounts, ...rules, ...switches, ...counters, ...panels]
