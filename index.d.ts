/*
 * The package's types: the class with what only JavaScript adds, over the generated ones.
 */

import native = require('./native')

declare class ThreeXUI extends native.ThreeXUI {
  /**
   * A client for the panel at `baseURL` (with its base path, without `/panel`). Nothing is sent before the first call.
   *
   * @example
   * const client = new ThreeXUI('https://panel.example:2053/base', 'admin', 'password')
   * const { obj } = await client.getInbounds()
   */
  constructor(baseURL: string, username: string, password: string, options?: ThreeXUI.ThreeXUIOptions)
  /**
   * The same with a token (panels from 3.0 on), or with the user in the options.
   *
   * @example
   * const client = new ThreeXUI('https://panel.example:2053/base', { token: process.env.XUI_TOKEN })
   */
  constructor(baseURL: string, options: ThreeXUI.ThreeXUIOptions)

  /** The options it was made with. Assigning `options.sessionManager` takes effect on the next call. */
  options: ThreeXUI.ThreeXUIOptions
  /** Where sessions are kept. */
  sessionManager: ThreeXUI.SessionManager
  /** What happened lately, and the limits that are watched. */
  securityMonitor: ThreeXUI.SecurityMonitor
  /** What `setDevelopmentMode` said last. */
  isDevelopment: boolean
  /**
   * What programs know as the client's axios instance: verbs, `defaults`, `interceptors`. While nothing about it has been
   * changed, the client's own calls do not pass there; once something has, all of them do, in axios's order.
   *
   * @example
   * client.api.interceptors.request.use((config) => {
   *   config.headers.set('X-Trace', '1')
   *   return config
   * })
   * await client.login()
   * const { data } = await client.api.get('/panel/api/inbounds/list')
   * console.log(data.success)
   */
  api: ThreeXUI.ApiInstance
  /** `modern` for panels from 3.0 on, `legacy` for older ones, `auto` before the first contact; or what was assigned. */
  panelType: 'auto' | 'modern' | 'legacy' | (string & {})

  /**
   * Changes a client by a function from what is stored (amounts in bytes, times in milliseconds) to what is to be; a part of
   * it will do. Who changes the same client at the same time is waited for, so that no change is lost.
   *
   * @param emailOrId - The client's identifier, or its UUID.
   * @returns The panel's answer, with the `client` as it was sent.
   * @throws {ThreeXUI.NotFoundError} when the panel has no such client.
   * @example
   * await client.modifyClient('alice', (current) => ({ totalGB: current.totalGB + 10 * 1024 ** 3 }))
   */
  modifyClient(
    emailOrId: string,
    change: (current: Record<string, any>) => Record<string, any> | void | Promise<Record<string, any> | void>,
  ): Promise<native.Reply<null> & { client: Record<string, any> }>
  /**
   * Makes a client, or changes the one that has this identifier already.
   *
   * @param inboundId - The inbound in which it is made.
   * @param options - As for `addClientWithCredentials`, with the `email`; the `protocol` is the inbound's when missing.
   * @returns The panel's answer, and whether it was `created`.
   * @example
   * const { created } = await client.upsertClient(1, { email: 'alice', totalGB: 50 })
   */
  upsertClient(
    inboundId: native.Id,
    options: native.ClientOptions & { protocol?: native.Protocol },
  ): Promise<native.Reply<null> & { created: boolean; [more: string]: any }>
  /**
   * The inbound on this port and address, made if there is none.
   *
   * @returns The panel's answer, the inbound as `obj`, and whether it was `created`.
   * @throws {ThreeXUI.ValidationError} when an inbound of another protocol is there.
   * @example
   * const { obj, created } = await client.ensureInbound({ remark: 'main', port: 8443, protocol: 'vless', settings: { clients: [] } })
   * console.log(obj.id, created)
   */
  ensureInbound(inboundConfig: native.InboundConfig): Promise<native.Reply<native.Inbound> & { created: boolean }>
  /** Many clients at a time, from a list or a generator of any length. */
  readonly bulk: ThreeXUI.Bulk
  /**
   * How many writes wait for this panel and how many are under way, those of all clients of this process.
   *
   * @example
   * console.log(client.stats().queue.waiting)
   */
  stats(): { queue: { waiting: number; running: number } }

  generateCredentials<P extends native.Protocol>(
    protocol: P,
    options?: native.CredentialOptions,
  ): native.CredentialsOf<P>
  /**
   * Makes credentials for many clients; no two identifiers are alike.
   *
   * @example
   * const credentials = client.generateBulkCredentials('vless', 10, { emailPrefix: 'customer' })
   * console.log(credentials.length)
   */
  generateBulkCredentials<P extends native.Protocol>(
    protocol: P,
    count: number,
    options?: native.CredentialOptions,
  ): native.MergedCredentials<P>[]

  /**
   * Makes a client with generated credentials.
   *
   * @param inboundId - The inbound.
   * @param protocol - The inbound's protocol.
   * @param options - Limits (`totalGB` in gigabytes) and how the credentials are to be made.
   * @returns The panel's answer with the client's `credentials` as they were sent.
   * @throws {ThreeXUI.ValidationError} for a broken rule, naming the field; nothing is sent then.
   * @throws {ThreeXUI.NotFoundError} when the panel does not have the inbound.
   * @remarks Panels: all.
   * @example
   * const { credentials } = await client.addClientWithCredentials(1, 'vless', { totalGB: 100, limitIp: 2 })
   * console.log(credentials.id, credentials.subId)
   */
  addClientWithCredentials<P extends native.Protocol>(
    inboundId: native.Id,
    protocol: P,
    options?: native.ClientOptions,
  ): Promise<native.AddedClient<P>>

  /**
   * Changes what is named of a client and keeps everything else, its UUID too.
   *
   * @param clientId - UUID (vless, vmess) or password (trojan, shadowsocks).
   * @param inboundId - The inbound.
   * @param options - What is to be different; `totalGB` in gigabytes.
   * @returns Never rejects: `success` is false and `message` says why where something went wrong.
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getClient('alice')
   * const result = await client.updateClientWithCredentials(obj.client.uuid, 1, { totalGB: 200, expiryDays: 30 })
   * console.log(result.success, result.msg)
   */
  updateClientWithCredentials(
    clientId: string,
    inboundId: native.Id,
    options?: native.ClientOptions,
  ): Promise<native.UpdatedClient>

  /*
   * Wider than the generated: programs written for the original's types hand these over, too.
   */
  /**
   * Makes a client in one or several inbounds, with `totalGB` in gigabytes; what a credential needs is made by the panel.
   *
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * await client.addModernClient({ client: { email: 'customer_9', totalGB: 10 }, inboundIds: [1] })
   */
  addModernClient(data: ThreeXUI.AddModernClientPayload): Promise<native.Reply<null>>
  updateModernClient(
    email: native.Email,
    data: native.ClientFields | Partial<ThreeXUI.ModernClient>,
  ): Promise<native.Reply<null>>
  bulkCreateModernClients(
    data: ThreeXUI.BulkCreateClientEntry[],
  ): Promise<native.Reply<ThreeXUI.BulkCreateResult>>
  updateNode(
    id: native.Id,
    data: Partial<native.NodeConfig>,
  ): Promise<native.Reply<native.PanelNode | null>>
  manageWarp(action: native.WarpAction, data?: Record<string, unknown>): Promise<native.Reply<string>>
  getNewX25519Cert(): Promise<native.Reply<{ privateKey: string; publicKey: string; password?: string }>>

  /**
   * All inbounds, with their clients' counters.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getInbounds()
   * for (const inbound of obj) console.log(inbound.id, inbound.remark, inbound.clientStats.length)
   */
  getInbounds(): Promise<native.Reply<native.ListedInbound[]>>
  /**
   * The identifiers of all clients that are connected now.
   *
   * @returns `obj` is an empty list when nobody is connected, also before the panel has asked xray for the first time.
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getOnlineClients()
   * console.log(obj?.length)
   */
  getOnlineClients(): Promise<native.Reply<ThreeXUI.OnlineClient[] | null>>
  /**
   * Sends a backup of the database to the panel's Telegram administrators, as `backupToTgBot` does.
   *
   * @returns The panel's answer. `any`, because programs compare it with the empty text that the original gave.
   * @remarks Panels: all.
   * @example
   * const { success } = await client.createBackup()
   */
  createBackup(): Promise<any>

  /** Sets a client's counters, in bytes; one that is not named becomes zero. */
  updateClientTraffic(
    email: native.Email,
    config: { upload: number; download: number } | { up: number; down: number },
  ): Promise<native.Reply<null>>
  /** Sets a client's limits: `totalGB` in bytes, `expiryTime` in milliseconds since 1970. The counters stay. */
  updateClientTraffic(
    email: native.Email,
    config: { totalGB?: number; expiryTime?: number },
  ): Promise<native.Reply<null>>
  updateModernClientTrafficByEmail(
    email: native.Email,
    data: { upload: number; download: number },
  ): Promise<native.Reply<null>>
  /** The same, by the names that answers have for the counters. */
  updateModernClientTrafficByEmail(
    email: native.Email,
    data: { up: number; down: number },
  ): Promise<native.Reply<null>>

  /**
   * Makes inbounds from an export: one, or a list.
   *
   * @returns The panel's answers in the same order.
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getInbounds()
   * await other.importInbounds(obj)
   */
  importInbounds(
    inbounds: native.InboundConfig | native.InboundConfig[],
  ): Promise<native.Reply<native.Inbound>[]>

  /**
   * The panel's database, a SQLite file; `obj` has one character for each of its bytes.
   *
   * @remarks Panels: all.
   * @example
   * const { obj } = await client.getDb()
   * await writeFile('x-ui.db', Buffer.from(obj, 'latin1'))
   */
  getDb(): Promise<native.Reply<string>>

  /**
   * Replaces the panel's database. Everything in it is lost, users and tokens, too.
   *
   * @param formData - A form with the file as its field `db`: `FormData`, or npm's `form-data`.
   * @remarks Panels: all.
   * @example
   * const form = new FormData()
   * form.append('db', new Blob([await readFile('x-ui.db')]), 'x-ui.db')
   * await client.importDB(form)
   */
  importDB(formData: object): Promise<native.Reply<string>>

  /**
   * Changes the settings that are named and keeps all others.
   *
   * @remarks Panels: all.
   * @example
   * await client.updateSetting({ pageSize: 50 })
   */
  updateSetting(updates: Partial<native.PanelSettings>): Promise<native.Reply<null>>

  /**
   * Changes the panel's user and password, and goes on as the new user.
   *
   * @remarks Panels: all.
   * @example
   * await client.updateUser('admin', 'admin', 'root', 'better')
   */
  updateUser(
    oldUsername: string,
    oldPassword: string,
    newUsername: string,
    newPassword: string,
  ): Promise<native.Reply<null>>

  /**
   * Switches a node on or off. From 3.0 on.
   *
   * @param id - The node.
   * @param enable - Which of the two; what it is not, when missing.
   * @throws {ThreeXUI.UnsupportedByPanelError} on other panels; nothing is changed then.
   * @remarks Panels: 3.0.0 and newer.
   * @example
   * await client.setNodeEnable(7, false)
   */
  setNodeEnable(id: native.Id, enable?: boolean): Promise<native.Reply<null>>

  /**
   * A key pair for WireGuard.
   *
   * @example
   * const { privateKey, publicKey } = client.generateWireGuardKeys()
   * console.log(privateKey.length, publicKey.length)
   */
  generateWireGuardKeys(): ThreeXUI.WireGuardKeys
  /**
   * A key pair for REALITY.
   *
   * @example
   * const { publicKey } = client.generateRealityKeys()
   * console.log(publicKey)
   */
  generateRealityKeys(): ThreeXUI.RealityKeys
  /**
   * A random port, 10000 to 65535 unless told otherwise.
   *
   * @example
   * console.log(client.generatePort())
   */
  generatePort(min?: number, max?: number): number

  /**
   * What happened lately, and the limits that are watched.
   *
   * @example
   * const { recentActivities } = client.getSecurityStats()
   * console.log(recentActivities)
   */
  getSecurityStats(): native.SecurityStats
  /**
   * Forgets which addresses were blocked.
   *
   * @example
   * client.clearBlockedIPs()
   */
  clearBlockedIPs(): void
  /**
   * Sets `isDevelopment`, and nothing else: errors are the same either way, and never hold secrets.
   *
   * @example
   * client.setDevelopmentMode(true)
   */
  setDevelopmentMode(enabled: boolean): void

  /*
   * For subclasses that were written for the original's inner methods.
   */
  _ensureAuthenticated(forceRefresh?: boolean): Promise<void>
  _retryAfterRelogin(
    method: string,
    path: string,
    data?: unknown,
    extraHeaders?: Record<string, string>,
    requestOptions?: native.RequestOptions,
  ): Promise<any>
  _buildRequestHeaders(method: string): Record<string, string>
  _isStaleSessionError(error: unknown): boolean
  _looksLikeLoginPage(data: unknown): boolean
  _parseClientIps(obj: unknown): string[]

  /**
   * What the session store keeps, and whether it could be reached. Rejects where it could not.
   *
   * @example
   * const { connected } = await client.getSessionStats()
   * console.log(connected)
   */
  getSessionStats(): Promise<ThreeXUI.SessionStats>

  /**
   * Forgets all sessions in the store, this client's too.
   *
   * @remarks Panels: all.
   * @example
   * await client.clearAllSessions()
   */
  clearAllSessions(): Promise<void>
}

declare namespace ThreeXUI {
  export { ThreeXUI, ThreeXUI as default }

  export import Id = native.Id
  export import Email = native.Email
  export import Reply = native.Reply
  export import Inbound = native.Inbound
  export import ListedInbound = native.ListedInbound
  export import InboundConfig = native.InboundConfig
  export import ClientConfig = native.ClientConfig
  export import ClientFields = native.ClientFields
  export import ClientDetails = native.ClientDetails
  export import ClientRecord = native.ClientRecord
  export import ClientTraffic = native.ClientTraffic
  export import ClientOptions = native.ClientOptions
  export import ClientCredentials = native.ClientCredentials
  export import Credentials = native.Credentials
  export import VLESSCredentials = native.VLESSCredentials
  export import VMESSCredentials = native.VMESSCredentials
  export import TrojanCredentials = native.TrojanCredentials
  export import ShadowsocksCredentials = native.ShadowsocksCredentials
  export import WireGuardCredentials = native.WireGuardCredentials
  export import SocksCredentials = native.SocksCredentials
  export import CredentialOptions = native.CredentialOptions
  export import PasswordOptions = native.PasswordOptions
  export import Protocol = native.Protocol
  export import AddedClient = native.AddedClient
  export import UpdatedClient = native.UpdatedClient
  export import LoginResult = native.LoginResult
  export import CredentialStrength = native.CredentialStrength
  export import SecurityStats = native.SecurityStats
  export import Activity = native.Activity
  export import ValidationResult = native.ValidationResult
  export import ClientSummary = native.ClientSummary
  export import ClientPage = native.ClientPage
  export import ClientPageParams = native.ClientPageParams
  export import ClientFilter = native.ClientFilter
  export import ClientIp = native.ClientIp
  export import ClientGroup = native.ClientGroup
  export import Skipped = native.Skipped
  export import PanelNode = native.PanelNode
  export import NodeConfig = native.NodeConfig
  export import NodeProbe = native.NodeProbe
  export import CustomGeo = native.CustomGeo
  export import CustomGeoConfig = native.CustomGeoConfig
  export import GeoAliases = native.GeoAliases
  export import GeoUpdateResult = native.GeoUpdateResult
  export import GeoUpdate = native.GeoUpdate
  export import ServerStatus = native.ServerStatus
  export import PanelSettings = native.PanelSettings
  export import PanelLogOptions = native.PanelLogOptions
  export import XrayLogOptions = native.XrayLogOptions
  export import OutboundTraffic = native.OutboundTraffic
  export import OutboundTest = native.OutboundTest
  export import WarpAction = native.WarpAction
  export import RequestOptions = native.RequestOptions

  /*
   * Names of the original library for what has a name above.
   */
  export import LoginResponse = native.LoginResult
  export import ModernClientDetail = native.ClientDetails
  export import ModernClientTraffic = native.ClientTraffic
  export import PagedClientsResult = native.ClientPage
  export import BulkSkipReport = native.Skipped
  export import ModernGroup = native.ClientGroup
  export import CustomGeoResource = native.CustomGeo
  export import AddCustomGeoPayload = native.CustomGeoConfig
  export import NodeData = native.PanelNode
  export import AddNodePayload = native.NodeConfig
  export import TestNodeResult = native.NodeProbe
  export type ModernApiResponse<T = any> = native.Reply<T>
  export type SessionConfig = SessionManagerOptions

  /*
   * Names of the original library for what is described in place.
   */

  /** A client, as it is answered and as it is sent: `totalGB` is in bytes in answers and in gigabytes in calls. */
  export interface ModernClient {
    id?: number
    email: native.Email
    subId?: string
    uuid?: string
    password?: string
    flow?: string
    security?: string
    limitIp?: number
    totalGB?: number
    /** Milliseconds since 1970; 0 is never; negative is a span that begins with the first use. */
    expiryTime?: number
    enable?: boolean
    tgId?: number | string
    group?: string
    comment?: string
    /** Days after which the counters start again; 0 is never. */
    reset?: number
    createdAt?: number
    updatedAt?: number
    [more: string]: any
  }

  /** A client to be made, and the ids of its inbounds. */
  export interface AddModernClientPayload {
    inboundIds: number[]
    client: native.ClientFields | ModernClient
  }
  export type BulkCreateClientEntry = AddModernClientPayload

  /** What many clients get, or lose. */
  export interface BulkAdjustPayload {
    emails: native.Email[]
    /** Days; negative takes them away. */
    addDays?: number
    /** Bytes; negative takes them away. */
    addBytes?: number
    /** From 3.4 on. */
    flow?: string
  }

  export interface BulkCreateResult {
    created: number
    skipped?: native.Skipped[]
  }
  export interface BulkAdjustResult {
    adjusted: number
    skipped?: native.Skipped[]
  }
  export interface BulkDeleteResult {
    deleted: number
    skipped?: native.Skipped[]
  }
  /** Identifiers; null for none. */
  export interface BulkAttachDetachResult {
    attached?: native.Email[] | null
    detached?: native.Email[] | null
    skipped?: native.Email[] | null
    errors?: string[] | null
  }
  export interface BulkAffectedResult {
    affected: number
  }

  /** A node's figure at a time. */
  export interface NodeHistoryPoint {
    /** Seconds since 1970. */
    t: number
    v: number
  }

  /**
   * A client's identifier. A text and nothing else: programs written for the original's types may read members of it,
   * which compiles and gives `undefined`, as it always did.
   */
  export type OnlineClient = native.Email & { [more: string]: any }

  /** Options of the constructor. */
  export interface ThreeXUIOptions {
    /** The panel's user, where it is no argument. */
    username?: string
    /** Their password, where it is no argument. */
    password?: string
    /** An API token of a panel from 3.0 on, in place of user and password. */
    token?: string
    /** The same as `token`. */
    apiToken?: string
    /**
     * Time limit of one request in milliseconds, and of anything before it that stands still: a queue of writes that moves
     * is waited for however long it is, one in which nothing has moved for `timeout` is not; the same with another
     * call's login. 30000 when missing.
     */
    timeout?: number
    /**
     * Time limit of a whole call in milliseconds, with its login, its wait for its turn, retries and what is looked up
     * afterwards; none when missing. A method that makes several calls has it for each of them. Who reaches it leaves the
     * queue with a `TimeoutError`, whose `outcome` tells whether anything may have been changed.
     */
    deadline?: number
    /** What the client calls itself. */
    userAgent?: string
    /** Sends `Content-Security-Policy: default-src 'none'`. */
    enableCSP?: boolean
    /** What `isDevelopment` is to be. */
    isDevelopment?: boolean
    /** Where sessions are kept; in memory when missing. */
    sessionManager?: SessionManager | SessionManagerOptions
    /** Logins within an hour before the client refuses to send another; 10 when missing. */
    maxLoginAttemptsPerHour?: number
    /** Requests within a minute before the activity log mentions it; 60 when missing. Never a limit. */
    maxRequestsPerMinute?: number
    /**
     * Gives `settings`, `streamSettings` and `sniffing` of inbounds as objects on every panel; without it as the panel writes
     * them: JSON text up to 3.0, objects from 3.1 on.
     */
    normalize?: boolean
    /** Writes that may wait for the panel, those of all clients of this process, before more are refused; 10,000 when missing. */
    maxQueue?: number
    /**
     * The longest body of an answer that is read, in bytes once it is decompressed; 256 MB when missing. A longer one is a
     * `PanelError`, and the rest of it is not read.
     */
    maxResponseSize?: number
    /** The least time between a login and a renewed one in milliseconds; 500 when missing. */
    loginRetryBackoff?: number
    /** What `client.panelType` is to say. Which panel it is, is found out in any case. */
    panelType?: 'auto' | 'modern' | 'legacy'
    /** The same by another name. */
    panelVersion?: string
    /** Makes the credential that a client given to `addClient` lacks; the answer tells it as `credentials`. */
    autoGenerateCredentials?: boolean
    /**
     * Tells of each request in one line without secrets: `true` writes to standard error, a function is called. Nothing is
     * told when missing, unless the environment says `NODE_DEBUG=3xui`. The function runs in the async context of the call
     * that the request is sent for; one that throws is warned of.
     */
    debug?: boolean | ((line: string) => void)
    /**
     * Logins in a row that the panel may refuse before calls stop trying, for a quarter of an hour or until
     * `client.loginRetryCount = 0`; 3 when missing. With 0 a session that was lost is not renewed.
     */
    maxLoginRetries?: number
    [more: string]: any
  }

  /** How many clients are to be handled. */
  export interface BulkOptions {
    /** Told after each chunk, in the async context of the call; `total` is known for lists only. */
    onProgress?: (progress: { done: number; total?: number; failed: number; perSecond: number }) => void
    /** Stops after the chunks that are under way. */
    signal?: native.AbortSignalLike
    /** Stops after the first chunk in which something failed. */
    stopOnError?: boolean
    /** Clients at a time; 500 when missing. */
    chunk?: number
  }

  /** What became of one client. */
  export interface BulkResult {
    status: 'created' | 'exists' | 'updated' | 'deleted' | 'missing' | 'failed'
    email: string
    /** Of a client that was created. */
    credentials?: Record<string, any>
    /** Why it failed. */
    error?: Error
  }

  /** Many clients at a time, with a result for each, in the order of the items. */
  export interface Bulk {
    /**
     * Makes clients of an inbound. Can be run again after it was interrupted: who is there is reported as `exists`.
     *
     * @param items - Options as for `addClientWithCredentials`; the `protocol` is the inbound's when missing.
     * @example
     * const wanted = Array.from({ length: 100 }, (_, n) => ({ email: `customer-${n}`, totalGB: 10 }))
     * for await (const { status, email, credentials } of client.bulk.createClients(1, wanted)) {
     *   console.log(status, email, credentials?.id)
     * }
     */
    createClients(
      inboundId: native.Id,
      items: Iterable<BulkItem> | AsyncIterable<BulkItem>,
      options?: BulkOptions,
    ): AsyncGenerator<BulkResult, void, undefined>
    /**
     * Changes clients, each named by `email` or by `id` (its UUID); the other members are what is to be changed, in the
     * panel's units (bytes, milliseconds).
     *
     * @example
     * for await (const { status } of client.bulk.updateClients([{ email: 'alice', limitIp: 2 }])) console.log(status)
     */
    updateClients(
      items: Iterable<Record<string, any>> | AsyncIterable<Record<string, any>>,
      options?: BulkOptions,
    ): AsyncGenerator<BulkResult, void, undefined>
    /**
     * Deletes clients by their identifiers.
     *
     * @example
     * for await (const { status, email } of client.bulk.deleteClients(['alice', 'bob'])) console.log(email, status)
     */
    deleteClients(
      emails: Iterable<string> | AsyncIterable<string>,
      options?: BulkOptions,
    ): AsyncGenerator<BulkResult, void, undefined>
  }

  /** A client to be made. */
  export type BulkItem = native.ClientOptions & { protocol?: native.Protocol }

  /** Headers of a request or an answer: members by name, and look-ups that do not mind letter case. */
  export interface ApiHeaders {
    get(name: string): string | string[] | undefined
    set(name: string, value: string | number | boolean | string[] | null | undefined, rewrite?: boolean): this
    set(headers: Record<string, unknown>, rewrite?: boolean): this
    has(name: string): boolean
    delete(name: string | string[]): boolean
    toJSON(): Record<string, string | string[]>
    [name: string]: any
  }

  /** One request by `client.api`, with axios's names. */
  export interface ApiRequest {
    url?: string
    method?: string
    baseURL?: string
    headers?: Record<string, any>
    /** Members become the query. */
    params?: any
    /** An object is sent as JSON; text, bytes and forms as they are. */
    data?: any
    /** In milliseconds; 0 is for ever. */
    timeout?: number
    responseType?: 'json' | 'text' | 'arraybuffer' | 'blob' | 'stream'
    signal?: native.AbortSignalLike
    validateStatus?: ((status: number) => boolean) | null
    /** Makes the request in the place of the client: what `axios-mock-adapter` sets. */
    adapter?: unknown
    httpAgent?: unknown
    httpsAgent?: unknown
    [more: string]: any
  }

  /** The same on its way through interceptors. */
  export interface ApiRequestUnderWay extends ApiRequest {
    headers: ApiHeaders
  }

  /** An answer to a request by `client.api`. */
  export interface ApiResponse<T = any> {
    data: T
    status: number
    statusText: string
    headers: ApiHeaders
    config: ApiRequestUnderWay
    request?: unknown
  }

  /** Functions before requests or behind answers. */
  export interface ApiInterceptors<T> {
    use(
      fulfilled?: ((value: T) => T | Promise<T>) | null,
      rejected?: ((error: any) => unknown) | null,
      options?: { synchronous?: boolean; runWhen?: ((config: ApiRequestUnderWay) => boolean) | null },
    ): number
    eject(id: number): void
    clear(): void
  }

  /** `client.api`. Callable, with axios's members. */
  export interface ApiInstance {
    <T = any>(config: ApiRequest): Promise<ApiResponse<T>>
    <T = any>(url: string, config?: ApiRequest): Promise<ApiResponse<T>>
    defaults: ApiRequest & { headers: Record<string, any> }
    interceptors: { request: ApiInterceptors<ApiRequestUnderWay>; response: ApiInterceptors<ApiResponse> }
    request<T = any>(config: ApiRequest): Promise<ApiResponse<T>>
    get<T = any>(url: string, config?: ApiRequest): Promise<ApiResponse<T>>
    delete<T = any>(url: string, config?: ApiRequest): Promise<ApiResponse<T>>
    head<T = any>(url: string, config?: ApiRequest): Promise<ApiResponse<T>>
    options<T = any>(url: string, config?: ApiRequest): Promise<ApiResponse<T>>
    post<T = any>(url: string, data?: any, config?: ApiRequest): Promise<ApiResponse<T>>
    put<T = any>(url: string, data?: any, config?: ApiRequest): Promise<ApiResponse<T>>
    patch<T = any>(url: string, data?: any, config?: ApiRequest): Promise<ApiResponse<T>>
    getUri(config?: ApiRequest): string
    create(config?: ApiRequest): ApiInstance
  }

  /** How and where sessions are kept. */
  export interface SessionManagerOptions {
    /** What `SessionConfig` gives may be handed over whole. */
    sessionManager?: SessionManager
    /** Redis: what the keys begin with; also in `redisOptions`. */
    keyPrefix?: string
    /** SQL: the table and its columns; also in `databaseOptions`. */
    tableName?: string
    keyColumn?: string
    valueColumn?: string
    expiresColumn?: string
    /** Which of the stores, where more than one connection is given. */
    type?: 'memory' | 'redis' | 'database' | 'custom'
    /** A store of your own; `get`, `set` and `delete` will do. */
    store?: Pick<SessionStore, 'get' | 'set' | 'delete'> & Partial<SessionStore>
    /** Your Redis connection: ioredis, or node-redis 4 and newer. */
    redis?: any
    redisOptions?: { keyPrefix?: string; defaultTTL?: number; [more: string]: any }
    /** Your SQL connection: mysql2, mariadb, pg, better-sqlite3, `node:sqlite`, or anything like one of them. */
    database?: any
    /** Names of the table and its columns; found out by itself for `xui_sessions` and `sessions`. */
    databaseOptions?: {
      tableName?: string
      keyColumn?: string
      valueColumn?: string
      expiresColumn?: string
      defaultTTL?: number
      [more: string]: any
    }
    /** Your own functions. */
    customHandler?: CustomSessionHandlers
    custom?: CustomSessionHandlers
    /** Life of a session in seconds; 3600 when missing. */
    sessionTTL?: number
    /** The same as `sessionTTL`. */
    defaultTTL?: number
    /** Whether a session is renewed before its end; true when missing. */
    autoRefresh?: boolean
    /** The part of its life after which it is renewed; 0.8 when missing. */
    refreshThreshold?: number
  }

  /** Functions that keep sessions. */
  export interface CustomSessionHandlers {
    getSession(key: string): Promise<object | null> | object | null
    setSession(key: string, session: object, ttl: number): Promise<unknown> | unknown
    /** Without it a session that has ended stays where it is. */
    deleteSession?(key: string): Promise<unknown> | unknown
    validateSession?(key: string): Promise<boolean> | boolean
    [more: string]: any
  }

  /**
   * A keeper of sessions. Extend or implement it to bring your own.
   *
   * @example
   * class Nowhere extends ThreeXUI.SessionStore {
   *   async get() {
   *     return null
   *   }
   * }
   * console.log(await new Nowhere().exists('nothing'))
   */
  export class SessionStore {
    get(key: string): Promise<any>
    /** Keeps `value` for `ttl` seconds. */
    set(key: string, value: any, ttl?: number): Promise<unknown>
    delete(key: string): Promise<unknown>
    clear(): Promise<unknown>
    exists(key: string): Promise<boolean>
    getStats?(): SessionStats | Promise<SessionStats>
  }

  /**
   * Sessions in this process's memory: the default.
   *
   * @example
   * const store = new ThreeXUI.MemorySessionStore()
   * console.log(await store.get('nothing'))
   */
  export class MemorySessionStore extends SessionStore {
    constructor()
    getStats(): SessionStats
  }

  /**
   * Sessions in Redis, through your own connection: ioredis, or node-redis 4 and newer.
   *
   * @example
   * const store = new ThreeXUI.RedisSessionStore(redis, { keyPrefix: 'my-app:' })
   * console.log(await store.get('nothing'))
   */
  export class RedisSessionStore extends SessionStore {
    constructor(redis: any, options?: SessionManagerOptions['redisOptions'])
    redis: any
    keyPrefix: string
    defaultTTL: number
    getStats(): Promise<SessionStats>
  }

  /**
   * Sessions in a SQL table, through your own connection: mysql2, mariadb, pg, better-sqlite3, `node:sqlite`.
   *
   * @example
   * const store = new ThreeXUI.DatabaseSessionStore({ query: async () => [[]] }, { tableName: 'my_sessions' })
   * console.log(store.defaultTTL)
   */
  export class DatabaseSessionStore extends SessionStore {
    constructor(database: any, options?: SessionManagerOptions['databaseOptions'])
    db: any
    defaultTTL: number
    /** Deletes what has expired; resolves with how many rows, where the database tells. */
    cleanupExpired(): Promise<number>
    getStats(): Promise<SessionStats>
    /** The statement that makes the table, for MySQL, PostgreSQL and SQLite; `sessions` unless named. */
    static getCreateTableSQL(tableName?: string): string
  }

  /**
   * Sessions kept by functions of your own.
   *
   * @example
   * const store = new ThreeXUI.CustomSessionHandler({ getSession: () => null, setSession() {} })
   * console.log(await store.get('nothing'))
   */
  export class CustomSessionHandler extends SessionStore {
    constructor(handlers: CustomSessionHandlers)
    /** What `validateSession` says; without one, whether something is kept under `key`. False when that fails. */
    validate(key: string): Promise<boolean>
  }

  /**
   * A store and its rules.
   *
   * @example
   * const sessionManager = new ThreeXUI.SessionManager({ sessionTTL: 1800 })
   * const brief = new ThreeXUI(url, 'admin', 'admin', { sessionManager })
   * console.log((await brief.getInbounds()).success)
   */
  export class SessionManager {
    constructor(options?: SessionManagerOptions)
    sessionTTL: number
    autoRefresh: boolean
    refreshThreshold: number
    store: NonNullable<SessionManagerOptions['store']>
    generateSessionKey(baseURL: string, username: string): string
    storeSession(baseURL: string, username: string, sessionData: object): Promise<string>
    getSession(baseURL: string, username: string): Promise<any>
    hasValidSession(baseURL: string, username: string): Promise<boolean>
    shouldRefreshSession(session: { createdAt?: number }): boolean
    deleteSession(baseURL: string, username: string): Promise<void>
    clearAllSessions(): Promise<void>
    getStats(): Promise<SessionStats>
  }

  /** What a session store keeps. */
  export interface SessionStats {
    /** Whether the store could be reached. */
    connected?: boolean
    size?: number
    keys?: string[]
    message?: string
    [more: string]: any
  }

  /**
   * A session manager for options.
   *
   * @example
   * const sessionManager = ThreeXUI.createSessionManager({ sessionTTL: 1800 })
   * console.log(sessionManager.sessionTTL)
   */
  export function createSessionManager(options?: SessionManagerOptions): SessionManager
  /**
   * A store in this process's memory.
   *
   * @example
   * const store = ThreeXUI.createMemoryStore()
   * console.log(await store.get('nothing'))
   */
  export function createMemoryStore(): MemorySessionStore
  /**
   * A store in Redis.
   *
   * @example
   * const store = ThreeXUI.createRedisStore(redis)
   * console.log(await store.get('nothing'))
   */
  export function createRedisStore(
    redis: any,
    options?: SessionManagerOptions['redisOptions'],
  ): RedisSessionStore
  /**
   * A store in a SQL table.
   *
   * @example
   * const store = ThreeXUI.createDatabaseStore({ query: async () => [[]] })
   * console.log(store.defaultTTL)
   */
  export function createDatabaseStore(
    database: any,
    options?: SessionManagerOptions['databaseOptions'],
  ): DatabaseSessionStore
  /**
   * A store of a program's own functions.
   *
   * @example
   * const store = ThreeXUI.createCustomHandler({ getSession: () => null, setSession() {} })
   * console.log(await store.get('nothing'))
   */
  export function createCustomHandler(handlers: CustomSessionHandlers): CustomSessionHandler

  /**
   * Options for where sessions are kept.
   *
   * @example
   * const other1 = new ThreeXUI(url, 'admin', 'admin', ThreeXUI.SessionConfig.memory())
   * console.log((await other1.getInbounds()).success)
   */
  export const SessionConfig: {
    memory(): SessionChoice
    redis(redis: any, options?: SessionManagerOptions['redisOptions']): SessionChoice
    database(database: any, options?: SessionManagerOptions['databaseOptions']): SessionChoice
    custom(handlers: CustomSessionHandlers): SessionChoice
  }

  /** A part of the constructor's options. */
  export interface SessionChoice {
    sessionManager: SessionManager
  }

  /*
   * Credentials without a client.
   */

  /** A key pair in WireGuard's spelling. */
  export interface WireGuardKeys {
    privateKey: string
    publicKey: string
    /** The keys with `allowedIPs` and `keepAlive`. */
    generateClientConfig: (allowedIPs?: string[]) => native.WireGuardCredentials
  }

  /** A key pair in REALITY's spelling. */
  export interface RealityKeys {
    privateKey: string
    publicKey: string
    /** `realitySettings` of an inbound that imitates a site. */
    generateRealityConfig: (dest?: string, serverNames?: string[]) => RealitySettings
  }

  /** `realitySettings` of an inbound's `streamSettings`. */
  export interface RealitySettings {
    show: boolean
    dest: string
    xver: number
    serverNames: string[]
    privateKey: string
    shortIds: string[]
    settings: { publicKey: string; fingerprint: string; [more: string]: any }
    [more: string]: any
  }

  /**
   * Credentials without a client or a panel.
   *
   * @example
   * const uuid = ThreeXUI.CredentialGenerator.generateSecureUUID()
   * console.log(uuid)
   */
  export class CredentialGenerator {
    /** A random UUID (version 4). */
    static generateUUID(): string
    /** The same. */
    static generateSecureUUID(): string
    /** A random password, of 16 characters unless told otherwise. */
    static generatePassword(length?: number, options?: native.PasswordOptions): string
    /** A key in base64 for a cipher of Shadowsocks 2022. */
    static generateShadowsocks2022PSK(method?: string): string
    static generateWireGuardKeys(): WireGuardKeys
    static generateRealityKeys(): RealityKeys
    /** A user name for SOCKS and HTTP accounts. */
    static generateUsername(prefix?: string): string
    /** A client identifier. */
    static generateClientIdentifier(prefix?: string): string
    static getRecommendedShadowsocksCipher(): string
    static getShadowsocksCipherMethods(): string[]
    /** A random port, 10000 to 65535 unless told otherwise. */
    static generatePort(min?: number, max?: number): number
    /** A short id of REALITY. */
    static generateRealityShortId(): string
    /** Everything that a client of a protocol needs to connect. */
    static generateForProtocol<P extends native.Protocol>(
      protocol: P,
      options?: native.CredentialOptions,
    ): native.MergedCredentials<P>
    /** The same for many clients at once; no two have the same identifier. */
    static generateBulk<P extends native.Protocol>(
      protocol: P,
      count: number,
      options?: native.CredentialOptions,
    ): native.MergedCredentials<P>[]
    /** Whether credentials have what their protocol needs. */
    static validateCredentials(credentials: object, protocol: native.Protocol): native.ValidationResult
  }

  /*
   * Builders of inbounds.
   */

  /** An inbound as a builder makes it. */
  export interface BuilderConfig {
    protocol: string
    /** JSON text. */
    settings: any
    /** JSON text. */
    streamSettings?: any
    remark?: string
    port?: number
    listen?: string
    enable?: boolean
  }

  /** The same as `addInbound` takes it; `remark` and `port` have to be set before. */
  export interface BuiltInbound extends BuilderConfig {
    remark: string
    port: number
  }

  export interface TLSOptions {
    serverName?: string
    /** As xray's `certificates`. */
    certificates?: any[]
    /** On the server. */
    certFile?: string
    /** On the server. */
    keyFile?: string
  }

  export interface RealityOptions {
    /** Made up when missing. */
    keys?: Pick<RealityKeys, 'privateKey' | 'publicKey'>
    /** The site that is imitated, with its port. */
    dest?: string
    serverNames?: string[]
    shortIds?: string[]
  }

  export interface WebSocketOptions {
    path?: string
    headers?: Record<string, string>
  }

  export interface HTTP2Options {
    path?: string
    host?: string[]
  }

  export interface GRPCOptions {
    serviceName?: string
  }

  /** A client in a builder: `totalGB` is in bytes here, as the panel stores it. */
  export type BuilderClientOptions = native.CredentialOptions & Partial<native.ClientFields>

  /**
   * What all builders of inbounds have in common. `config` is what `build()` makes an inbound of.
   *
   * @example
   * const builder = new ThreeXUI.BaseBuilder()
   * console.log(builder.port(8443).remark('main').config.port)
   */
  export class BaseBuilder {
    constructor()
    /** The inbound so far. */
    config: Record<string, any>
    /** Its name on the panel. */
    remark(remark: string): this
    port(port: number): this
    /** A random port within a range. */
    randomPort(min?: number, max?: number): this
    /** The address to listen on; all of them unless one is named. */
    listen(listen?: string): this
    enable(enabled?: boolean): this
    /** The inbound as `addInbound` takes it. */
    build(): BuiltInbound
  }

  /**
   * An inbound of vless.
   *
   * @example
   * const inbound = new ThreeXUI.VLESSBuilder().port(8443).remark('main').build()
   * console.log(inbound.protocol)
   */
  export class VLESSBuilder extends BaseBuilder {
    /** A client with generated credentials. */
    addClient(options?: BuilderClientOptions): this
    /** The transport: `tcp`, `ws`, `grpc`, … */
    network(network: string): this
    tls(options?: TLSOptions): this
    reality(options?: RealityOptions): this
    websocket(options?: WebSocketOptions): this
    http2(options?: HTTP2Options): this
    grpc(options?: GRPCOptions): this
    /** The flow of the clients added so far. */
    flow(flow: string): this
  }

  /**
   * An inbound of vmess.
   *
   * @example
   * const inbound = new ThreeXUI.VMESSBuilder().port(8444).remark('main').build()
   * console.log(inbound.protocol)
   */
  export class VMESSBuilder extends BaseBuilder {
    /** A client with generated credentials. */
    addClient(options?: BuilderClientOptions): this
    /** The transport: `tcp`, `ws`, … */
    network(network: string): this
    tls(options?: TLSOptions): this
    websocket(options?: WebSocketOptions): this
  }

  /**
   * An inbound of trojan.
   *
   * @example
   * const inbound = new ThreeXUI.TrojanBuilder().port(8445).remark('main').build()
   * console.log(inbound.protocol)
   */
  export class TrojanBuilder extends BaseBuilder {
    /** A client with generated credentials. */
    addClient(options?: BuilderClientOptions): this
    tls(options?: TLSOptions): this
    /** Where to send what is not trojan. */
    fallbacks(fallbacks: any[]): this
  }

  /**
   * An inbound of Shadowsocks.
   *
   * @example
   * const inbound = new ThreeXUI.ShadowsocksBuilder().port(8446).remark('main').build()
   * console.log(inbound.protocol)
   */
  export class ShadowsocksBuilder extends BaseBuilder {
    /** The cipher. */
    method(method: string): this
    /** A random one when none is given. */
    password(password?: string): this
    generatePassword(length?: number): this
    /** `tcp`, `udp` or `tcp,udp`. */
    network(network: string): this
  }

  /**
   * An inbound of WireGuard.
   *
   * @example
   * const inbound = new ThreeXUI.WireGuardBuilder().port(8447).remark('main').build()
   * console.log(inbound.protocol)
   */
  export class WireGuardBuilder extends BaseBuilder {
    /** A random pair when none is given. */
    serverKeys(keys?: Pick<WireGuardKeys, 'privateKey'>): this
    /** The server's addresses inside the tunnel. */
    address(addresses: string | string[]): this
    addPeer(options?: PeerOptions): this
    mtu(mtu: number): this
  }

  /** A peer of a WireGuard inbound. */
  export interface PeerOptions {
    /** Made up when missing. */
    keys?: { publicKey: string; privateKey?: string }
    allowedIPs?: string[]
    /** Seconds. */
    keepAlive?: number
    [more: string]: any
  }

  /**
   * Builders by protocol.
   *
   * @example
   * const inbound = ThreeXUI.ProtocolBuilder.vless().port(8443).remark('main').build()
   * await client.addInbound(inbound)
   */
  export class ProtocolBuilder {
    static vless(): VLESSBuilder
    static vmess(): VMESSBuilder
    static trojan(): TrojanBuilder
    static shadowsocks(): ShadowsocksBuilder
    static wireguard(): WireGuardBuilder
    /** Whole inbounds in one call. */
    static templates: {
      vlessReality(options?: VlessRealityTemplate): BuiltInbound
      vmessWsTls(options?: TlsTemplate & { path?: string }): BuiltInbound
      trojanTls(options?: TlsTemplate): BuiltInbound
      shadowsocks(options?: ShadowsocksTemplate): BuiltInbound
    }
  }

  export interface VlessRealityTemplate {
    remark?: string
    dest?: string
    serverNames?: string[]
    client?: BuilderClientOptions
    [more: string]: any
  }

  export interface TlsTemplate {
    remark?: string
    /** 443 when missing. */
    port?: number
    serverName?: string
    certFile?: string
    keyFile?: string
    client?: BuilderClientOptions
    [more: string]: any
  }

  export interface ShadowsocksTemplate {
    remark?: string
    method?: string
    passwordLength?: number
    [more: string]: any
  }

  /*
   * Web frameworks. Their requests and responses are `any` here: no framework is needed for these types.
   */

  /** The panel whose client requests carry. */
  export interface NextJSConfig {
    baseURL: string
    username: string
    password: string
    sessionManager?: SessionManager | SessionManagerOptions
  }

  export interface ExpressMiddlewareConfig extends NextJSConfig {
    /** Where in the request the client is; `3xui_client` when missing. */
    sessionKey?: string
  }

  /** What `withThreeXUI` adds to a request. */
  export interface PanelRequest {
    threeXUI: ThreeXUI
    generateCredentials: ThreeXUI['generateCredentials']
    addClientWithCredentials: ThreeXUI['addClientWithCredentials']
  }

  /** A handler of Next.js. */
  export type NextHandler<Req = any, Res = any> = (req: Req, res: Res) => Promise<any>

  /**
   * Express middleware that puts a logged-in client into each request.
   *
   * @example
   * const middleware = ThreeXUI.createExpressMiddleware({ baseURL: url, username: 'admin', password: 'admin' })
   * console.log(typeof middleware)
   */
  export function createExpressMiddleware(
    config: ExpressMiddlewareConfig,
  ): (req: any, res: any, next: (error?: any) => void) => Promise<void>

  /**
   * A Next.js API handler whose requests carry a logged-in client.
   *
   * @example
   * const handler = ThreeXUI.withThreeXUI(
   *   { baseURL: url, username: 'admin', password: 'admin' },
   *   async (req, res) => res.json(await req.threeXUI.getInbounds()),
   * )
   * console.log(typeof handler)
   */
  export function withThreeXUI<Req = any, Res = any>(
    config: NextJSConfig,
    handler: (req: Req & PanelRequest, res: Res) => unknown,
  ): NextHandler<Req, Res>

  /**
   * The four handlers that the browser's side (`createReactHook`) talks to.
   *
   * @example
   * const routes = ThreeXUI.createNextjsRoutes({ baseURL: url, username: 'admin', password: 'admin' })
   * console.log(Object.keys(routes))
   */
  export function createNextjsRoutes(
    config: NextJSConfig,
  ): Record<'inbounds' | 'generateCredentials' | 'addClient' | 'clientTraffic', NextHandler>

  /**
   * The browser's side: calls to an app's own endpoints.
   *
   * @example
   * const { getInbounds } = ThreeXUI.createReactHook('/api/3xui')
   * console.log(typeof getInbounds)
   */
  export function createReactHook(apiEndpoint?: string): ReactHookMethods

  /** What the endpoints answer is up to the app: a list, or the panel's answer as `createNextjsRoutes` passes it on. */
  export interface ReactHookMethods {
    generateCredentials(protocol: native.Protocol, options?: native.CredentialOptions): Promise<any>
    addClientWithCredentials(
      inboundId: native.Id,
      protocol: native.Protocol,
      options?: native.ClientOptions,
    ): Promise<any>
    getInbounds(): Promise<any[] & { [more: string]: any }>
    getClientTraffic(email: native.Email): Promise<any>
  }

  /*
   * Security helpers.
   */

  export type SecurityMonitor = native.SecurityMonitor

  /**
   * Checks and helpers about security, in five parts.
   *
   * @example
   * const strength = ThreeXUI.SecurityEnhancer.CredentialSecurity.validateCredentialStrength('a-password', 'password')
   * console.log(strength)
   */
  export const SecurityEnhancer: {
    InputValidator: {
      /** An http or https URL without blanks around it and without a slash at its end. */
      validateURL(url: string): string
      validateUsername(username: string): string
      validatePassword(password: string): string
      /** A copy, checked, with its nested objects as JSON text. */
      validateInboundConfig(config: native.InboundConfig): native.InboundConfig
      /** A copy, checked, with its settings as JSON text. */
      validateClientConfig(config: native.ClientConfig): native.ClientConfig
    }
    SecureHeaders: {
      /** The headers that every request carries. */
      getSecureHeaders(options?: { userAgent?: string; enableCSP?: boolean }): Record<string, string>
    }
    SecurityMonitor: typeof native.SecurityMonitor
    CredentialSecurity: {
      /** A short hash to put into a log in the place of a value. */
      hashForLogging(value: string): string
      validateCredentialStrength(
        credential: unknown,
        type?: 'password' | 'uuid' | 'port',
      ): native.CredentialStrength
      /** A random token in hexadecimal. */
      generateSessionToken(bytes?: number): string
    }
    ErrorSecurity: {
      /** An error with the message alone. */
      sanitizeError(error: unknown, isDevelopment?: boolean): Error
      /** Writes an error to the console, without what identifies the account. */
      logError(error: unknown, context?: Record<string, unknown>): void
    }
  }

  /**
   * Anything that goes wrong with the panel.
   *
   * @example
   * try {
   *   await client.addClientWithCredentials(99, 'vless', {})
   * } catch (error) {
   *   if (error instanceof ThreeXUI.ThreeXUIError) console.log(error.code, error.message)
   *   else throw error
   * }
   */
  export class ThreeXUIError extends Error {
    /** `ECONNREFUSED`, `ECONNABORTED`, `ERR_VALIDATION`, `ERR_BAD_REQUEST`, … */
    code?: string
    /** The HTTP status of the panel's answer. */
    status?: number
    /**
     * Of a call that changes something: `not-applied` where the panel is known not to have done it, `unknown` where it may
     * have done it, or a part of it, and nothing on the panel tells. Missing where nothing is said of that.
     */
    outcome?: 'not-applied' | 'unknown'
    /** The call. */
    config?: { method: string; url: string; baseURL: string; [more: string]: any }
    /** The panel's answer, without cookies. */
    response?: { status: number; statusText: string; headers: Record<string, string>; data: any }
    readonly isAxiosError: boolean
    toJSON(): object
  }
  /** The panel refused the credentials or the token. */
  export class AuthenticationError extends ThreeXUIError {}
  /** Too many logins were sent within the hour; this one was not. */
  export class LoginRateLimitError extends ThreeXUIError {}
  /** An argument breaks a rule; nothing was sent. */
  export class ValidationError extends ThreeXUIError {
    /** The argument or field, as you wrote it. */
    field: string
  }
  /** What was named does not exist on the panel. */
  export class NotFoundError extends ThreeXUIError {}
  /** What was to be changed has been changed by somebody else; nothing was written. */
  export class ConflictError extends ThreeXUIError {}
  /** This panel's version cannot do it. */
  export class UnsupportedByPanelError extends ThreeXUIError {}
  /** No answer within the time limit, a queue that stood still for as long, or the deadline of the call. */
  export class TimeoutError extends ThreeXUIError {}
  /** The panel could not be reached, or the connection broke. */
  export class NetworkError extends ThreeXUIError {}
  /** The TLS connection could not be made. */
  export class TlsError extends ThreeXUIError {}
  /** The panel answered with an error, or with something that is no answer. */
  export class PanelError extends ThreeXUIError {}
}

export = ThreeXUI
