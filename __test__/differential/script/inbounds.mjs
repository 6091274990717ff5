/*
 * Calls about inbounds.
 */

const tcp = { network: 'tcp', security: 'none', tcpSettings: { header: { type: 'none' } } }

const config = (more) => ({
  remark: 'made by the test',
  enable: true,
  listen: '',
  port: 5001,
  protocol: 'vless',
  expiryTime: 0,
  total: 0,
  settings: { clients: [], decryption: 'none', fallbacks: [] },
  streamSettings: tcp,
  sniffing: { enabled: false },
  ...more,
})

const { streamSettings: _, sniffing: __, ...bare } = config()

/** Ids as programs hand them over, good and bad. */
export const oddIds = {
  'id as text': ['1'],
  'id as text with blanks': [' 1 '],
  'unknown id': [99],
  'unknown id as text': ['99'],
  'id zero': [0],
  'negative id': [-1],
  'fractional id': [1.5],
  'id that is no number': ['abc'],
  'id of a true value': [true],
  'empty id': [''],
  'id null': [null],
  'id undefined': [undefined],
  'no id': [],
}

export const inbounds = {
  getInbounds: {
    plain: [],
    'with an argument that it does not take': [{ page: 2 }],
    'all headers': { headers: true },
    'on a panel without inbounds': { panel: { inbounds: [] } },
    'below a base path': { panel: { basePath: '/secret/' } },
  },
  getInbound: { id: [1], ...oddIds },
  addInbound: {
    vless: [config()],
    vmess: [config({ protocol: 'vmess', settings: { clients: [] } })],
    trojan: [config({ protocol: 'trojan', settings: { clients: [], fallbacks: [] } })],
    shadowsocks: [
      config({
        protocol: 'shadowsocks',
        settings: { clients: [], method: 'aes-256-gcm', password: 'of-the-inbound', network: 'tcp,udp' },
      }),
    ],
    'all headers': { args: [config()], headers: true },
    'nested parts as text': [
      config({
        settings: JSON.stringify(config().settings),
        streamSettings: JSON.stringify(tcp),
        sniffing: '{}',
      }),
    ],
    'with clients in it': [
      config({
        settings: {
          clients: [
            {
              id: '55555555-5555-4555-8555-555555555555',
              email: 'inside',
              enable: true,
              subId: 'sub-inside',
            },
          ],
          decryption: 'none',
        },
      }),
    ],
    'without stream settings and sniffing': [bare],
    'without settings': [config({ settings: undefined })],
    'settings null': [config({ settings: null })],
    'settings empty text': [config({ settings: '' })],
    'members undefined': [config({ total: undefined, listen: undefined, expiryTime: undefined })],
    'allocate as an object': [config({ allocate: { strategy: 'always' } })],
    'members that the panel does not know': [config({ colour: 'red', nested: { deep: [1, null] } })],
    'large numbers': [config({ total: 2 ** 53 - 1, expiryTime: 4_102_444_800_000 })],
    'fractional total': [config({ total: 0.5 })],
    'port in use': [config({ port: 4001 })],
    'port as text': [config({ port: '5001' })],
    'port zero': [config({ port: 0 })],
    'port too large': [config({ port: 65_536 })],
    'fractional port': [config({ port: 1.5 })],
    'port NaN': [config({ port: NaN })],
    'port null': [config({ port: null })],
    'port undefined': [config({ port: undefined })],
    'protocol that is no text': [config({ protocol: 5 })],
    'protocol zero': [config({ protocol: 0 })],
    'unknown protocol': [config({ protocol: 'gopher' })],
    'no protocol': [config({ protocol: undefined })],
    'empty object': [{}],
    list: [[]],
    text: ['vless'],
    null: [null],
    'no config': [],
  },
  updateInbound: {
    whole: [1, config()],
    'only a remark': [1, { remark: 'renamed' }],
    'id as text': ['1', config()],
    'unknown id': [99, config()],
    'id undefined': [undefined, config()],
    'id that is no number': ['abc', config()],
    'port in use': [1, config({ port: 4002 })],
    'port as text': [1, config({ port: '5001' })],
    'empty object': [1, {}],
    null: [1, null],
    'no config': [1],
    'nothing at all': [],
  },
  deleteInbound: { id: [1], ...oddIds },
}
