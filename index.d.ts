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

  generateCredentials<P extends native.Protocol>(
    protocol: P,
    options?: native.CredentialOptions,
  ): native.CredentialsOf<P>
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
   */
  updateClientWithCredentials(
    clientId: string,
    inboundId: native.Id,
    options?: native.ClientOptions,
  ): Promise<native.UpdatedClient>

  /** What the session store keeps, and whether it could be reached. Rejects where it could not. */
  getSessionStats(): Promise<ThreeXUI.SessionStats>

  /** Forgets all sessions in the store, this client's too. */
  clearAllSessions(): Promise<void>
}

declare namespace ThreeXUI {
  export { ThreeXUI, ThreeXUI as default }

  export import Id = native.Id
  export import Email = native.Email
  export import Reply = native.Reply
  export import Inbound = native.Inbound
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

  /*
   * Names of the original library.
   */
  export import LoginResponse = native.LoginResult
  export import ModernApiResponse = native.Reply
  export type SessionConfig = SessionManagerOptions

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
    /** Time limit of one request in milliseconds; 30000 when missing. */
    timeout?: number
    /** What the client calls itself. */
    userAgent?: string
    /** Sends `Content-Security-Policy: default-src 'none'`. */
    enableCSP?: boolean
    /** Where sessions are kept; in memory when missing. */
    sessionManager?: SessionManager | SessionManagerOptions
    /** Logins within an hour before the client refuses to send another; 10 when missing. */
    maxLoginAttemptsPerHour?: number
    /** Requests within a minute before the activity log mentions it; 60 when missing. Never a limit. */
    maxRequestsPerMinute?: number
    /** The least time between a login and a renewed one in milliseconds; 500 when missing. */
    loginRetryBackoff?: number
    [more: string]: any
  }

  /** How and where sessions are kept. */
  export interface SessionManagerOptions {
    /** Which of the stores, where more than one connection is given. */
    type?: 'memory' | 'redis' | 'database' | 'custom'
    /** A store of your own; `get`, `set` and `delete` will do. */
    store?: Pick<SessionStore, 'get' | 'set' | 'delete'> & Partial<SessionStore>
    /** Your Redis connection: ioredis, or node-redis 4 and newer. */
    redis?: any
    redisOptions?: { keyPrefix?: string; defaultTTL?: number }
    /** Your SQL connection: anything with `query(sql, values)`. */
    database?: any
    /** Names of the table and its columns; found out by itself for `xui_sessions` and `sessions`. */
    databaseOptions?: {
      tableName?: string
      keyColumn?: string
      valueColumn?: string
      expiresColumn?: string
      defaultTTL?: number
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
    deleteSession(key: string): Promise<unknown> | unknown
    validateSession?(key: string): Promise<boolean> | boolean
  }

  /** A keeper of sessions. */
  export interface SessionStore {
    get(key: string): Promise<any>
    set(key: string, value: any, ttl?: number): Promise<unknown>
    delete(key: string): Promise<unknown>
    clear(): Promise<unknown>
    exists(key: string): Promise<boolean>
    getStats?(): SessionStats | Promise<SessionStats>
  }

  /** A store and its rules. */
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

  export function createSessionManager(options?: SessionManagerOptions): SessionManager

  /** Anything that goes wrong with the panel. */
  export class ThreeXUIError extends Error {
    /** `ECONNREFUSED`, `ECONNABORTED`, `ERR_VALIDATION`, `ERR_BAD_REQUEST`, … */
    code?: string
    /** The HTTP status of the panel's answer. */
    status?: number
    /** The call. */
    config?: { method: string; url: string; baseURL: string }
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
  /** This panel's version cannot do it. */
  export class UnsupportedByPanelError extends ThreeXUIError {}
  /** No answer within the time limit. */
  export class TimeoutError extends ThreeXUIError {}
  /** The panel could not be reached, or the connection broke. */
  export class NetworkError extends ThreeXUIError {}
  /** The TLS connection could not be made. */
  export class TlsError extends ThreeXUIError {}
  /** The panel answered with an error, or with something that is no answer. */
  export class PanelError extends ThreeXUIError {}
}

export = ThreeXUI
