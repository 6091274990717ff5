/*
 * Calls about clients that the caller describes himself.
 */

import { PASSWORD, UUID, newcomer } from '../seed.mjs'

const body = (clients, id = 1) => ({ id, settings: { clients } })
const asText = (clients, id = 1) => ({ id, settings: JSON.stringify({ clients }) })
const second = (more) =>
  newcomer({ id: '55555555-5555-4555-8555-555555555555', email: 'second', subId: 'sub-second', ...more })
const known = (more) => newcomer({ id: UUID.alice, email: 'alice', subId: 'sub-alice', ...more })

/** Bodies that are wrong in the same way for adding and for changing. */
const oddBodies = {
  'no settings': { id: 1 },
  'settings that are no JSON': { id: 1, settings: '{"clients":' },
  'settings without a list': { id: 1, settings: {} },
  'an empty list': body([]),
  'no id': { settings: { clients: [newcomer()] } },
  'id null': { id: null, settings: { clients: [newcomer()] } },
  'id that is no number': body([newcomer()], 'abc'),
  'empty object': {},
  list: [],
  text: 'text',
  null: null,
}

const oddClients = {
  'no e-mail': newcomer({ email: undefined }),
  'empty e-mail': newcomer({ email: '' }),
  'e-mail too long': newcomer({ email: 'x'.repeat(101) }),
  'e-mail of 100 characters': newcomer({ email: 'x'.repeat(100) }),
  'e-mail with a forbidden character': newcomer({ email: 'a<b' }),
  'e-mail of other scripts': newcomer({ email: 'клиент-1' }),
  'no credential': newcomer({ id: undefined }),
  'credential that is no UUID': newcomer({ id: 'my-own-id' }),
  'only what is needed': { id: newcomer().id, email: 'newcomer', enable: true, subId: 'sub-newcomer' },
  'limits as numbers': newcomer({ limitIp: 3, totalGB: 50 * 2 ** 30, expiryTime: 4_102_444_800_000 }),
  'limits as text': newcomer({ limitIp: '3', totalGB: '50', expiryTime: '4102444800000' }),
  'limits undefined': newcomer({ limitIp: undefined, totalGB: undefined, expiryTime: undefined }),
  'small total': newcomer({ totalGB: 50 }),
  'fractional total': newcomer({ totalGB: 322_122_547.2 }),
  'negative total': newcomer({ totalGB: -1 }),
  'negative limit': newcomer({ limitIp: -1 }),
  'limit null': newcomer({ limitIp: null }),
  'negative time': newcomer({ expiryTime: -86_400_000 }),
  'switched off': newcomer({ enable: false }),
  'Telegram id empty': newcomer({ tgId: '' }),
  'Telegram id': newcomer({ tgId: 12_345 }),
  'Telegram id as text': newcomer({ tgId: '12345' }),
  'flow, comment and reset': newcomer({ flow: 'xtls-rprx-vision', comment: 'a "b" ж', reset: 30 }),
  'members that the panel does not know': newcomer({ colour: 'red' }),
}

const mapped = (table, change) =>
  Object.fromEntries(Object.entries(table).map(([label, value]) => [label, change(value)]))
/** The clients of `oddClients`, as who is there already. */
const asKnown = (client) => ({ ...client, ...(client.id === newcomer().id && { id: UUID.alice }) })

export const clients = {
  addClient: {
    'settings as text': [asText([newcomer()])],
    'settings as an object': [body([newcomer()])],
    'id as text': [asText([newcomer()], '1')],
    vmess: [asText([newcomer()], 2)],
    trojan: [asText([newcomer({ id: undefined, password: 'a-new-password' })], 3)],
    shadowsocks: [
      asText([newcomer({ id: undefined, password: 'a-new-password', method: 'chacha20-ietf-poly1305' })], 4),
    ],
    'two clients': [asText([newcomer(), second()])],
    'the same e-mail twice': [asText([newcomer(), second({ email: 'newcomer' })])],
    'e-mail in use': [asText([newcomer({ email: 'bob' })])],
    'e-mail in use in other letters': [asText([newcomer({ email: 'BOB' })])],
    'credential in use': [asText([newcomer({ id: UUID.bob })])],
    'unknown inbound': [asText([newcomer()], 99)],
    'limit NaN in an object': [body([newcomer({ limitIp: NaN })])],
    'members beside settings': [{ ...asText([newcomer()]), remark: 'x' }],
    ...mapped(oddClients, (client) => [asText([client])]),
    ...mapped(oddBodies, (odd) => [odd]),
    'nothing at all': [],
  },
  updateClient: {
    'settings as text': [UUID.alice, asText([known({ limitIp: 5 })])],
    'settings as an object': [UUID.alice, body([known({ limitIp: 5 })])],
    'inbound id as text': [UUID.alice, asText([known()], '1')],
    vmess: [UUID.carol, asText([known({ id: UUID.carol, email: 'carol', subId: 'sub-carol' })], 2)],
    trojan: [
      PASSWORD.dave,
      asText([known({ id: undefined, password: PASSWORD.dave, email: 'dave', subId: 'sub-dave' })], 3),
    ],
    'trojan, another password': [
      PASSWORD.dave,
      asText([known({ id: undefined, password: 'another-password', email: 'dave', subId: 'sub-dave' })], 3),
    ],
    shadowsocks: [
      'erin',
      asText([known({ id: undefined, password: PASSWORD.erin, email: 'erin', subId: 'sub-erin' })], 4),
    ],
    renamed: [UUID.alice, asText([known({ email: 'alice-renamed' })])],
    'renamed to one in use': [UUID.alice, asText([known({ email: 'bob' })])],
    'another UUID': [UUID.alice, asText([known({ id: newcomer().id })])],
    'unknown client': [UUID.nobody, asText([known()])],
    'unknown inbound': [UUID.alice, asText([known()], 99)],
    'e-mail in place of the UUID': ['alice', asText([known()])],
    'empty client id': ['', asText([known()])],
    'client id undefined': [undefined, asText([known()])],
    ...mapped(oddClients, (client) => [UUID.alice, asText([asKnown(client)])]),
    ...mapped(oddBodies, (odd) => [UUID.alice, odd]),
    'nothing at all': [],
  },
  deleteClient: {
    vless: [1, UUID.alice],
    vmess: [2, UUID.carol],
    trojan: [3, PASSWORD.dave],
    shadowsocks: [4, 'erin'],
    'inbound id as text': ['1', UUID.alice],
    'e-mail in place of the UUID': [1, 'alice'],
    'unknown client': [1, UUID.nobody],
    'client of another inbound': [1, UUID.carol],
    'unknown inbound': [99, UUID.alice],
    'inbound id that is no number': ['abc', UUID.alice],
    'client id empty': [1, ''],
    'client id undefined': [1],
    'nothing at all': [],
  },
}
