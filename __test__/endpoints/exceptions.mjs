/*
 * Where our requests are others than the original's, on purpose; docs/DIFFERENCES.md says why.
 */

const FORM = 'application/x-www-form-urlencoded'

/** What the panel gets, and what an overridden `_request` is asked for. */
const json = (verb, path, data) => ({
  requests: [{ line: `${verb.toUpperCase()} ${path}`, ...(data && { type: 'application/json', body: data }) }],
  asked: [{ verb, path, ...(data && { data }) }],
})

const form = (path, fields) => {
  const data = new URLSearchParams(fields).toString()
  return { requests: [{ line: `POST ${path}`, type: FORM, body: data }], asked: [{ verb: 'post', path, data, headers: { 'Content-Type': FORM } }] }
}

const requests = (...all) => ({ requests: all.flatMap((each) => each.requests) })

/** What we send instead, by method and the number of the argument list. */
export const EXCEPTIONS = {
  // What the panel's own update would clear is read first; this panel has stored something of its own.
  // No path carries a name with a slash in it: its row is looked up, or the call is refused.
  'getClient 0': requests(json('get', '/panel/api/clients/list')),
  'getSubLinks 0': {
    requests: [],
    error:
      'This panel (3.6.0) cannot be asked for this: no path can carry a name with a slash in it, nor . or .. ' +
      'A client with such a name can be deleted, and made anew under another one.',
  },
  // An entry without an id: what Xray could not start with depends on the inbound's protocol.
  'updateClient 0': requests(
    json('get', '/panel/api/inbounds/get/1'),
    json('post', '/panel/api/inbounds/updateClient/uuid-1', { id: 1, settings: '{"clients":[{"email":"e"}]}' }),
  ),
  'updateModernClient 0': requests(
    json('get', '/panel/api/clients/get/a%20b'),
    json('post', '/panel/api/clients/update/a%20b', { email: 'a b', totalGB: 1_610_612_736 }),
  ),
  'updateInbound 0': requests(
    json('get', '/panel/api/inbounds/get/3'),
    json('post', '/panel/api/inbounds/update/3', { stored: true, port: 1, settings: '{}' }),
  ),
  // Old panels delete the inbound together with its last client: who is to go is looked up, and here is nobody.
  'deleteDepletedClients 0': requests(json('get', '/panel/api/inbounds/list')),
  'deleteDepletedClients 1': requests(json('get', '/panel/api/inbounds/list')),
  // By the verb that the panel has for it, and past `_request`.
  'logout 0': { ...requests(json('post', '/logout')), asked: [] },
  'getPagedClients 1': json('get', '/panel/api/clients/list/paged?page=2&pageSize=10&sort=email&order=descend&search=a'),
  'getPagedClients 2': json('get', '/panel/api/clients/list/paged?page=1&pageSize=5&search=a%2Cb+c%26d%3De'),
  'bulkCreateModernClients 0': json('post', '/panel/api/clients/bulkCreate', [
    { client: { email: 'a', totalGB: 1_073_741_824 }, inboundIds: [1] },
  ]),
  'updateXrayConfig 0': form('/panel/api/xray/update', { xraySetting: '{"log":{}}' }),
  'updateXrayConfig 1': form('/panel/api/xray/update', { xraySetting: '{"log":{}}' }),
  'manageWarp 0': { asked: form('/panel/api/xray/warp/data', {}).asked },
  'manageWarp 1': form('/panel/api/xray/warp/license', { license: 'x' }),
  'testOutbound 1': form('/panel/api/xray/testOutbound', { outbound: '{"tag":"a"}', mode: 'tcp', allOutbounds: '[{"tag":"b"}]' }),
  'resetOutboundsTraffic 0': form('/panel/api/xray/resetOutboundsTraffic', { tag: '-alltags-' }),
}
