/*
 * What is on the panel before each call: an inbound of every protocol that clients are made for, with clients in all
 * states that a method treats differently.
 *
 * Owns the names that the script of calls uses.
 */

const GIGABYTE = 1024 ** 3

/** The credentials of the clients that are there. */
export const UUID = {
  alice: '11111111-1111-4111-8111-111111111111',
  bob: '22222222-2222-4222-8222-222222222222',
  carol: '33333333-3333-4333-8333-333333333333',
  nobody: '99999999-9999-4999-8999-999999999999',
}
export const PASSWORD = { dave: 'dave-password', erin: 'erin-password' }

/** What a web form would send of a client that is not there yet. */
export const newcomer = (more = {}) => ({
  id: '44444444-4444-4444-8444-444444444444',
  email: 'newcomer',
  limitIp: 0,
  totalGB: 0,
  expiryTime: 0,
  enable: true,
  subId: 'sub-newcomer',
  ...more,
})

const client = (email, more) => ({
  email,
  limitIp: 2,
  totalGB: 10 * GIGABYTE,
  expiryTime: 0,
  enable: true,
  tgId: 0,
  subId: `sub-${email}`,
  comment: `about ${email}`,
  reset: 0,
  ...more,
})

const tcp = { network: 'tcp', security: 'none', tcpSettings: { header: { type: 'none' } } }
const inbound = (port, protocol, clients, settings) => ({
  port,
  protocol,
  remark: `the ${protocol} one`,
  settings: { clients, ...settings },
  streamSettings: tcp,
  sniffing: { enabled: false },
})

/** The inbounds, which get the ids 1 to 5. */
export const inbounds = () => [
  inbound(
    4001,
    'vless',
    [client('alice', { id: UUID.alice, flow: '' }), client('bob', { id: UUID.bob, flow: '' })],
    {
      decryption: 'none',
      fallbacks: [],
    },
  ),
  inbound(4002, 'vmess', [client('carol', { id: UUID.carol, security: 'auto' })]),
  inbound(4003, 'trojan', [client('dave', { password: PASSWORD.dave, totalGB: 1000 })], { fallbacks: [] }),
  inbound(4004, 'shadowsocks', [client('erin', { password: PASSWORD.erin, method: '' })], {
    method: 'chacha20-ietf-poly1305',
    password: 'the-password-of-the-inbound',
    network: 'tcp,udp',
  }),
  inbound(4005, 'vless', [], { decryption: 'none', fallbacks: [] }),
]

/** What has happened on it: traffic, one client over its quota, one connected. */
export function live(panel) {
  if (panel.inbounds.length === 0) return
  panel.setTraffic('alice', { up: 100, down: 200 })
  panel.setTraffic('dave', { up: 600, down: 600 })
  panel.setIps('alice', ['1.2.3.4', '5.6.7.8'])
  panel.setOnline(['alice'])
}
