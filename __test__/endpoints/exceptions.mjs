/*
 * Where our requests are others than the original's, on purpose; docs/DIFFERENCES.md says why.
 */

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
const form = (verb, path, fields) => [{ verb, path, data: new URLSearchParams(fields).toString(), headers: FORM }]

/** What we send instead, by method and the number of the argument list. */
export const EXCEPTIONS = {
  'getPagedClients 1': [
    { verb: 'get', path: '/panel/api/clients/list/paged?page=2&pageSize=10&sort=email&order=descend&search=a' },
  ],
  'bulkCreateModernClients 0': [
    {
      verb: 'post',
      path: '/panel/api/clients/bulkCreate',
      data: [{ client: { email: 'a', totalGB: 1_073_741_824 }, inboundIds: [1] }],
    },
  ],
  'updateXrayConfig 0': form('post', '/panel/api/xray/update', { xraySetting: '{"log":{}}' }),
  'updateXrayConfig 1': form('post', '/panel/api/xray/update', { xraySetting: '{"log":{}}' }),
  'manageWarp 0': form('post', '/panel/api/xray/warp/data', {}),
  'manageWarp 1': form('post', '/panel/api/xray/warp/license', { license: 'x' }),
  'testOutbound 1': form('post', '/panel/api/xray/testOutbound', {
    outbound: '{"tag":"a"}',
    mode: 'tcp',
    allOutbounds: '[{"tag":"b"}]',
  }),
  'resetOutboundsTraffic 0': form('post', '/panel/api/xray/resetOutboundsTraffic', { tag: '-alltags-' }),
  'logout 0': [],
}
