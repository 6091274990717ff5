/*
 * Answers that are none of the panel's, and no answers.
 */

import { BOTH, each, is, lines } from './rule.mjs'

const LIST = 'GET <panel>/panel/api/inbounds/list'

/** The reference resolves with the text, whatever it is; programs then read `success` of it. */
const noData = (label, text, message) => ({
  because: 'what is not the JSON that the panel sends is an error that says so',
  versions: BOTH,
  calls: { answers: [label] },
  differs: {
    outcome: is(
      { resolves: text },
      {
        rejects: {
          name: 'PanelError',
          message,
          code: 'ERR_BAD_RESPONSE',
          isAxiosError: true,
          status: 200,
          data: text,
        },
      },
    ),
  },
})

export const answers = [
  {
    because: 'errors have a class that tells what happened; their shape is that of axios',
    versions: BOTH,
    calls: { answers: ['status 500', 'status 403'] },
    differs: { 'outcome.rejects.name': is('AxiosError', 'PanelError') },
  },
  {
    because: 'errors have a class that tells what happened; their shape is that of axios',
    versions: ['2.8.11'],
    calls: { session: ['a token', 'a token, named apiToken', 'a wrong token'] },
    differs: { 'outcome.rejects.name': is('AxiosError', 'NotFoundError') },
  },
  noData(
    'cut JSON',
    '{"success":true,',
    `The panel answered with incomplete or invalid JSON (HTTP 200): ${LIST}`,
  ),
  noData('text', 'hello', `The panel answered with incomplete or invalid JSON (HTTP 200): ${LIST}`),
  noData('nothing', '', `The panel answered with an empty body (HTTP 200): ${LIST}`),
  noData(
    'a page, always',
    '<html></html>',
    `The panel answered with an HTML page instead of JSON (HTTP 200): ${LIST}. Check that the URL is the panel's own, with its base path.`,
  ),
  {
    because: 'the error page of a proxy is no lost session: nothing is gained by logging in for it',
    versions: BOTH,
    calls: { answers: ['status 502 with a page'] },
    differs: {
      outcome: each(
        ({ resolves }) => resolves.success,
        ({ rejects }) =>
          rejects.name === 'PanelError' && rejects.message === 'Request failed with status code 502',
      ),
      requests: each(
        (requests) => requests.length === 2,
        (requests) => lines(requests).join() === 'GET /panel/api/inbounds/list',
      ),
      logins: is(1, 0),
    },
  },
  {
    because: 'a broken connection has a class, and is told with the call it happened in',
    versions: BOTH,
    calls: { answers: ['the connection cut'] },
    differs: {
      'outcome.rejects.name': is('Error', 'NetworkError'),
      'outcome.rejects.message': is(
        'socket hang up',
        `Connection to the panel lost (socket hang up: it was closed before the answer was complete): ${LIST}`,
      ),
    },
  },
  {
    because: 'an error that was a bare one keeps its words and gets a class and a code',
    versions: BOTH,
    calls: { answers: ['no answer in time'] },
    differs: {
      'outcome.rejects.name': is('Error', 'TimeoutError'),
      'outcome.rejects.code': is(undefined, 'ECONNABORTED'),
      'outcome.rejects.isAxiosError': is(false, true),
    },
  },
]
