'use strict'

/*
 * Which inbounds can carry a flow (3.3.1 and later): vless over tcp with TLS or REALITY, and vless over xhttp with
 * VLESS encryption.
 */

function carriesFlow(inbound) {
  if (inbound.protocol !== 'vless' || inbound.disableFlow) return false
  const { network = 'tcp', security = 'none' } = parsed(inbound.streamSettings)
  if (network === 'tcp') return security === 'tls' || security === 'reality'
  const { encryption, decryption } = parsed(inbound.settings)
  return network === 'xhttp' && [encryption, decryption].some((mode) => mode && mode !== 'none')
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

module.exports = { carriesFlow }
