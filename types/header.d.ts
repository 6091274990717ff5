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

/** A panel, as `getPanelInfo` finds it. */
export interface PanelInfo {
  /** `3.6.0`; `dev` for a build between releases; null where an older panel does not tell. */
  version: string | null
  /** 1 up to 2.6, 2 up to 2.9, 3 for 3.0, 4 up to 3.2, 5 up to 3.6, 6 for newer; null where it is not known. */
  generation: 1 | 2 | 3 | 4 | 5 | 6 | null
  /** The panel's own name for itself, the same for good. From 3.3 on. */
  guid: string | null
  capabilities: PanelCapabilities
}

/** What a panel has of its own; most methods work without, by other means. */
export interface PanelCapabilities {
  /** CSRF tokens, and with them API tokens: from 3.0 on. */
  csrf: boolean
  /** The server's state and services, under whichever address. */
  serverApi: boolean
  /** When clients were last connected: from 2.6.8 on. */
  lastOnline: boolean
  /** The load of the processor over time: from 2.8.1 on. */
  cpuHistory: boolean
  /** Custom geo files: from 2.9.0 to 3.3.0. */
  customGeo: boolean
  /** Other panels as nodes: from 3.0 on. */
  nodes: boolean
  /** Clients as things of their own, which can be in several inbounds: from 3.1 on. */
  clientTable: boolean
  /** Many clients in one request: from 3.2 on. */
  bulkClients: boolean
  /** Groups of clients: from 3.2 on. */
  groups: boolean
}

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
  reset: number
  /** Panels from 2.8 on. */
  uuid?: string
  /** Panels from 2.8 on. */
  subId?: string
  /** Milliseconds since 1970; 0 is never. Panels from 2.8 on. */
  lastOnline: number
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

/** An inbound among all inbounds: these come with the counters of their clients, on every panel. */
export interface ListedInbound extends Inbound {
  clientStats: ClientTraffic[]
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
  /** Addresses at the same time; 0 is no limit. */
  limitIp: number
  /** Quota in bytes; 0 is none. */
  totalGB: number
  /** Milliseconds since 1970; 0 is never; negative is a span that begins with the first use. */
  expiryTime: number
  enable: boolean
  /** The inbounds it is in, where many clients are answered. */
  inboundIds?: number[]
  /** Its counters, where many clients are answered. */
  traffic?: ClientTraffic | null
  [more: string]: any
}

/** A client in a page of clients: no credentials. */
export interface ClientSummary {
  email: Email
  subId: string
  enable: boolean
  /** Quota in bytes; 0 is none. */
  totalGB: number
  /** Milliseconds since 1970; 0 is never; negative is a span that begins with the first use. */
  expiryTime: number
  limitIp: number
  reset: number
  inboundIds: number[]
  traffic?: ClientTraffic | null
  [more: string]: any
}

/** Which page of clients, and which clients at all. Panels from 3.2 on take lists where one is named here. */
export interface ClientPageParams {
  /** From 1 on. */
  page?: number
  /** 25 when missing, 200 at most. */
  pageSize?: number
  /** The same as `pageSize`. */
  size?: number
  /** Part of an identifier, a subscription's id or a comment; from 3.2 on of a credential, too. */
  search?: string
  /** The same as `search`. */
  email?: string
  filter?: ClientFilter | ClientFilter[]
  protocol?: string | string[]
  /** Id of an inbound. */
  inbound?: Id | Id[]
  /** From 3.2 on. */
  group?: string | string[]
  /** `enable`, `email`, `inboundIds`, `traffic`, `remaining`, `expiryTime`, and more on newer panels. */
  sort?: string
  order?: 'asc' | 'desc' | 'ascend' | 'descend'
  [more: string]: any
}

/** A state that clients can be in. */
export type ClientFilter = 'online' | 'depleted' | 'deactive' | 'active' | 'expiring' | (string & {})

/** One page of clients. */
export interface ClientPage {
  items: ClientSummary[]
  /** All clients of the panel. */
  total: number
  /** Those that the search and the filters leave. */
  filtered: number
  page: number
  pageSize: number
  /** Counts and lists of identifiers by state. */
  summary?: Record<string, any>
  /** All groups; from 3.2 on. */
  groups?: string[]
}

/** A client that was left out, and why. */
export interface Skipped {
  email: Email
  reason: string
}

/** An address that a client has connected from, as panels from 3.1 on write it. */
export interface ClientIp {
  ip: string
  /** When it was last seen, in the server's time: `2026-01-31 23:59:59`. */
  time?: string
  /** The node that saw it; empty for the panel itself. */
  node?: string
  [more: string]: any
}

/** A group of clients. */
export interface ClientGroup {
  name: string
  clientCount: number
  /** Bytes, of all its clients together. */
  trafficUsed: number
  [more: string]: any
}

/** Where a node is, and how to reach it. To add one, panels need `name`, `scheme`, `basePath` and `apiToken`, too. */
export interface NodeConfig {
  name?: string
  remark?: string
  scheme?: 'http' | 'https' | (string & {})
  address: string
  port: number
  /** The node's base path with slashes at both ends: `/`, `/base/`. */
  basePath?: string
  /** A token of the node's own panel. */
  apiToken?: string
  enable?: boolean
  /** Needed for a node at a private address. */
  allowPrivateAddress?: boolean
  /** `verify` when missing. From 3.3 on. */
  tlsVerifyMode?: 'verify' | 'skip' | 'pin' | 'mtls' | (string & {})
  /** SHA-256 of the certificate, for `pin`. */
  pinnedCertSha256?: string
  [more: string]: any
}

/** A node with the state that the panel last saw it in. Panels before 3.3 do not tell all of it. */
export interface PanelNode {
  id: number
  name: string
  remark: string
  scheme: string
  address: string
  port: number
  basePath: string
  /** Newest panels keep it to themselves and answer `hasApiToken`. */
  apiToken?: string
  hasApiToken?: boolean
  enable: boolean
  allowPrivateAddress: boolean
  tlsVerifyMode: string
  pinnedCertSha256: string
  guid: string
  status: 'online' | 'offline' | 'unknown' | (string & {})
  /** Seconds since 1970; 0 is never. */
  lastHeartbeat: number
  latencyMs: number
  xrayVersion: string
  panelVersion: string
  /** Percent. */
  cpuPct: number
  /** Percent. */
  memPct: number
  uptimeSecs: number
  lastError: string
  xrayState: string
  xrayError: string
  /** Whether the node has yet to be told of a change. */
  configDirty: boolean
  configDirtyAt: number
  inboundCount: number
  clientCount: number
  onlineCount: number
  depletedCount: number
  /** Milliseconds since 1970; seconds on 3.0. */
  createdAt: number
  /** Milliseconds since 1970; seconds on 3.0. */
  updatedAt: number
  [more: string]: any
}

/** What a node answered when it was asked. */
export interface NodeProbe {
  status: 'online' | 'offline' | (string & {})
  latencyMs: number
  xrayVersion: string
  /** From 3.1 on. */
  panelVersion: string
  /** Percent. */
  cpuPct: number
  /** Percent. */
  memPct: number
  uptimeSecs: number
  /** Why it could not be reached; empty where it could. */
  error: string
  /** From 3.3 on. */
  xrayState: string
  /** From 3.3 on. */
  xrayError: string
}

/** A geo file to be downloaded. */
export interface CustomGeoConfig {
  type: 'geosite' | 'geoip'
  alias: string
  url: string
}

/** A geo file that the panel keeps up to date. */
export interface CustomGeo extends CustomGeoConfig {
  id: number
  /** Where the file is on the server. */
  localPath?: string
  /** Seconds since 1970; 0 is never. */
  lastUpdatedAt?: number
  /** What the file's server said. */
  lastModified?: string
  createdAt?: number
  updatedAt?: number
}

/** Names of custom geo files; null where there are none. */
export interface GeoAliases {
  geosite: string[] | null
  geoip: string[] | null
}

/** Which custom geo files could be downloaded, one entry for each; null for none. */
export interface GeoUpdateResult {
  succeeded: GeoUpdate[] | null
  failed: (GeoUpdate & { error: string })[] | null
}

/** A custom geo file, as `updateAllCustomGeo` names it. */
export interface GeoUpdate {
  id: number
  alias: string
  fileName: string
}

/** The state of the server, of xray and of the panel. */
export interface ServerStatus {
  /** Percent. */
  cpu: number
  cpuCores: number
  logicalPro: number
  cpuSpeedMhz: number
  /** Bytes. */
  mem: { current: number; total: number }
  /** Bytes. */
  swap: { current: number; total: number }
  /** Bytes. */
  disk: { current: number; total: number }
  xray: { state: 'running' | 'stop' | 'error' | (string & {}); errorMsg: string; version: string }
  /** The server's, in seconds. */
  uptime: number
  /** Averages of 1, 5 and 15 minutes. */
  loads: number[]
  tcpCount: number
  udpCount: number
  /** Bytes in a second. */
  netIO: { up: number; down: number; [more: string]: any }
  /** Bytes since the server's start. */
  netTraffic: { sent: number; recv: number; [more: string]: any }
  publicIP: { ipv4: string; ipv6: string }
  /** The panel itself: `mem` in bytes, `uptime` in seconds. */
  appStats: { threads: number; mem: number; uptime: number }
  /** From 3.1 on. */
  panelVersion?: string
  [more: string]: any
}

/** The panel's settings. Which there are depends on its version; these are in all. */
export interface PanelSettings {
  webListen: string
  webDomain: string
  webPort: number
  webCertFile: string
  webKeyFile: string
  webBasePath: string
  /** Minutes. */
  sessionMaxAge: number
  pageSize: number
  /** Days before an end from which on clients count as expiring. */
  expireDiff: number
  /** Gigabytes before the quota's end from which on clients count as expiring. */
  trafficDiff: number
  timeLocation: string
  tgBotEnable: boolean
  /** Blank in answers of panels from 3.4 on; sent blank, it stays what it is. */
  tgBotToken: string
  tgBotChatId: string
  tgRunTime: string
  tgBotBackup: boolean
  /** Percent. */
  tgCpu: number
  tgLang: string
  twoFactorEnable: boolean
  /** Blank in answers of panels from 3.4 on. */
  twoFactorToken: string
  subEnable: boolean
  subListen: string
  subPort: number
  subPath: string
  subDomain: string
  subCertFile: string
  subKeyFile: string
  /** Hours. */
  subUpdates: number
  subURI: string
  [more: string]: any
}

/** The counters of an outbound, in bytes. */
export interface OutboundTraffic {
  id: number
  tag: string
  up: number
  down: number
  total: number
}

/** How an outbound did. */
export interface OutboundTest {
  tag: string
  success: boolean
  /** Milliseconds. */
  delay: number
  error: string
  mode: string
  [more: string]: any
}

/** What can be done with the WARP account. */
export type WarpAction = 'data' | 'del' | 'config' | 'reg' | 'license' | (string & {})

/** Which lines of the panel's log. */
export interface PanelLogOptions {
  /** The least level to show. */
  level?: 'debug' | 'info' | 'notice' | 'warning' | 'error' | (string & {})
  /** The system's log in place of the panel's. */
  syslog?: boolean | string
}

/** Which lines of xray's access log. */
export interface XrayLogOptions {
  /** Text that a line has to have in it. */
  filter?: string
  showDirect?: boolean | string
  showBlocked?: boolean | string
  showProxy?: boolean | string
}

/** What gives a call up: an `AbortSignal`, of whichever library of types. */
export interface AbortSignalLike {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** How one request is to be made. */
export interface RequestOptions {
  /** `arraybuffer` for the answer's bytes as a `Buffer`. */
  responseType?: 'json' | 'text' | 'arraybuffer' | (string & {})
  /** Members become the query. */
  params?: Record<string, unknown>
  /** The time limit of this call in milliseconds. */
  timeout?: number
  /** Gives the call up. */
  signal?: AbortSignalLike
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
  [more: string]: any
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

export interface HysteriaCredentials {
  auth: string
  email: Email
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
  hysteria: HysteriaCredentials
  hysteria2: HysteriaCredentials
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
