/*
 * Nodes, groups, geo files, the server, its settings and Xray.
 */

import { isDeepStrictEqual } from 'node:util'

import { BOTH, anything, each, is, isNew, lines } from './rule.mjs'

const FORM = 'application/x-www-form-urlencoded'

const byForm = (because, calls, differs) => ({
  because,
  versions: ['HEAD'],
  calls,
  differs: { 'requests[].headers.content-type': is('application/json', FORM) },
  follows: differs,
})

const forms = [
  byForm(
    'the panel reads a new Xray configuration out of a form field',
    { updateXrayConfig: ['object', 'text', 'an empty object'] },
    {
      'requests[].body': each(
        ({ content }) => content,
        ({ xraySetting }) => xraySetting,
      ),
    },
  ),
  byForm(
    'the panel reads what WARP is to do out of form fields',
    { manageWarp: '*' },
    { 'requests[].body': anything },
  ),
  byForm(
    'the panel reads which outbound to reset out of a form field; without one it means all',
    { resetOutboundsTraffic: '*' },
    { 'requests[].body': ({ tag: none }, { tag }) => none === undefined && tag !== undefined },
  ),
  {
    because: 'the panel reads the other outbounds of a test from the form field allOutbounds',
    versions: ['HEAD'],
    calls: { testOutbound: ['all outbounds'] },
    differs: { 'requests[].body.outbounds': anything, 'requests[].body.allOutbounds': isNew },
  },
]

const uploads = {
  because: 'a form of the web is uploaded as one: the reference sends it as an empty object',
  versions: BOTH,
  calls: { importDB: ['a form of the web'] },
  differs: {
    'requests[].body': (reference, ours) =>
      isDeepStrictEqual(reference, { db: {} }) && ours.includes('a database'),
    'requests[].headers.content-type': (_, ours) => ours.startsWith('multipart/form-data; boundary='),
  },
}

const nodes = [
  {
    because: 'a node is switched to what it is not by asking first: the panel reads a missing switch as off',
    versions: ['HEAD'],
    calls: { setNodeEnable: ['switched', 'as text'] },
    differs: {
      requests: each(
        (requests) => requests.length === 1,
        (requests) =>
          lines(requests).join() === 'GET /panel/api/nodes/get/7,POST /panel/api/nodes/setEnable/7',
      ),
    },
  },
]

const server = [
  {
    because: 'what the panel is, is asked once in a session',
    versions: ['2.8.11'],
    calls: { getServerStatus: ['plain'] },
    differs: {
      access: each(
        (all) => all.length === 1,
        (all) => all.length === 3,
      ),
    },
  },
  {
    because: 'null is as good as undefined',
    versions: BOTH,
    calls: { getCPUHistory: ['null'], getPanelLogs: ['count null'], getXrayLogs: ['count null'] },
    differs: {
      'requests[].line': (reference, ours) => reference.endsWith('/null') && /\/(60|100)$/.test(ours),
    },
  },
  {
    because: 'what stands in a path stays one segment of it',
    versions: BOTH,
    calls: { installXray: ['a path in it'], updateGeofile: ['a path in it'] },
    differs: {
      requests: each(
        () => true,
        ([only]) => only.line.endsWith('/..%2Fx'),
      ),
    },
    follows: { outcome: anything, logins: is(1, 0) },
  },
  {
    because:
      'a backup for Telegram is asked for by the verb that the panel has, and answered with an envelope',
    versions: BOTH,
    calls: { backupToTgBot: '*' },
    differs: { outcome: anything },
    follows: {
      requests: anything,
      'requests[].line': anything,
      'requests[].body': anything,
      'requests[].headers': anything,
      logins: is(1, 0),
    },
  },
  {
    because: 'JSON that is none is described in words of our own',
    versions: BOTH,
    calls: { updateXrayConfig: ['text that is no JSON'] },
    differs: {
      'outcome.throws': each(
        ({ message }) => message.startsWith('updateXrayConfig: Invalid JSON: '),
        ({ message, code }) =>
          message.startsWith('updateXrayConfig: Invalid JSON: ') && code === 'ERR_VALIDATION',
      ),
    },
  },
]

/** The server with recorded answers has none for what stands in the place of these. */
const elsewhere = {
  because: 'a route that the panel lacks is no dead end: by what the panel has in its place the method does the same',
  versions: ['2.8.11'],
  calls: { getSubLinks: '*', getClientLinks: '*', createBackup: '*' },
  differs: { 'requests[].line': anything },
  follows: { requests: anything, logins: is(1, 0), outcome: anything },
}

export const recorded = [elsewhere, ...forms, uploads, ...nodes, ...server]
