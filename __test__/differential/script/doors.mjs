/*
 * Calls of what stands behind all methods: the door of requests, and the parts of logging in.
 */

const LIST = '/panel/api/inbounds/list'
const STATUS = '/panel/api/server/getNewUUID'
const answered = (status, data) => ({ response: { status, data } })

export const doors = {
  _request: {
    get: ['get', LIST],
    'get in capitals': ['GET', LIST],
    'get with a body': ['get', LIST, { page: 1 }],
    post: ['post', '/panel/api/inbounds/del/5'],
    'post with a body': [
      'post',
      '/panel/api/inbounds/add',
      { port: 5005, protocol: 'vless', settings: '{"clients":[]}' },
    ],
    'post with a form': [
      'post',
      '/panel/api/inbounds/import',
      'data=%7B%22port%22%3A5006%7D',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
    ],
    'post with search parameters': {
      run: (client) =>
        client._request('post', '/panel/api/inbounds/import', new URLSearchParams({ data: '{"port":5006}' })),
    },
    'headers of the caller': { args: ['get', LIST, undefined, { 'X-Mine': 'yes' }], headers: true },
    'bytes for an answer': {
      run: async (client) => {
        const bytes = await client._request('get', LIST, {}, {}, { responseType: 'arraybuffer' })
        return { isBuffer: Buffer.isBuffer(bytes), text: bytes.toString() }
      },
    },
    'unknown path': { args: ['get', '/panel/api/nowhere'], access: true },
    'path without a slash': ['get', 'panel/api/inbounds/list'],
    'path with a query': ['get', `${LIST}?page=1`],
    'a verb that is none': ['dance', LIST],
    'no verb': [],
    'status 500': {
      arrange: (panel) => panel.failNext({ path: '/list', status: 500, body: { why: 'so' } }),
      args: ['get', LIST],
    },
  },
  _getCsrfToken: {
    'not logged in': { cold: true, access: true, run: async (client) => named(await client._getCsrfToken()) },
    'logged in': { access: true, run: async (client) => named(await client._getCsrfToken()) },
  },
  _ensureAuthenticated: {
    'not logged in': { cold: true, access: true },
    'logged in': { access: true, recorded: true },
    forced: { args: [true], access: true },
    'wrong password': { cold: true, access: true, credentials: ['admin', 'wrong'] },
    'twice at once': {
      cold: true,
      access: true,
      run: (client) => Promise.all([client._ensureAuthenticated(), client._ensureAuthenticated()]),
    },
  },
  _retryAfterRelogin: {
    get: { args: ['get', LIST, {}, {}], access: true },
    'headers of the caller': { args: ['get', LIST, {}, { 'X-Mine': 'yes' }], headers: true },
    'post with a body': ['post', '/panel/api/inbounds/del/5', {}, {}],
    'of a recorded route': { recorded: true, args: ['get', STATUS, {}, {}], access: true },
  },
}

/** Whether there is a token and a cookie, not which. */
const named = (found) =>
  found && Object.fromEntries(Object.entries(found).map(([name, value]) => [name, typeof value]))

/** The same without a panel. */
export const doorsAlone = {
  _buildRequestHeaders: Object.fromEntries(
    ['get', 'GET', 'head', 'options', 'post', 'POST', 'put', 'delete'].map((verb) => [verb, [verb]]),
  ),
  _looksLikeLoginPage: {
    page: ['<!DOCTYPE html><html></html>'],
    'in other letters': ['  <HTML>'],
    'a fragment': ['<p>'],
    'an object': [{ success: true }],
    null: [null],
    'nothing at all': [],
  },
  _isStaleSessionError: {
    'status 401': [answered(401, '')],
    'status 404': [answered(404, '')],
    'status 403': [answered(403, '')],
    'status 500 with a page': [answered(500, '<html>')],
    'no answer': [{ message: 'socket hang up' }],
    null: [null],
    'nothing at all': [],
  },
  _parseClientIps: {
    text: ['["1.2.3.4"]'],
    list: [['1.2.3.4']],
    objects: [[{ ip: '1.2.3.4', time: '' }]],
    'with times': [['1.2.3.4 (2026-01-02 03:04:05)']],
    'no record': ['No IP Record'],
    'JSON that is no list': ['{}'],
    null: [null],
    'nothing at all': [],
  },
  getShadowsocksCiphers: { plain: [] },
  getRecommendedShadowsocksCipher: { plain: [] },
  generateWireGuardKeys: { plain: [] },
  generateRealityKeys: { plain: [] },
  generatePort: {
    'a range of one': [5000, 5000],
    'the usual': [],
    text: ['5000', '5000'],
    'the wrong way round': [6000, 5000],
  },
  generateSecureToken: { plain: [], 'an argument that it does not take': [4] },
  setDevelopmentMode: { on: [true], off: [false], 'nothing at all': [] },
  clearBlockedIPs: { plain: [] },
}
