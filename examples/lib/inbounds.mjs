/*
 * Inbounds that can be made on any panel without getting into anybody's way.
 */

export const PROTOCOLS = ['vless', 'vmess', 'trojan', 'shadowsocks']

export const METHOD = 'aes-256-gcm'

/** On loopback, so that a real panel opens nothing to the world for it. */
export function inboundOf(client, protocol, port, remark) {
  const settings = {
    vless: { clients: [], decryption: 'none', fallbacks: [] },
    vmess: { clients: [] },
    trojan: { clients: [], fallbacks: [] },
    shadowsocks: { clients: [], method: METHOD, password: client.generatePassword(16), network: 'tcp,udp' },
  }[protocol]
  const streamSettings = { network: 'tcp', security: 'none', tcpSettings: { header: { type: 'none' } } }
  const common = { remark, enable: true, listen: '127.0.0.1', port, protocol, expiryTime: 0, total: 0 }
  return { ...common, settings, streamSettings, sniffing: { enabled: false } }
}

/** A port that is not taken, and is from now on. Stays below those that systems give to outgoing connections. */
export function freePort(taken) {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (taken.has(port)) continue
    taken.add(port)
    return port
  }
}
