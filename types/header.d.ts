/*
 * Types that have no Rust source: what the panel answers, and what callers hand over.
 * The generated part below names them.
 */

/** An id as a number or as text: `3` or `'3'`. */
export type Id = number | string

/** A client's identifier on the panel. The panel calls it e-mail; any short text will do. */
export type Email = string

/** The panel's answer. `success` is false where the panel refused; `msg` then says why. */
export interface Reply<T = unknown> {
  success: boolean
  msg: string
  obj: T
}

/** An answer of which only the outcome matters. */
export type Done = Reply<null>

/** One client's counters, in bytes. */
export interface ClientTraffic {
  id: number
  inboundId: number
  enable: boolean
  email: Email
  /** Uploaded bytes. */
  up: number
  /** Downloaded bytes. */
  down: number
  /** Milliseconds since 1970; 0 is never; negative is a span that begins with the first use. */
  expiryTime: number
  /** Quota in bytes; 0 is none. */
  total: number
  /** Days after which the counters start again; 0 is never. */
  reset?: number
  /** Panels from 2.8 on. */
  uuid?: string
  /** Panels from 2.8 on. */
  subId?: string
  /** Milliseconds since 1970; panels from 2.8 on. */
  lastOnline?: number
  [more: string]: any
}

/** An inbound as the panel answers it. */
export interface Inbound {
  id: number
  up: number
  down: number
  total: number
  remark: string
  enable: boolean
  expiryTime: number
  clientStats: ClientTraffic[] | null
  listen: string
  port: number
  protocol: string
  /** JSON text on panels up to 3.0, an object from 3.1 on. */
  settings: any
  /** JSON text on panels up to 3.0, an object from 3.1 on. */
  streamSettings: any
  tag: string
  /** JSON text on panels up to 3.0, an object from 3.1 on. */
  sniffing: any
  [more: string]: any
}

/** An inbound to be made or replaced. */
export interface InboundConfig {
  remark: string
  /** 1 to 65535. */
  port: number
  protocol: string
  /** An object, or JSON text. */
  settings: any
  /** An object, or JSON text. */
  streamSettings?: any
  /** An object, or JSON text. */
  sniffing?: any
  enable?: boolean
  /** Address to listen on; empty for all. */
  listen?: string
  /** Milliseconds since 1970; 0 is never. */
  expiryTime?: number
  /** Quota in bytes; 0 is none. */
  total?: number
  [more: string]: any
}

/** Clients of an inbound, described by the caller. */
export interface ClientConfig {
  /** The inbound. */
  id: Id
  /** `{ clients: [...] }`, as an object or as JSON text. */
  settings: { clients: ClientFields[] } | string
  [more: string]: any
}

/** A client as the panel stores it. Which credential it needs depends on the inbound's protocol. */
export interface ClientFields {
  /** UUID (vless, vmess). */
  id?: string
  /** Password (trojan, shadowsocks). */
  password?: string
  email?: Email
  enable?: boolean
  flow?: string
  /** Addresses at the same time; 0 is no limit. */
  limitIp?: number | string
  /** Quota; the method says whether in bytes or in gigabytes. 0 is none. */
  totalGB?: number | string
  /** Milliseconds since 1970; 0 is never; negative is a span that begins with the first use. */
  expiryTime?: number | string
  tgId?: number | string
  subId?: string
  comment?: string
  /** Days after which the counters start again; 0 is never. */
  reset?: number
  [more: string]: any
}

/** One client with the inbounds it is in. */
export interface ClientDetails {
  client: ClientRecord
  inboundIds: number[]
  [more: string]: any
}

/** A client as the panel answers it. */
export interface ClientRecord {
  /** Number of the row; panels up to 3.0 have none. */
  id?: number
  email: Email
  uuid: string
  password: string
  subId: string
  flow: string
  limitIp: number
  /** Bytes. */
  totalGB: number
  expiryTime: number
  enable: boolean
  [more: string]: any
}

/** The protocols that credentials can be made for. Any text will compile: an unknown one is an error at run time. */
export type Protocol = keyof CredentialsByProtocol | (string & {})

/** How credentials are to be made. */
export interface CredentialOptions {
  /** The client's identifier; made up when missing. */
  email?: Email
  /** What a made-up identifier begins with; `client` when missing. */
  emailPrefix?: string
  /** vless: `xtls-rprx-vision` when missing. */
  flow?: string
  /** vmess, trojan: 0 when missing. */
  level?: number
  /** vmess: 0 when missing. */
  alterId?: number
  /** shadowsocks: `chacha20-ietf-poly1305` when missing. */
  method?: string
  /** trojan, shadowsocks: 16 when missing. */
  passwordLength?: number
  /** wireguard. */
  allowedIPs?: string[]
  /** wireguard. */
  keepAlive?: number
  /** socks5, http. */
  username?: string
  [more: string]: any
}

/** Which characters a password may have. All letters and digits but those that look alike, when nothing is said. */
export interface PasswordOptions {
  includeUppercase?: boolean
  includeLowercase?: boolean
  includeNumbers?: boolean
  includeSymbols?: boolean
  /** Leaves out 0 O 1 l I. */
  excludeSimilar?: boolean
}

export interface VLESSCredentials {
  /** UUID. */
  id: string
  email: Email
  flow: string
  encryption: string
}

export interface VMESSCredentials {
  /** UUID. */
  id: string
  email: Email
  level: number
  alterId: number
}

export interface TrojanCredentials {
  password: string
  email: Email
  level: number
}

export interface ShadowsocksCredentials {
  method: string
  password: string
  email: Email
}

export interface WireGuardCredentials {
  privateKey: string
  publicKey: string
  allowedIPs: string[]
  keepAlive: number
}

export interface SocksCredentials {
  user: string
  pass: string
  email: Email
}

/** What a client needs to connect, by protocol. */
export interface CredentialsByProtocol {
  vless: VLESSCredentials
  vmess: VMESSCredentials
  trojan: TrojanCredentials
  shadowsocks: ShadowsocksCredentials
  shadowsocks2022: ShadowsocksCredentials
  wireguard: WireGuardCredentials
  socks5: SocksCredentials
  http: SocksCredentials
  'dokodemo-door': { email: Email }
}

/** What a client of some protocol needs to connect; `'password' in credentials` tells which. */
export type Credentials =
  | VLESSCredentials
  | VMESSCredentials
  | TrojanCredentials
  | ShadowsocksCredentials
  | WireGuardCredentials
  | SocksCredentials

/** The credentials of a protocol; of any, where the program does not say which. */
export type CredentialsOf<P> = [P] extends [keyof CredentialsByProtocol]
  ? CredentialsByProtocol[P]
  : Credentials

/**
 * The same with all members of all protocols that it may be, for programs that read what they know to be there
 * without asking first. Which are there depends on the protocol.
 */
export type MergedCredentials<P> = [P] extends [keyof CredentialsByProtocol]
  ? Merged<CredentialsByProtocol[P]>
  : Merged<Credentials>

/** All members of all types of a union. */
type Merged<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer All) => void ? All : never

/** Options of `addClientWithCredentials`. */
export interface ClientOptions extends CredentialOptions {
  /** Whether the client may connect; true when missing. */
  enable?: boolean
  /** Addresses at the same time; 0, no limit, when missing. */
  limitIp?: number | string
  /** Quota in gigabytes; 0, none, when missing. */
  totalGB?: number | string
  /** Milliseconds since 1970; 0, never, when missing. */
  expiryTime?: number | string
  /** Days from now until the end. */
  expiryDays?: number | string
  /** Days that begin with the first use. */
  expiresAfterFirstUse?: number | string
  tgId?: number | string
  subId?: string
  comment?: string
  /** Days after which the counters start again. */
  reset?: number
}

/** What else a client is sent to the panel with. */
export interface ClientLimits {
  enable: boolean
  limitIp: number
  /** Bytes. */
  totalGB: number
  /** Milliseconds since 1970; 0 is never; negative is a span that begins with the first use. */
  expiryTime: number
  subId: string
}

/** A client as it was sent to the panel. */
export type ClientCredentials<P = Protocol> = MergedCredentials<P> & ClientLimits

/** What `addClientWithCredentials` resolves with. */
export interface AddedClient<P = Protocol> extends Reply<null> {
  credentials: ClientCredentials<P>
  protocol: P
}

/** What `updateClientWithCredentials` resolves with. It never rejects: `success` is false where something went wrong. */
export interface UpdatedClient {
  success: boolean
  msg: string
  obj?: unknown
  /** The whole client as it was sent. */
  updatedOptions?: ClientFields
  conversions?: { totalGB: string; expiryDays: string }
  message?: string
  error?: string
  details?: string
}

/** What `login` resolves with. */
export interface LoginResult {
  success: boolean
  /** Whether a session that is still good was found, so that nothing was sent. */
  fromCache?: boolean
  cookie?: string | null
  /** The headers of the panel's answer, where it was asked. */
  headers?: any
  /** The panel's answer; with a token nothing is asked, and it is missing. */
  data: any
  message?: string
}

/** Whether credentials are as their protocol wants them. */
export interface ValidationResult {
  valid: boolean
  errors: string[]
}

/** How strong a credential is. */
export interface CredentialStrength {
  isValid: boolean
  issues: string[]
  strength: 'weak' | 'medium' | 'strong'
}

/** One event of the activity log. */
export interface Activity {
  id: string
  /** `client_created`, `client_updated`, `client_deleted`, `login_failed`, `rate_limit_exceeded`, … */
  type: string
  /** Whom it concerns, for what clients and inbounds went through; an object for limits. */
  details: any
  severity: 'medium' | 'high'
  /** Milliseconds since 1970. */
  timestamp: number
}

/** The activity log and its limits. */
export interface SecurityStats {
  blockedIPs: number
  totalSuspiciousActivities: number
  recentActivities: Activity[]
  activeRateLimits: { general: number; login: number }
}
