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
/** A client that is to be made step by step. */
export declare class AddPlan {

}

/** The realm of one copy of `lib/`, as that holds it. */
export declare class LibRealm {
  /** Of the functions of a copy of `lib/`. */
  constructor(functions: object)
}

/** Sessions in this process's memory. They end by themselves, without a timer that would keep the process alive. */
export declare class MemorySessionStore {
  /** An empty store. */
  constructor()
  /** What is kept under `key`, or null. */
  peek(key: string): unknown
  /** Keeps `value` under `key` for `ttl` seconds (0: without an end). */
  put(key: string, value: unknown, ttl: number): void
  /** Forgets what is kept under `key`. */
  remove(key: string): void
  /** Forgets everything. */
  removeAll(): void
  /** The keys of what is kept. */
  keys(): Array<string>
}

/** A write that a flow is about to make. */
export declare class PlannedWrite {

}

/** What happened lately, and the limits that are watched. */
export declare class SecurityMonitor {
  /** A monitor of its own. */
  constructor(options?: { maxRequestsPerMinute?: number; maxLoginAttemptsPerHour?: number })
  /** Whether one more of `type` may be sent for `identifier`; counts it if so. */
  checkRateLimit(identifier: string, type?: 'general' | 'login'): boolean
  /** Writes an event down and returns it. */
  logSuspiciousActivity(type: string, details?: unknown): Activity
  /** Marks an address as blocked. */
  blockIP(ip: string): void
  /** Forgets which addresses were blocked. */
  clearBlockedIPs(): void
  /** Counts, and the last events. */
  getStats(): SecurityStats
}

/** The rules of sessions, for session managers written in JavaScript. */
export declare class SessionRules {
  /** The key under which the session of a user on a panel is kept. */
  static keyOf(baseURL: string, username: string): string
  /** As many characters of what a store keeps are looked at. */
  static longest(): number
  /** Whether a session made at `createdAt` (ms) is still to be used at `now` (ms). */
  static isFresh(createdAt: number, now: number, policy: object): boolean
}

/** A client of one 3x-ui panel. */
export declare class ThreeXUI {
  /**
   * A client for the panel at `baseURL`, with a user's name and password, or with options that hold them or a token.
   * Nothing is sent before the first call.
   */
  constructor(baseURL: string, usernameOrOptions?: unknown, password?: unknown, options?: unknown)
  /** Sends one request as this client and resolves with the panel's answer, as every method does. */
  _request(method: string, path: string, data?: unknown, extraHeaders?: Record<string, string>, requestOptions?: RequestOptions): Promise<any>
  /**
   * Logs in, or finds the session that is still good. `forceRefresh` logs in anew in any case.
   *
   * @param forceRefresh - Logs in anew although there is a session.
   * @returns `fromCache` tells whether a session was found; after a login `cookie` and the panel's `data`.
   * @throws {ThreeXUI.AuthenticationError} when the panel refuses the credentials.
   * @remarks Panels: all.
   * @example
   * const { success, fromCache } = await client.login()
   * console.log(success, fromCache)
   */
  login(forceRefresh?: boolean): Promise<LoginResult>
  /**
   * Ends the session on the panel and forgets it.
   *
   * @remarks Panels: all.
   * @example
   * await client.logout()
   */
  logout(): Promise<void>
  /**
   * Whether calls can be made without logging in first.
   *
   * @example
   * if (!(await client.isSessionValid())) await client.login()
   */
  isSessionValid(): Promise<boolean>
  /**
   * Which panel this is: its version, and what it can do. Found out once, with one request or two, and kept with the
   * session, also in a shared session store.
   *
   * `version` is null where a panel before 3.1 does not tell; `generation` counts from 1 (up to 2.6) over 2 (up to
   * 2.9), 3 (3.0), 4 (up to 3.2) and 5 (up to 3.6) to 6 (newer); `guid` is the panel's own name for itself, from 3.3 on.
   *
   * @example
   * const { version, capabilities } = await client.getPanelInfo()
   * if (capabilities.groups) console.log(version, await client.getGroups())
   */
  getPanelInfo(): Promise<PanelInfo>

  /**
   * One client with the inbounds it is in.
   *
   * @param email - Its identifier.
   *
   * @returns `obj.client` is the client (`totalGB` in bytes, `expiryTime` in milliseconds since 1970),
   *   `obj.inboundIds` where it is.
   * @remarks Panels: all; up to 3.0 from the list of inbounds.
   * @example
   * const { obj } = await client.getClient('alice')
   * console.log(obj.client.totalGB, obj.inboundIds)
   */
  getClient(email: Id): Promise<Reply<ClientDetails>>
  /**
   * Adds a client that you describe yourself to one or more inbounds. `totalGB` is in gigabytes here.
   *
   * @param data - The client and the ids of its inbounds.
   * @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
   * @remarks Panels: all.
   */
  addModernClient(data: { client: ClientFields; inboundIds: number[] }): Promise<Reply<null>>
  /**
   * All clients, each with its inbounds and its counters.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getClients()
   * for (const { email, inboundIds, traffic } of obj) console.log(email, inboundIds, traffic?.up)
   */
  getClients(): Promise<Reply<ClientRecord[]>>
  /**
   * A client's counters in bytes; `obj` is null for an unknown one.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getClientTraffic('user_1')
   */
  getClientTraffic(email: Email): Promise<Reply<ClientTraffic | null>>
  /**
   * The share links behind a subscription.
   *
   * @remarks Panels: all.
   * @example
   * const { obj: links } = await client.getSubLinks('user_1-sub')
   */
  getSubLinks(subId: string): Promise<Reply<string[]>>
  /**
   * The share links of a client, one for each inbound.
   *
   * @remarks Panels: all.
   * @example
   * const { obj: links } = await client.getClientLinks('user_1')
   */
  getClientLinks(email: Email): Promise<Reply<string[]>>
  /**
   * Deletes a client from all its inbounds, with its counters.
   *
   * @remarks Panels: all.
   * @example
   * await client.deleteModernClient('user_1')
   */
  deleteModernClient(email: Email): Promise<Reply<null>>
  /**
   * Puts a client into more inbounds, with the credentials it has.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * await client.attachClientToInbounds('user_1', { inboundIds: [2, 3] })
   */
  attachClientToInbounds(email: Email, data: { inboundIds: number[] }): Promise<Reply<null>>
  /**
   * Takes a client out of inbounds; the client and its counters stay.
   *
   * @remarks Panels: all.
   * @example
   * await client.detachClientFromInbounds('user_1', { inboundIds: [3] })
   */
  detachClientFromInbounds(email: Email, data: { inboundIds: number[] }): Promise<Reply<null>>
  /**
   * Sets the counters of all clients to zero.
   *
   * @remarks Panels: all.
   * @example
   * await client.resetAllModernClientTraffics()
   */
  resetAllModernClientTraffics(): Promise<Reply<null>>
  /**
   * Deletes all clients whose quota or time is used up.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.deleteDepletedModernClients()
   * console.log(obj.deleted)
   */
  deleteDepletedModernClients(): Promise<Reply<{ deleted: number }>>
  /**
   * Adds days and bytes to many clients; what is unlimited stays so.
   *
   * @remarks Panels: all.
   * @example
   * await client.bulkAdjustModernClients({ emails: ['user_1'], addDays: 30, addBytes: 0 })
   */
  bulkAdjustModernClients(data: { emails: Email[]; addDays?: number; addBytes?: number; flow?: string }): Promise<Reply<{ adjusted: number; skipped?: Skipped[] }>>
  /**
   * Deletes many clients.
   *
   * @remarks Panels: all.
   * @example
   * await client.bulkDeleteModernClients({ emails: ['user_1', 'user_2'] })
   */
  bulkDeleteModernClients(data: { emails: Email[]; keepTraffic?: boolean }): Promise<Reply<{ deleted: number; skipped?: Skipped[] }>>
  /**
   * Puts many clients into more inbounds.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * await client.bulkAttachModernClients({ emails: ['user_1'], inboundIds: [2] })
   */
  bulkAttachModernClients(data: { emails: Email[]; inboundIds: number[] }): Promise<Reply<{ attached: Email[] | null; skipped: Email[] | null; errors: string[] | null }>>
  /**
   * Takes many clients out of inbounds.
   *
   * @remarks Panels: all.
   * @example
   * await client.bulkDetachModernClients({ emails: ['user_1'], inboundIds: [2] })
   */
  bulkDetachModernClients(data: { emails: Email[]; inboundIds: number[] }): Promise<Reply<{ detached: Email[] | null; skipped: Email[] | null; errors: string[] | null }>>
  /**
   * Sets the counters of many clients to zero.
   *
   * @remarks Panels: all.
   * @example
   * await client.bulkResetTrafficModernClients({ emails: ['user_1'] })
   */
  bulkResetTrafficModernClients(data: { emails: Email[] }): Promise<Reply<{ affected: number }>>
  /**
   * Sets a client's counters to zero; from 3.3.1 on this also switches a disabled client on.
   *
   * @remarks Panels: all.
   * @example
   * await client.resetModernClientTrafficByEmail('user_1')
   */
  resetModernClientTrafficByEmail(email: Email): Promise<Reply<null>>
  /**
   * Sets a client's counters, in bytes; a counter that is not named becomes zero.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.6.3 and newer.
   * @example
   * await client.updateModernClientTrafficByEmail('user_1', { upload: 0, download: 1024 })
   */
  updateModernClientTrafficByEmail(email: Email, data: { upload: number; download: number } | { up: number; down: number }): Promise<Reply<null>>
  /**
   * The addresses a client has connected from, as the panel writes them; `getClientIps` gives plain addresses.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getModernClientIps('user_1')
   */
  getModernClientIps(email: Email): Promise<Reply<ClientIp[] | string[] | string>>
  /**
   * Forgets the addresses a client has connected from.
   *
   * @remarks Panels: all.
   * @example
   * await client.clearModernClientIps('user_1')
   */
  clearModernClientIps(email: Email): Promise<Reply<null>>
  /**
   * The identifiers of all clients that are connected now.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getOnlines()
   */
  getOnlines(): Promise<Reply<Email[]>>
  /**
   * When each client was last connected, in milliseconds since 1970; 0 for never.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.6.8 and newer.
   * @example
   * const { obj } = await client.getModernLastOnline()
   * console.log(new Date(obj['user_1']))
   */
  getModernLastOnline(): Promise<Reply<Record<Email, number>>>
  /**
   * One page of clients, without their credentials.
   *
   * @param params - `page` (from 1), `pageSize` (25, at most 200), `search`, `filter`, `sort`, `order` and more; the
   *   original's names `size` and `email` are taken for `pageSize` and `search`.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getPagedClients({ page: 1, pageSize: 50, search: 'user_', order: 'desc' })
   * console.log(obj.items.length, 'of', obj.filtered)
   */
  getPagedClients(params?: ClientPageParams): Promise<Reply<ClientPage>>
  /**
   * Changes a client: what is not named stays, its credentials too. `totalGB` is in gigabytes here. The record that
   * `getClient` gave can be sent back, but for its `totalGB`, which is in bytes there.
   *
   * @param email - Its identifier now; another `email` in `data` renames it.
   * @param data - What is to be different, or the whole client.
   * @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
   *
   * @remarks Panels: all.
   * @example
   * await client.updateModernClient('user_1', { email: 'user_1', enable: true, totalGB: 50, expiryTime: 0 })
   */
  updateModernClient(email: Email, data: ClientFields): Promise<Reply<null>>
  /**
   * Adds many clients in one call. `totalGB` is in gigabytes here. What cannot be added is skipped and reported.
   *
   * @param data - Each client with the ids of its inbounds.
   * @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.bulkCreateModernClients([
   *   { client: { email: 'user_1', totalGB: 10 }, inboundIds: [1] },
   *   { client: { email: 'user_2', totalGB: 10 }, inboundIds: [1, 2] },
   * ])
   * console.log(obj.created, obj.skipped)
   */
  bulkCreateModernClients(data: { client: ClientFields; inboundIds: number[] }[]): Promise<Reply<{ created: number; skipped?: Skipped[] }>>
  /**
   * All custom geo files. They exist from panel version 2.9 to 3.3.0.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.9.0 to 3.3.0.
   * @example
   * const { obj } = await client.getCustomGeos()
   */
  getCustomGeos(): Promise<Reply<CustomGeo[]>>
  /**
   * The names by which routing rules can refer to geo files. From 2.9 to 3.3.0.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.9.0 to 3.3.0.
   * @example
   * const { obj } = await client.getGeoAliases()
   */
  getGeoAliases(): Promise<Reply<GeoAliases>>
  /**
   * Adds a custom geo file, which the panel downloads. From 2.9 to 3.3.0.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.9.0 to 3.3.0.
   * @example
   * await client.addCustomGeo({ type: 'geosite', alias: 'ads', url: 'https://example.com/ads.dat' })
   */
  addCustomGeo(data: CustomGeoConfig): Promise<Reply<null>>
  /**
   * Changes a custom geo file. From 2.9 to 3.3.0.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.9.0 to 3.3.0.
   * @example
   * await client.updateCustomGeo(1, { type: 'geosite', alias: 'ads', url: 'https://example.com/new.dat' })
   */
  updateCustomGeo(id: Id, data: CustomGeoConfig): Promise<Reply<null>>
  /**
   * Deletes a custom geo file. From 2.9 to 3.3.0.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.9.0 to 3.3.0.
   * @example
   * await client.deleteCustomGeo(1)
   */
  deleteCustomGeo(id: Id): Promise<Reply<null>>
  /**
   * Downloads a custom geo file anew. From 2.9 to 3.3.0.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.9.0 to 3.3.0.
   * @example
   * await client.downloadCustomGeo(1)
   */
  downloadCustomGeo(id: Id): Promise<Reply<null>>
  /**
   * Downloads all custom geo files anew. From 2.9 to 3.3.0.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.9.0 to 3.3.0.
   * @example
   * const { obj } = await client.updateAllCustomGeo()
   */
  updateAllCustomGeo(): Promise<Reply<GeoUpdateResult>>
  /**
   * All groups with their sizes. Groups exist from panel version 3.2 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.2.0 and newer.
   * @example
   * const { obj } = await client.getGroups()
   */
  getGroups(): Promise<Reply<ClientGroup[]>>
  /**
   * The identifiers of the clients in a group. From 3.2 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.2.0 and newer.
   * @example
   * const { obj } = await client.getGroupEmails('premium')
   */
  getGroupEmails(groupName: string): Promise<Reply<Email[]>>
  /**
   * Makes a group. From 3.2 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.2.0 and newer.
   * @example
   * await client.createGroup({ name: 'premium' })
   */
  createGroup(data: { name: string }): Promise<Reply<{ name: string }>>
  /**
   * Renames a group, for all its clients. From 3.2 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.2.0 and newer.
   * @example
   * await client.renameGroup({ oldName: 'premium', newName: 'gold' })
   */
  renameGroup(data: { oldName: string; newName: string }): Promise<Reply<{ affected: number }>>
  /**
   * Deletes a group; its clients stay, without it. From 3.2 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.2.0 and newer.
   * @example
   * await client.deleteGroup({ name: 'gold' })
   */
  deleteGroup(data: { name: string }): Promise<Reply<{ affected: number }>>
  /**
   * Puts clients into a group. From 3.2 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.2.0 and newer.
   * @example
   * await client.bulkAddGroups({ emails: ['user_1'], group: 'gold' })
   */
  bulkAddGroups(data: { emails: Email[]; group: string }): Promise<Reply<{ affected: number }>>
  /**
   * Takes clients out of their group. From 3.2 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.2.0 and newer.
   * @example
   * await client.bulkRemoveGroups({ emails: ['user_1'] })
   */
  bulkRemoveGroups(data: { emails: Email[] }): Promise<Reply<{ affected: number }>>
  /**
   * All inbounds with their clients and counters.
   *
   * `settings`, `streamSettings` and `sniffing` are JSON text on panels up to 3.0 and objects from 3.1 on.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getInbounds()
   * for (const inbound of obj) console.log(inbound.id, inbound.remark, inbound.clientStats?.length)
   */
  getInbounds(): Promise<Reply<Inbound[]>>
  /**
   * One inbound.
   *
   * @param id - Its id, as a number or as text.
   * @throws {ValidationError} when the id is none; nothing is sent then.
   *
   * @remarks Panels: all. `settings` is JSON text up to 3.0 and an object from 3.1 on; see the option `normalize`.
   * @example
   * const { obj } = await client.getInbound(1)
   * console.log(obj.remark, obj.port)
   */
  getInbound(id: Id): Promise<Reply<Inbound>>
  /**
   * Makes an inbound.
   *
   * @param config - The inbound; `settings`, `streamSettings`, `sniffing` as objects or as JSON text.
   * @throws {ValidationError} for a port outside 1 to 65535 (0 on a unix socket: `listen` is a path, or a name after `@`), a
   * protocol that is no text, or a client that Xray could not read; nothing is sent then.
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.addInbound({
   *   remark: 'main', enable: true, listen: '', port: 4443, protocol: 'vless', expiryTime: 0,
   *   settings: { clients: [], decryption: 'none', fallbacks: [] },
   *   streamSettings: { network: 'tcp', security: 'none', tcpSettings: { header: { type: 'none' } } },
   *   sniffing: { enabled: false },
   * })
   * console.log(obj.id)
   */
  addInbound(config: InboundConfig): Promise<Reply<Inbound>>
  /**
   * Changes an inbound: what is not named stays, the counters too. An inbound that is sent whole, as `getInbound` gave
   * it, costs one request; a part of one costs two, because the rest is read first.
   *
   * @param id - Its id.
   * @param config - What is to be different, or the whole inbound.
   * @throws {ValidationError} as `addInbound`.
   * @remarks Panels: all.
   * @example
   * await client.updateInbound(1, { remark: 'renamed' })
   */
  updateInbound(id: Id, config: Partial<InboundConfig>): Promise<Reply<Inbound>>
  /**
   * Deletes an inbound. Its clients go with it on panels up to 3.0; from 3.1 on they stay, in no inbound, until they
   * are deleted themselves.
   *
   * @param id - Its id.
   *
   * @remarks Panels: all.
   * @example
   * await client.deleteInbound(5)
   */
  deleteInbound(id: Id): Promise<Reply<number | null>>
  /**
   * Adds clients that you describe yourself to an inbound. Nothing is converted: `totalGB` is in bytes here.
   *
   * @param config - `id` of the inbound and `settings` with `clients`, as an object or as JSON text.
   * @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
   * @remarks Panels: all.
   * @example
   * await client.addClient({
   *   id: 1,
   *   settings: { clients: [{ id: client.generateUUID(), email: 'user_1', totalGB: 0, enable: true }] },
   * })
   */
  addClient(config: ClientConfig): Promise<Reply<null>>
  /**
   * Replaces a client by one that you describe yourself. Nothing is converted: `totalGB` is in bytes here.
   *
   * @param clientId - Its UUID (vless, vmess), password (trojan) or identifier (shadowsocks).
   * @param config - `id` of the inbound and `settings` with the client in `clients`.
   * @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
   *
   * @remarks Panels: all; from 3.1 on by the client table.
   * @example
   * const { obj } = await client.getClient('alice')
   * const settings = { clients: [{ id: obj.client.uuid, email: 'alice', limitIp: 3 }] }
   * await client.updateClient(obj.client.uuid, { id: 1, settings })
   */
  updateClient(clientId: string, config: ClientConfig): Promise<Reply<null>>
  /**
   * Deletes a client from an inbound.
   *
   * @param inboundId - The inbound.
   * @param clientId - The client's UUID (vless, vmess), password (trojan) or identifier (shadowsocks).
   *
   * @remarks Panels: all; from 3.1 on by the client table.
   * @example
   * const { obj } = await client.getClient('alice')
   * await client.deleteClient(1, obj.client.uuid)
   */
  deleteClient(inboundId: Id, clientId: Id): Promise<Reply<null>>
  /**
   * A client's counters by its identifier; `obj` is null for an unknown one.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getClientTrafficsByEmail('user_1')
   * if (obj) console.log(obj.up + obj.down, 'of', obj.total, 'bytes')
   */
  getClientTrafficsByEmail(email: Id): Promise<Reply<ClientTraffic | null>>
  /**
   * The counters of all clients with a UUID; empty for an unknown one.
   *
   * @returns `obj` is a list of the clients with that UUID, `up` and `down` in bytes.
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getClientTrafficsById('11111111-1111-4111-8111-111111111111')
   * console.log(obj?.[0]?.email)
   */
  getClientTrafficsById(id: Id): Promise<Reply<ClientTraffic[]>>
  /**
   * Sets a client's counters to zero.
   *
   * @remarks Panels: all.
   * @example
   * await client.resetClientTraffic(1, 'alice')
   */
  resetClientTraffic(inboundId: Id, email: Id): Promise<Reply<null>>
  /**
   * Sets the counters of all clients of an inbound to zero; of all inbounds for `-1`.
   *
   * @remarks Panels: all.
   * @example
   * await client.resetAllClientTraffics(1)
   */
  resetAllClientTraffics(inboundId: Id): Promise<Reply<null>>
  /**
   * The addresses a client has connected from, without repetition of how the panel writes them.
   *
   * @returns `obj` is a list of addresses.
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getClientIps('alice')
   * console.log(obj)
   */
  getClientIps(email: Id): Promise<Reply<string[]>>
  /**
   * Forgets the addresses a client has connected from.
   *
   * @remarks Panels: all.
   * @example
   * await client.clearClientIps('alice')
   */
  clearClientIps(email: Id): Promise<Reply<null>>
  /**
   * Deletes the clients of an inbound whose quota or time is used up; of all inbounds for `-1`.
   *
   * @remarks Panels: all. No inbound is deleted, also when it becomes empty.
   * @example
   * await client.deleteDepletedClients(1)
   */
  deleteDepletedClients(inboundId: Id): Promise<Reply<null>>
  /**
   * The identifiers of all clients that are connected now.
   *
   * @remarks Panels: all.
   */
  getOnlineClients(): Promise<Reply<string[] | null>>
  /**
   * When each client was last connected, in milliseconds since 1970; 0 for never.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.6.8 and newer.
   * @example
   * const { obj } = await client.getLastOnline()
   */
  getLastOnline(): Promise<Reply<Record<Email, number>>>
  /**
   * Sets a client's limits (`totalGB` in bytes, `expiryTime` in milliseconds since 1970), or its counters in bytes; of
   * two counters the one that is not named becomes zero.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.6.3 and newer.
   * @example
   * await client.updateClientTraffic('user_1', { totalGB: 50 * 1024 ** 3 })
   * await client.updateClientTraffic('user_1', { upload: 0, download: 1024 })
   */
  updateClientTraffic(email: Email, config: { upload: number; download: number } | { totalGB?: number; expiryTime?: number }): Promise<Reply<null>>
  /**
   * Deletes a client from an inbound by its identifier.
   *
   * @remarks Panels: all.
   * @example
   * await client.deleteClientByEmail(1, 'user_1')
   */
  deleteClientByEmail(inboundId: Id, email: Email): Promise<Reply<null>>
  /**
   * Sets the counters of all inbounds to zero; those of their clients stay.
   *
   * @remarks Panels: all.
   * @example
   * await client.resetAllTraffics()
   */
  resetAllTraffics(): Promise<Reply<null>>
  /**
   * All nodes: other panels that this one manages. From 3.0 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * const { obj } = await client.getNodes()
   */
  getNodes(): Promise<Reply<PanelNode[]>>
  /**
   * One node. From 3.0 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * const { obj } = await client.getNode(7)
   */
  getNode(id: Id): Promise<Reply<PanelNode>>
  /**
   * A figure of a node over time. From 3.0 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * const { obj } = await client.getNodeHistory(7, 'cpu', 60)
   * for (const { t, v } of obj) console.log(new Date(t * 1000), v)
   */
  getNodeHistory(id: Id, metric: 'cpu' | 'mem' | (string & {}), bucket: 2 | 30 | 60 | 120 | 180 | 300 | Id): Promise<Reply<{ t: number; v: number }[]>>
  /**
   * Adds a node. From 3.0 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * await client.addNode({ name: 'ams-1', scheme: 'https', address: 'ams.example', port: 2053, basePath: '/', apiToken: 'token', enable: true })
   */
  addNode(data: NodeConfig): Promise<Reply<PanelNode>>
  /**
   * Replaces a node's settings. From 3.0 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * await client.updateNode(7, { name: 'ams-1', scheme: 'https', address: 'ams.example', port: 2053, basePath: '/', apiToken: 'token', enable: true })
   */
  updateNode(id: Id, data: NodeConfig): Promise<Reply<PanelNode | null>>
  /**
   * Deletes a node. From 3.0 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * await client.deleteNode(7)
   */
  deleteNode(id: Id): Promise<Reply<null>>
  /**
   * Tries to reach a node with settings that are not stored. From 3.0 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * const { obj } = await client.testNode({ scheme: 'https', address: 'ams.example', port: 2053, basePath: '/', apiToken: 'token' })
   * console.log(obj.status)
   */
  testNode(data: NodeConfig): Promise<Reply<NodeProbe>>
  /**
   * Asks a node for its state now. From 3.0 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * const { obj } = await client.probeNode(7)
   */
  probeNode(id: Id): Promise<Reply<NodeProbe>>
  /**
   * Sends a backup of the database to the panel's Telegram administrators, as `backupToTgBot` does.
   *
   * @remarks Panels: all.
   * @example
   * await client.createBackup()
   */
  createBackup(): Promise<Reply<null>>
  /**
   * Sends a backup of the database to the panel's Telegram administrators.
   *
   * @remarks Panels: all.
   * @example
   * await client.backupToTgBot()
   */
  backupToTgBot(): Promise<Reply<null>>
  /**
   * The state of the server and of xray; `obj` is null in the first seconds after the panel's start.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getServerStatus()
   * console.log(obj?.xray.state, obj?.cpu)
   */
  getServerStatus(): Promise<Reply<ServerStatus | null>>
  /**
   * The xray versions that can be installed, newest first; the panel asks GitHub for them.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getXrayVersion()
   */
  getXrayVersion(): Promise<Reply<string[]>>
  /**
   * The configuration that xray runs with.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getConfigJson()
   */
  getConfigJson(): Promise<Reply<Record<string, unknown>>>
  /**
   * Stops xray: all clients are cut off.
   *
   * @remarks Panels: all.
   * @example
   * await client.stopXrayService()
   */
  stopXrayService(): Promise<Reply<null>>
  /**
   * Restarts xray: all clients have to connect anew.
   *
   * @remarks Panels: all.
   * @example
   * await client.restartXrayService()
   */
  restartXrayService(): Promise<Reply<null>>
  /**
   * A new UUID made by the panel; `generateUUID` makes one without asking.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getNewUUID()
   */
  getNewUUID(): Promise<Reply<{ uuid: string }>>
  /**
   * A key pair for REALITY made by the panel; `generateRealityKeys` makes one without asking.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getNewX25519Cert()
   */
  getNewX25519Cert(): Promise<Reply<{ privateKey: string; publicKey: string }>>
  /**
   * A key pair for ML-DSA-65 signatures, which REALITY can use.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.6.3 and newer.
   * @example
   * const { obj } = await client.getNewmldsa65()
   */
  getNewmldsa65(): Promise<Reply<{ seed: string; verify: string }>>
  /**
   * A key pair for ML-KEM-768, which VLESS encryption uses. From 2.7 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.7.0 and newer.
   * @example
   * const { obj } = await client.getNewmlkem768()
   */
  getNewmlkem768(): Promise<Reply<{ seed: string; client: string }>>
  /**
   * Settings for VLESS encryption, one set for each way to authenticate. From 2.7 on.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.6.8 and newer.
   * @example
   * const { obj } = await client.getNewVlessEnc()
   */
  getNewVlessEnc(): Promise<Reply<{ auths: { label: string; decryption: string; encryption: string }[] }>>
  /**
   * Where the panel's own certificate and key are on the server.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getWebCertFiles()
   */
  getWebCertFiles(): Promise<Reply<{ webCertFile: string; webKeyFile: string }>>
  /**
   * The processor's load over time.
   *
   * @param bucket - Seconds for one point: 2, 30, 60 (the default), 120, 180 or 300.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.8.1 and newer.
   * @example
   * const { obj } = await client.getCPUHistory(60)
   * for (const { t, cpu } of obj) console.log(new Date(t * 1000), cpu)
   */
  getCPUHistory(bucket?: 2 | 30 | 60 | 120 | 180 | 300 | Id): Promise<Reply<{ t: number; cpu: number }[]>>
  /**
   * Installs a version of xray; the panel downloads it.
   *
   * @param version - One of `getXrayVersion`, such as `v25.8.29`; not `latest`.
   * @throws {ValidationError} for `latest` or no version; nothing is sent then.
   *
   * @remarks Panels: all.
   * @example
   * const { obj: versions } = await client.getXrayVersion()
   * await client.installXray(versions[0])
   */
  installXray(version: string): Promise<Reply<null>>
  /**
   * The panel's own log.
   *
   * @param count - How many lines; 100 when missing.
   * @param options - `level` (`debug`, `info`, `notice`, `warning`, `error`) and `syslog`.
   *
   * @remarks Panels: all.
   * @example
   * const { obj: lines } = await client.getPanelLogs(50, { level: 'info' })
   */
  getPanelLogs(count?: Id, options?: PanelLogOptions): Promise<Reply<string[] | null>>
  /**
   * Xray's access log.
   *
   * @param count - How many lines; 100 when missing.
   * @param options - `filter` text, and which kinds to show.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.6.5 and newer.
   * @example
   * const { obj } = await client.getXrayLogs(50, { filter: 'user_1' })
   */
  getXrayLogs(count?: Id, options?: XrayLogOptions): Promise<Reply<unknown[] | null>>
  /**
   * Downloads the geo files anew: all of them, or one.
   *
   * @param fileName - `geoip.dat`, `geosite.dat`, `geoip_IR.dat` and the like.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.6.0 and newer.
   * @example
   * await client.updateGeofile('geoip.dat')
   */
  updateGeofile(fileName?: string): Promise<Reply<null>>
  /**
   * Keys for Encrypted Client Hello, made by the panel.
   *
   * @param sni - The name they are for.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.6.5 and newer.
   * @example
   * const { obj } = await client.getNewEchCert('example.com')
   */
  getNewEchCert(sni?: string): Promise<Reply<{ echServerKeys: string; echConfigList: string }>>
  /**
   * All settings of the panel. Panels from 3.4 on blank the secrets among them.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getAllSettings()
   * console.log(obj.webPort)
   */
  getAllSettings(): Promise<Reply<PanelSettings>>
  /**
   * Restarts the panel, three seconds after it has answered. Sessions stay valid.
   *
   * @remarks Panels: all.
   * @example
   * await client.restartPanel()
   */
  restartPanel(): Promise<Reply<null>>
  /**
   * The settings that the panel's own pages need: expiry warnings, subscription addresses and the like.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getDefaultSettings()
   */
  getDefaultSettings(): Promise<Reply<Record<string, unknown>>>
  /**
   * The xray configuration that a new panel starts with.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getDefaultJsonConfig()
   */
  getDefaultJsonConfig(): Promise<Reply<Record<string, unknown>>>
  /**
   * Whether logging in takes a code of an authenticator app. Asked by a logged-in client.
   *
   * @remarks Panels: all.
   * @example
   * const { obj: enabled } = await client.getTwoFactorEnable()
   */
  getTwoFactorEnable(): Promise<Reply<boolean>>
  /**
   * The template of the xray configuration. `obj` is JSON text with `xraySetting`, `inboundTags` and more.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getXrayConfig()
   * const { xraySetting } = JSON.parse(obj)
   */
  getXrayConfig(): Promise<Reply<string>>
  /**
   * The counters of all outbounds, in bytes.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getOutboundsTraffic()
   */
  getOutboundsTraffic(): Promise<Reply<OutboundTraffic[]>>
  /**
   * What xray printed when it last failed; empty when all is well.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getXrayResult()
   */
  getXrayResult(): Promise<Reply<string>>
  /**
   * Replaces the template of the xray configuration. It takes effect with the next restart of xray.
   *
   * @param config - The template, as an object or as JSON text.
   * @throws {ValidationError} for text that is no JSON, and for what is no object; nothing is sent then.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getXrayConfig()
   * const { xraySetting } = JSON.parse(obj)
   * xraySetting.log.loglevel = 'warning'
   * await client.updateXrayConfig(xraySetting)
   */
  updateXrayConfig(config: object | string): Promise<Reply<null>>
  /**
   * Works with the panel's WARP account.
   *
   * @param action - `data`, `del`, `config`, `reg` (`privateKey`, `publicKey`) or `license` (`license`).
   * @param data - What the action needs.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.manageWarp('data')
   * await client.manageWarp('license', { license: 'key' })
   */
  manageWarp(action: WarpAction, data?: Record<string, string | number>): Promise<Reply<string>>
  /**
   * Tries an outbound out.
   *
   * @param outbound - The outbound, as an object or as JSON text.
   * @param options - `allOutbounds` that it may refer to, and the `mode` of the test.
   *
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 2.8.10 and newer.
   * @example
   * const { obj } = await client.testOutbound({ protocol: 'freedom', tag: 'direct' })
   */
  testOutbound(outbound: object | string, options?: { allOutbounds?: object[] | string; mode?: string }): Promise<Reply<OutboundTest>>
  /**
   * Sets the counters of an outbound to zero; of all of them when no tag is named.
   *
   * @remarks Panels: all.
   * @example
   * await client.resetOutboundsTraffic('direct')
   */
  resetOutboundsTraffic(tag?: string): Promise<Reply<null>>

  /**
   * Everything that a client of a protocol needs to connect, without making it on the panel.
   *
   * @param protocol - `vless`, `vmess`, `trojan`, `shadowsocks`, `shadowsocks2022`, `hysteria`, `wireguard`, `socks5`, `http`.
   * @param options - `email`, `emailPrefix`, `flow`, `level`, `alterId`, `method`, `passwordLength` and others.
   * @throws {ValidationError} for an unknown protocol.
   * @example
   * const { id, email } = client.generateCredentials('vless')
   */
  generateCredentials(protocol: Protocol, options?: CredentialOptions): Credentials
  /**
   * The same for many clients at once; no two have the same identifier.
   *
   * @param protocol - As for `generateCredentials`.
   * @param count - How many.
   * @param options - As for `generateCredentials`; an `email` is numbered (`team_1`, `team_2`, …).
   */
  generateBulkCredentials(protocol: Protocol, count: number, options?: CredentialOptions): Credentials[]
  /**
   * A random UUID (version 4), from the system's secure source in any case.
   *
   * @param secure - Kept for programs written for the original library; there is no insecure way any more.
   *
   * @example
   * console.log(client.generateUUID())
   */
  generateUUID(secure?: boolean): string
  /**
   * A random password.
   *
   * @param length - Characters, 16 by default.
   * @param options - Which characters: letters and digits without those that look alike, by default.
   *
   * @example
   * console.log(client.generatePassword(24))
   */
  generatePassword(length?: number, options?: PasswordOptions): string
  /**
   * A random client identifier, as the panel's field `email` takes it: `client_k3j9x21234`.
   *
   * @param prefix - What it begins with, `client` by default.
   *
   * @example
   * console.log(client.generateIdentifier('customer'))
   */
  generateIdentifier(prefix?: string): string
  /**
   * The Shadowsocks ciphers with a password, the recommended one first.
   *
   * @example
   * console.log(client.getShadowsocksCiphers())
   */
  getShadowsocksCiphers(): Array<string>
  /**
   * The Shadowsocks cipher to take when in doubt.
   *
   * @example
   * console.log(client.getRecommendedShadowsocksCipher())
   */
  getRecommendedShadowsocksCipher(): string
  /**
   * Whether credentials have what their protocol needs.
   *
   * @example
   * const { valid, errors } = client.validateCredentials(client.generateCredentials('vless'), 'vless')
   * console.log(valid, errors)
   */
validateCredentials(credentials: object, protocol: Protocol): { valid: boolean; errors: string[] }


/** The panel's URL with its base path. */
get baseURL(): string
/** Calls from now on go there. */
set baseURL(url: string)
/** The panel's user; `token-auth` for a client with a token and no user. */
get username(): string
/** Logins from now on use this name. */
set username(name: string)
/** The user's password; `token-auth` for a client with a token and no password. */
get password(): string
/** Logins from now on use this password. */
set password(text: string)
/** The API token, or null. */
get token(): string | null
/** Calls from now on carry this token; null makes it a client with name and password again. */
set token(token: string | undefined | null)
/** The session's cookie, or null before the first login. */
get cookie(): string | null
/** Uses this cookie from now on; null forgets the session. */
set cookie(cookie: string | undefined | null)
/** The session's CSRF token, or null. */
get csrfToken(): string | null
/** Uses this CSRF token from now on, with the session in use or the one whose cookie is to come. */
set csrfToken(token: string | undefined | null)
/** Whether a login is under way, for which calls wait. */
get loginMutex(): boolean
/** Logins in a row that the panel refused. */
get loginRetryCount(): number
/** Counts from there on: 0 lets calls log in again. */
set loginRetryCount(count: number)
/** Logins in a row that the panel may refuse before calls stop trying; 0: a session that was lost is not renewed. */
get maxLoginRetries(): number
/** Tries that often from now on. */
set maxLoginRetries(most: number)
/** The least time between a login and the next one, in milliseconds. */
get loginRetryBackoff(): number
/** Waits that long from now on. */
set loginRetryBackoff(ms: number)
/**
 * How strong a credential is, and what is wrong with it.
 *
 * @param credential - The credential.
 * @param type - `password` (the default), `uuid` or `port`.
 * @example
 * client.validateCredentialStrength(client.generateUUID(), 'uuid').strength // 'strong'
 */
validateCredentialStrength(credential: unknown, type?: 'password' | 'uuid' | 'port'): CredentialStrength
/**
 * A random token: 64 hexadecimal digits.
 *
 * @example
 * console.log(client.generateSecureToken())
 */
generateSecureToken(): string

}

/** Whether credentials have what their protocol needs. */
export declare function checkCredentials(credentials: object, protocol: Protocol): ValidationResult

/** A short hash to put into a log in the place of a value. */
export declare function hashedForLogging(value: string): string

/** A configuration in its final form. */
export declare function inboundBuilt(config: object): any

/** A client for an inbound's settings. */
export declare function inboundClient(protocol: string, options: object): any

/** What a part adds to the configuration. */
export declare function inboundPart(name: string, options: object): any

/** What a builder of a protocol starts from. */
export declare function inboundStart(protocol: string): any

/** Whether what is called so is a secret, as an option or a header. */
export declare function isSecretName(name: string): boolean

/** The same for many clients at once, as a table: `lib/generator.js` makes values of it sooner than JSON is parsed. */
export declare function newBulkCredentials(protocol: Protocol, count: number, options?: CredentialOptions): string

/** Everything that a client of a protocol needs to connect. */
export declare function newCredentials(protocol: Protocol, options?: CredentialOptions): Credentials

/** A client identifier. */
export declare function newIdentifier(prefix?: string | undefined | null): string

/** A random password. */
export declare function newPassword(length?: number, options?: PasswordOptions): string

/** A random port. */
export declare function newPort(min?: number, max?: number): number

/**
 * A key pair in REALITY's spelling.
 * The two halves on a line each.
 */
export declare function newRealityKeys(): string

/** A key for a cipher of Shadowsocks 2022. */
export declare function newShadowsocksKey(method?: string | undefined | null): string

/** A short id of REALITY. */
export declare function newShortId(): string

/** A random token of this many bytes, in hexadecimal. */
export declare function newToken(bytes: number): string

/** A user name for SOCKS and HTTP accounts. */
export declare function newUsername(prefix?: string | undefined | null): string

/** A random UUID (version 4). */
export declare function newUuid(): string

/**
 * A key pair in WireGuard's spelling.
 * The two halves on a line each: `lib/generator.js` makes the value sooner than JSON is parsed.
 */
export declare function newWireguardKeys(): string

/** The REALITY settings of an inbound that imitates a site. */
export declare function realityConfig(keys: object, dest?: string, serverNames?: string[]): any

/** A text without what stands where secrets stand; JSON stays JSON. */
export declare function redacted(text: string): string

/** The headers that every request carries. */
export declare function secureHeaders(options: { userAgent?: string; enableCSP?: boolean }): Record<string, string>

/** The Shadowsocks ciphers with a password, the recommended one first. */
export declare function shadowsocksCiphers(): Array<string>

/** How strong a credential is. */
export declare function strengthOf(credential: unknown, type?: string): CredentialStrength

/** Checks of `InputValidator`, by their names there. */
export declare function validated(rule: string, value: unknown): any

/** What a WireGuard client needs beside the server's data. */
export declare function wireguardClientConfig(keys: object, allowedIPs?: string[]): any
