/*
 * Inbounds on which every client of their protocol can be, with what the guide says of it.
 *
 * Must not know: the panel, or where an inbound listens.
 */

import { generateKeyPairSync } from 'node:crypto'

const tcp = { network: 'tcp', security: 'none', tcpSettings: { header: { type: 'none' } } }

/** By protocol: the part of an inbound that is different, made anew each time. */
export const INBOUNDS = {
  // With REALITY, because newer panels take the flow from clients of inbounds that cannot carry one.
  vless: () => ({
    settings: { clients: [], decryption: 'none', fallbacks: [] },
    streamSettings: { ...tcp, security: 'reality', realitySettings: reality() },
  }),
  vmess: () => ({ settings: { clients: [] }, streamSettings: tcp }),
  trojan: () => ({ settings: { clients: [], fallbacks: [] }, streamSettings: tcp }),
  shadowsocks: () => ({
    settings: { clients: [], method: 'aes-256-gcm', password: 'of-the-inbound', network: 'tcp,udp' },
    streamSettings: tcp,
  }),
}

function reality() {
  const { d: privateKey } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' })
  const name = 'example.com'
  const target = `${name}:443`
  return { show: false, dest: target, target, serverNames: [name], privateKey, shortIds: [''] }
}
