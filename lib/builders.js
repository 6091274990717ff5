'use strict'

/*
 * Builders of inbounds: objects whose `config` grows call by call, and that programs read, change and extend.
 *
 * What a protocol begins with, what a part adds and what the final form is are the core's.
 */

const native = require('./native.js')
const { checked } = require('./errors.js')
const { CredentialGenerator } = require('./generator.js')

/** What all inbounds have. */
class BaseBuilder {
  constructor() {
    this.config = {}
  }

  /** Its name on the panel. */
  remark(remark) {
    this.config.remark = remark
    return this
  }

  port(port) {
    this.config.port = port
    return this
  }

  /** A random port within a range. */
  randomPort(min = 10000, max = 65535) {
    return this.port(CredentialGenerator.generatePort(min, max))
  }

  /** The address to listen on; all of them unless one is named. */
  listen(listen = '0.0.0.0') {
    this.config.listen = listen
    return this
  }

  /** Whether it is on; an inbound that was built is, unless it was switched off here. */
  enable(enabled = true) {
    this.config.enable = enabled
    return this
  }

  /** A copy of the configuration, on unless it was switched off here. */
  build() {
    const { enable = true } = this.config
    return { ...this.config, enable }
  }
}

/** An inbound of a protocol, with streams and clients where the protocol has them. */
class ProtocolInboundBuilder extends BaseBuilder {
  constructor(protocol) {
    super()
    this.config = native.inboundStart(protocol)
  }

  /** The inbound as `addInbound` takes it: settings as text. */
  build() {
    return native.inboundBuilt(this.config)
  }
}

const withClients = (Base) =>
  class extends Base {
    /** A client with generated credentials; `totalGB` is in bytes here, as the panel stores it. */
    addClient(options = {}) {
      const client = checked(() => native.inboundClient(this.config.protocol, options), this.addClient)
      this.config.settings.clients.push(client)
      return this
    }
  }

const withStream = (Base, ...parts) => {
  const Builder = class extends Base {}
  for (const part of parts) Object.defineProperty(Builder.prototype, part, { value: streamPart(part), writable: true, configurable: true })
  return Builder
}

const streamPart = (part) =>
  ({
    [part](options = {}) {
      const { network, ...settings } = native.inboundPart(part, options)
      if (network) this.network(network)
      Object.assign(this.config.streamSettings, settings)
      return this
    },
  })[part]

class VLESSBuilder extends withStream(withClients(ProtocolInboundBuilder), 'tls', 'reality', 'websocket', 'http2', 'grpc') {
  constructor() {
    super('vless')
  }

  /** The transport: `tcp`, `ws`, `grpc`, … */
  network(network) {
    this.config.streamSettings.network = network
    return this
  }

  /** The flow of the clients added so far. */
  flow(flow) {
    for (const client of this.config.settings.clients) client.flow = flow
    return this
  }
}

class VMESSBuilder extends withStream(withClients(ProtocolInboundBuilder), 'tls', 'websocket') {
  constructor() {
    super('vmess')
  }

  /** The transport: `tcp`, `ws`, … */
  network(network) {
    this.config.streamSettings.network = network
    return this
  }
}

class TrojanBuilder extends withStream(withClients(ProtocolInboundBuilder), 'tls') {
  constructor() {
    super('trojan')
  }

  /** Where to send what is not trojan. */
  fallbacks(fallbacks) {
    this.config.settings.fallbacks = fallbacks
    return this
  }
}

class ShadowsocksBuilder extends ProtocolInboundBuilder {
  constructor() {
    super('shadowsocks')
  }

  /** The cipher. */
  method(method) {
    this.config.settings.method = method
    return this
  }

  /** The inbound's password; a random one when none is given. */
  password(password) {
    this.config.settings.password = password || CredentialGenerator.generatePassword(16)
    return this
  }

  /** A random password of this length. */
  generatePassword(length = 16) {
    this.config.settings.password = CredentialGenerator.generatePassword(length)
    return this
  }

  /** `tcp`, `udp` or `tcp,udp`. */
  network(network) {
    this.config.settings.network = network
    return this
  }
}

class WireGuardBuilder extends ProtocolInboundBuilder {
  constructor() {
    super('wireguard')
  }

  /** The server's key pair; a random one when none is given. */
  serverKeys(keys) {
    this.config.settings.secretKey = (keys || CredentialGenerator.generateWireGuardKeys()).privateKey
    return this
  }

  /** The server's addresses inside the tunnel. */
  address(addresses) {
    this.config.settings.address = Array.isArray(addresses) ? addresses : [addresses]
    return this
  }

  /** A peer: `keys`, `allowedIPs`, `keepAlive` in seconds. */
  addPeer(options = {}) {
    this.config.settings.peers.push(native.inboundPart('peer', options))
    return this
  }

  mtu(mtu) {
    this.config.settings.mtu = mtu
    return this
  }
}

/** Builders by protocol. */
class ProtocolBuilder {
  static vless() {
    return new VLESSBuilder()
  }

  static vmess() {
    return new VMESSBuilder()
  }

  static trojan() {
    return new TrojanBuilder()
  }

  static shadowsocks() {
    return new ShadowsocksBuilder()
  }

  static wireguard() {
    return new WireGuardBuilder()
  }
}

/** Whole inbounds in one call. */
ProtocolBuilder.templates = {
  vlessReality({ remark, dest, serverNames, client } = {}) {
    return ProtocolBuilder.vless()
      .remark(remark || 'VLESS-Reality')
      .randomPort()
      .reality({ dest, serverNames })
      .addClient(client || {})
      .build()
  },

  vmessWsTls({ remark, port, path, serverName, certFile, keyFile, client } = {}) {
    return ProtocolBuilder.vmess()
      .remark(remark || 'VMess-WS-TLS')
      .port(port || 443)
      .websocket({ path: path || '/ws' })
      .tls({ serverName, certFile, keyFile })
      .addClient(client || {})
      .build()
  },

  trojanTls({ remark, port, serverName, certFile, keyFile, client } = {}) {
    return ProtocolBuilder.trojan()
      .remark(remark || 'Trojan-TLS')
      .port(port || 443)
      .tls({ serverName, certFile, keyFile })
      .addClient(client || {})
      .build()
  },

  shadowsocks({ remark, method, passwordLength } = {}) {
    return ProtocolBuilder.shadowsocks()
      .remark(remark || 'Shadowsocks')
      .randomPort()
      .method(method || CredentialGenerator.getRecommendedShadowsocksCipher())
      .generatePassword(passwordLength || 16)
      .build()
  },
}

module.exports = {
  BaseBuilder,
  ProtocolBuilder,
  VLESSBuilder,
  VMESSBuilder,
  TrojanBuilder,
  ShadowsocksBuilder,
  WireGuardBuilder,
}
