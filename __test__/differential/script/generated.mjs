/*
 * Calls that make credentials, or find the client by them.
 */

import { PASSWORD, UUID, newcomer } from '../seed.mjs'

const GENERATED = 'for-the-test'
const options = (more) => ({ email: GENERATED, ...more })

export const generated = {
  addClientWithCredentials: {
    vless: [1, 'vless', options()],
    vmess: [2, 'vmess', options()],
    trojan: [3, 'trojan', options()],
    shadowsocks: [4, 'shadowsocks', options()],
    'no options': [1, 'vless'],
    'empty options': [1, 'vless', {}],
    'options undefined': [
      1,
      'vless',
      {
        email: undefined,
        limitIp: undefined,
        totalGB: undefined,
        expiryTime: undefined,
        flow: undefined,
        subId: undefined,
      },
    ],
    'options null': [1, 'vless', options({ limitIp: null, totalGB: null, expiryTime: null })],
    'null for options': [1, 'vless', null],
    'protocol in capitals': [1, 'VLESS', options()],
    'id as text': ['1', 'vless', options()],
    'limits of the guide': [1, 'vless', options({ limitIp: 2, totalGB: 100, expiryTime: 4_102_444_800_000 })],
    'limits as text': [1, 'vless', options({ limitIp: '2', expiryTime: '4102444800000' })],
    'total as text': [1, 'vless', options({ totalGB: '100' })],
    'fractional total': [1, 'vless', options({ totalGB: 0.3 })],
    'total of half a gigabyte': [1, 'vless', options({ totalGB: 0.5 })],
    'flow of the guide': [1, 'vless', options({ flow: 'xtls-rprx-splice' })],
    'subscription id': [1, 'vless', options({ subId: 'sub-of-my-own' })],
    'switched off': [1, 'vless', options({ enable: false })],
    'Telegram id, comment and reset': [
      1,
      'vless',
      options({ tgId: 12_345, comment: 'a comment', reset: 30 }),
    ],
    'level for trojan': [3, 'trojan', options({ level: 1 })],
    'level and alterId for vmess': [2, 'vmess', options({ level: 1, alterId: 2 })],
    'longer password': [3, 'trojan', options({ passwordLength: 32 })],
    'method and longer password': [4, 'shadowsocks', options({ method: 'aes-256-gcm', passwordLength: 24 })],
    'UUID of the caller': [1, 'vless', options({ id: newcomer().id })],
    'password of the caller': [3, 'trojan', options({ password: 'my-own-password' })],
    'credentials generated before': {
      run: (client) => {
        const credentials = client.generateCredentials('vless')
        return client.addClientWithCredentials(1, 'vless', { ...credentials, limitIp: 1, totalGB: 50 })
      },
    },
    'wrong protocol for the inbound': [3, 'vless', options()],
    'e-mail in use': [1, 'vless', { email: 'bob' }],
    'unknown inbound': [99, 'vless', options()],
    'id that is no number': ['abc', 'vless', options()],
    'id undefined': [undefined, 'vless', options()],
    'unknown protocol': [1, 'gopher', options()],
    'protocol undefined': [1, undefined, options()],
    'nothing at all': [],
    'e-mail too long': [1, 'vless', { email: 'x'.repeat(101) }],
    'e-mail with a forbidden character': [1, 'vless', { email: 'a&b' }],
    'negative limit': [1, 'vless', options({ limitIp: -1 })],
    'negative total': [1, 'vless', options({ totalGB: -1 })],
    'negative time': [1, 'vless', options({ expiryTime: -86_400_000 })],
    'limit NaN': [1, 'vless', options({ limitIp: NaN })],
    'total that is no number': [1, 'vless', options({ totalGB: 'much' })],
    'time without end': [1, 'vless', options({ expiryTime: Infinity })],
    'twice the same': {
      args: [1, 'vless', options()],
      run: async (client) => {
        await client.addClientWithCredentials(1, 'vless', options())
        return client.addClientWithCredentials(1, 'vless', options())
      },
    },
  },
  updateClientWithCredentials: {
    'total for vless': [UUID.alice, 1, { totalGB: 50 }],
    'total for vmess': [UUID.carol, 2, { totalGB: 50 }],
    'limit for trojan': [PASSWORD.dave, 3, { limitIp: 3 }],
    'limit for shadowsocks': [PASSWORD.erin, 4, { limitIp: 3 }],
    'no options': [UUID.alice, 1],
    'empty options': [UUID.alice, 1, {}],
    'options undefined': [
      UUID.alice,
      1,
      { totalGB: undefined, limitIp: undefined, expiryDays: undefined, enable: undefined },
    ],
    'null for options': [UUID.alice, 1, null],
    'id as text': [UUID.alice, '1', { limitIp: 3 }],
    'switched off': [UUID.alice, 1, { enable: false }],
    'days from now': [UUID.alice, 1, { expiryDays: 30 }],
    'days from now as text': [UUID.alice, 1, { expiryDays: '30' }],
    'no days': [UUID.alice, 1, { expiryDays: 0 }],
    'everything removed': [UUID.alice, 1, { limitIp: 0, totalGB: 0 }],
    'fractional total': [UUID.alice, 1, { totalGB: 0.3 }],
    renamed: [UUID.alice, 1, { email: 'alice-renamed' }],
    'renamed to one in use': [UUID.alice, 1, { email: 'bob' }],
    'flow and subscription': [UUID.alice, 1, { flow: 'xtls-rprx-vision', subId: 'another-sub' }],
    'unknown option': [UUID.alice, 1, { colour: 'red' }],
    'unknown client': [UUID.nobody, 1, { limitIp: 3 }],
    'client of another inbound': [UUID.carol, 1, { limitIp: 3 }],
    'e-mail in place of the UUID': ['alice', 1, { limitIp: 3 }],
    'empty client id': ['', 1, { limitIp: 3 }],
    'client id undefined': [undefined, 1, { limitIp: 3 }],
    'unknown inbound': [UUID.alice, 99, { limitIp: 3 }],
    'id that is no number': [UUID.alice, 'abc', { limitIp: 3 }],
    'id undefined': [UUID.alice, undefined, { limitIp: 3 }],
    'negative total': [UUID.alice, 1, { totalGB: -1 }],
    'negative limit': [UUID.alice, 1, { limitIp: -1 }],
    'total that is no number': [UUID.alice, 1, { totalGB: 'much' }],
    'nothing at all': [],
  },
}
