/*
 * Replies as a panel gives them, of any size. The same each time: nothing in them is random.
 */

const GIB = 1_073_741_824
const FIRST_MS = 1_767_225_600_000

/** One node: some 200 bytes. */
export function nodeReply() {
  const node = {
    ...{ id: 7, name: 'edge-7', remark: 'Frankfurt', scheme: 'https', address: 'edge-7.example', port: 2053 },
    ...{ basePath: '/', enable: true, status: 'online', latencyMs: 23, cpuPct: 12.5, memPct: 40.25 },
  }
  return JSON.stringify({ success: true, msg: '', obj: node })
}

/** One inbound with so many clients, its settings as text: some 360 bytes for each. */
export function inboundsReply(count) {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const settings = { clients: numbers.map(clientOf), decryption: 'none', fallbacks: [] }
  const inbound = {
    ...{ id: 1, up: 812 * GIB, down: 9 * 812 * GIB, total: 0, remark: 'Reality 443', enable: true, expiryTime: 0 },
    ...{ clientStats: numbers.map(trafficOf), listen: '', port: 443, protocol: 'vless' },
    ...{ settings: JSON.stringify(settings), streamSettings: JSON.stringify(STREAM), tag: 'inbound-443' },
    sniffing: JSON.stringify({ enabled: true, destOverride: ['http', 'tls', 'quic', 'fakedns'] }),
  }
  return JSON.stringify({ success: true, msg: '', obj: [inbound] })
}

const clientOf = (number) => ({
  ...{ id: uuidOf(number), email: emailOf(number), limitIp: 2, totalGB: 100 * GIB, expiryTime: expiryOf(number) },
  ...{ enable: true, tgId: '', subId: uuidOf(number).slice(-12) },
})

const trafficOf = (number) => ({
  ...{ id: number, inboundId: 1, enable: true, email: emailOf(number), up: number * 1_234_567, down: number * 98_765_432 },
  ...{ expiryTime: expiryOf(number), total: 100 * GIB, reset: 0 },
})

const emailOf = (number) => `user_${String(number).padStart(5, '0')}`
const expiryOf = (number) => FIRST_MS + number * 60_000

/** Digits that look like chance: the same for the same number. */
function uuidOf(number) {
  const digits = [1, 2, 3, 4].map((part) => (Math.imul(number * 4 + part, 2_654_435_761) >>> 0).toString(16).padStart(8, '0'))
  return digits.join('').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5')
}

const STREAM = {
  ...{ network: 'tcp', security: 'reality', externalProxy: [] },
  realitySettings: {
    ...{ show: false, xver: 0, dest: 'www.example.com:443', serverNames: ['www.example.com'], privateKey: 'x'.repeat(43) },
    ...{ minClient: '', maxClient: '', maxTimediff: 0, shortIds: ['6ba85179e30d4fc2'] },
    settings: { publicKey: 'y'.repeat(43), fingerprint: 'chrome', serverName: '', spiderX: '/' },
  },
  tcpSettings: { acceptProxyProtocol: false, header: { type: 'none' } },
}
