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

/** The rules of sessions, for session managers written in JavaScript. */
export declare class SessionRules {
  /** The key under which the session of a user on a panel is kept. */
  static keyOf(baseURL: string, username: string): string
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
  /** The session's cookie, or null before the first login. */
  get cookie(): string | null
  /** Uses this cookie from now on; null forgets the session. */
  set cookie(cookie: string | undefined | null)
  /** The session's CSRF token, or null. */
  get csrfToken(): string | null
  /** Uses this CSRF token from now on. */
  set csrfToken(token: string | undefined | null)
  /** Sends one request as this client and resolves with the panel's answer, as every method does. */
  _request(method: string, path: string, data?: unknown, extraHeaders?: Record<string, string>): Promise<any>
  /** Logs in, or finds the session that is still good. `forceRefresh` logs in anew in any case. */
  login(forceRefresh?: boolean): Promise<LoginResult>
  /** Ends the session on the panel and forgets it. */
  logout(): Promise<void>
  /** Whether calls can be made without logging in first. */
  isSessionValid(): Promise<boolean>
  /** Keeps sessions in `store` from now on. */
  _useSessions(store: MemorySessionStore | object, policy: object): void
  /** Drops the session in use, here only. */
  _dropSession(): void
  /**
   * One client with the inbounds it is in.
   *
   * @param email - Its identifier.
   */
  getClient(email: Id): Promise<Reply<ClientDetails>>
  /**
   * Adds a client that you describe yourself to one or more inbounds. `totalGB` is in gigabytes here.
   *
   * @param data - The client and the ids of its inbounds.
   * @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
   */
  addModernClient(data: { client: ClientFields; inboundIds: number[] }): Promise<Reply<null>>
  /**
   * All inbounds with their clients and counters.
   *
   * `settings`, `streamSettings` and `sniffing` are JSON text on panels up to 3.0 and objects from 3.1 on.
   *
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
   */
  getInbound(id: Id): Promise<Reply<Inbound>>
  /**
   * Makes an inbound.
   *
   * @param config - The inbound; `settings`, `streamSettings`, `sniffing` as objects or as JSON text.
   * @throws {ValidationError} for a port outside 1 to 65535 or a protocol that is no text; nothing is sent then.
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
   * Replaces an inbound. Send it whole, as `getInbound` gave it, with what is to be different.
   *
   * @param id - Its id.
   * @param config - The whole inbound.
   * @throws {ValidationError} as `addInbound`.
   */
  updateInbound(id: Id, config: InboundConfig): Promise<Reply<Inbound>>
  /**
   * Deletes an inbound. Its clients go with it on panels up to 3.0; from 3.1 on they stay, in no inbound, until they
   * are deleted themselves.
   *
   * @param id - Its id.
   */
  deleteInbound(id: Id): Promise<Reply<number | null>>
  /**
   * Adds clients that you describe yourself to an inbound. Nothing is converted: `totalGB` is in bytes here.
   *
   * @param config - `id` of the inbound and `settings` with `clients`, as an object or as JSON text.
   * @throws {ValidationError} for a broken rule, naming the field; nothing is sent then.
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
   */
  updateClient(clientId: string, config: ClientConfig): Promise<Reply<null>>
  /**
   * Deletes a client from an inbound.
   *
   * @param inboundId - The inbound.
   * @param clientId - The client's UUID (vless, vmess), password (trojan) or identifier (shadowsocks).
   */
  deleteClient(inboundId: Id, clientId: Id): Promise<Reply<null>>
  /**
   * A client's counters by its identifier; `obj` is null for an unknown one.
   *
   * @example
   * const { obj } = await client.getClientTrafficsByEmail('user_1')
   * if (obj) console.log(obj.up + obj.down, 'of', obj.total, 'bytes')
   */
  getClientTrafficsByEmail(email: Id): Promise<Reply<ClientTraffic | null>>
  /** The counters of all clients with a UUID; empty for an unknown one. */
  getClientTrafficsById(id: Id): Promise<Reply<ClientTraffic[]>>
  /** Sets a client's counters to zero. */
  resetClientTraffic(inboundId: Id, email: Id): Promise<Reply<null>>
  /** Sets the counters of all clients of an inbound to zero; of all inbounds for `-1`. */
  resetAllClientTraffics(inboundId: Id): Promise<Reply<null>>
  /** The addresses a client has connected from, without repetition of how the panel writes them. */
  getClientIps(email: Id): Promise<Reply<string[]>>
  /** Forgets the addresses a client has connected from. */
  clearClientIps(email: Id): Promise<Reply<null>>
  /** Deletes the clients of an inbound whose quota or time is used up; of all inbounds for `-1`. */
  deleteDepletedClients(inboundId: Id): Promise<Reply<null>>
  /** The identifiers of all clients that are connected now. */
  getOnlineClients(): Promise<Reply<string[] | null>>
  /**
   * Everything that a client of a protocol needs to connect, without making it on the panel.
   *
   * @param protocol - `vless`, `vmess`, `trojan`, `shadowsocks`, `shadowsocks2022`, `wireguard`, `socks5`, `http`.
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
   */
  generateUUID(secure?: boolean): string
  /**
   * A random password.
   *
   * @param length - Characters, 16 by default.
   * @param options - Which characters: letters and digits without those that look alike, by default.
   */
  generatePassword(length?: number, options?: PasswordOptions): string
  /**
   * A random client identifier, as the panel's field `email` takes it: `client_k3j9x21234`.
   *
   * @param prefix - What it begins with, `client` by default.
   */
  generateIdentifier(prefix?: string): string
  /** Whether credentials have what their protocol needs. */
validateCredentials(credentials: object, protocol: Protocol): { valid: boolean; errors: string[] }
/** What `addClientWithCredentials` will send: `body` for `addModernClient`, and the `credentials` to report. */
_planAdd(inboundId: unknown, protocol: unknown, options: unknown): any
/** Throws when the panel's answer to that says that there is no such inbound. */
_concludeAdd(answer: unknown, plan: unknown): void
/** Throws when the options of `updateClientWithCredentials` break a rule. */
_checkUpdate(options: unknown): void
/** Which client of an inbound (`getInbound`'s answer) `updateClientWithCredentials` is about. */
_emailOf(inbound: unknown, clientId: unknown, inboundId: unknown): string
/** What `updateClientWithCredentials` will send, from the client's record (`getClient`'s answer). */
_planUpdate(email: string, record: unknown, options: unknown): any
/** The client's activity and its limits. */
getSecurityStats(): SecurityStats
/**
 * How strong a credential is, and what is wrong with it.
 *
 * @param credential - The credential.
 * @param type - `password` (the default), `uuid` or `port`.
 * @example
 * client.validateCredentialStrength(client.generateUUID(), 'uuid').strength // 'strong'
 */
validateCredentialStrength(credential: unknown, type?: 'password' | 'uuid' | 'port'): CredentialStrength
}
