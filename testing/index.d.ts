/*
 * Types of the panel to test against.
 */

/** A panel version that has been compared with recordings of real panels. `newest` is the newest of them. */
export type PanelVersion =
  | '2.3.15'
  | '2.5.8'
  | '2.6.7'
  | '2.8.11'
  | '2.9.4'
  | '3.0.2'
  | '3.1.0'
  | '3.3.1'
  | '3.6.0'
  | 'HEAD'
  | 'newest'

/** Any release between them, as `3.2.8`. */
export type PanelRelease = PanelVersion | `${2 | 3}.${number}.${number}`

/** The versions that have been compared with recordings, oldest first. */
export const VERSIONS: readonly PanelVersion[]

/** Every version that can be played, from 2.3.0 on, oldest first: those in between by what is known of their source. */
export const RELEASES: readonly PanelRelease[]

export interface PanelOptions {
  /** Default: the newest. */
  version?: PanelRelease
  /** Where to listen on loopback. Default: 0, any free port. */
  port?: number
  /** Default: `admin`. */
  username?: string
  /** Default: `admin`. */
  password?: string
  /** The panel's `webBasePath`. Default: `/`. */
  basePath?: string
  /** Inbounds that are there from the start. */
  inbounds?: InboundSeed[]
  /** The API token (3.0 and later). Default: a random one. */
  apiToken?: string
  /** The panel's clock, milliseconds. Default: `Date.now`. */
  now?: () => number
  /** Faults that it has from the start. Default: none, every write is handled at once and completely. */
  faults?: PanelFaults
}

/** Faults of a panel that last. */
export interface PanelFaults {
  /**
   * Writes take time, and those that meet are handled as the version handles them:
   *
   * - 2.x: writes that change an inbound each take it as it is when they begin and put all of it back when they end,
   *   so the last to end undoes the others, whose answers say success. And `addClient`, on any inbound, mostly fails
   *   with status 500 and no body when another write ends while it is handled: its traffic row is stored, its client
   *   is not.
   * - 3.0: the last to end undoes the others of the same inbound; none fails. Traffic rows are stored for all.
   * - 3.1 and later: writes are handled one after another, nothing is lost.
   *
   * `true` for the defaults. Default: false.
   */
  concurrentWrites?: boolean | ConcurrentWrites
  /**
   * A write that names more clients than this is answered with status 500, no body, and nothing is stored. Counted are
   * the `clients` of `settings`, the `emails` and the items of a list. Default: no limit.
   */
  largestBatch?: number
}

/** How writes meet. */
export interface ConcurrentWrites {
  /** How long a write takes, milliseconds. Default: 5. */
  ms?: number
  /** 2.x: how likely a write that ends is to make an `addClient` beside it fail, from 0 to 1. Default: 0.9. */
  crashRate?: number
  /** Which of them fail is drawn from this; the same draws for the same seed. Default: 1. */
  seed?: number
}

/** An inbound as `inbounds/add` takes it; `settings`, `streamSettings` and `sniffing` may be objects or JSON text. */
export interface InboundSeed {
  port: number
  protocol: string
  remark?: string
  /** Default: true. */
  enable?: boolean
  listen?: string
  /** Milliseconds, 0 for never. */
  expiryTime?: number
  /** Bytes, 0 for unlimited. */
  total?: number
  /** Default: no clients. */
  settings?: object | string
  streamSettings?: object | string
  sniffing?: object | string
}

/** A request that the panel received. */
export interface ReceivedRequest {
  method: string
  /** With base path and query. */
  path: string
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>
  body: string
  /** The panel's clock, milliseconds. */
  at: number
  /** What it was answered with; missing while it waits, and for a connection that was cut. */
  status?: number
}

/** Trouble for one or more requests. */
export interface Fault {
  /** Only requests with this verb. */
  method?: string
  /** Only paths that end so, or match. Default: any. */
  path?: string | RegExp
  /** How many requests it hits. Default: 1. */
  times?: number
  /** Default: 200. */
  status?: number
  /** Text is sent as HTML unless `headers` say otherwise, an object as JSON. */
  body?: string | object
  headers?: Record<string, string>
  /**
   * Cut the connection instead of answering. A client sends a read once more when a connection that it kept ends so: `times: 2`
   * makes it fail.
   */
  destroy?: boolean
  /**
   * What the request has done by then. False: nothing. True: everything; without `status` and `body` its own answer is
   * sent (with `destroy`: is lost). `'half'`: traffic rows, addresses and the client table are as after it, the
   * settings of inbounds, and which clients are in them, as before it; without `status` and `body` the answer is the
   * one of a handler that crashed. Default: false.
   */
  applied?: boolean | 'half'
}

/** A running panel. */
export interface TestPanel {
  /** Give this to the client. No slash at its end. */
  readonly url: string
  /** Which version it plays now. */
  readonly version: Exclude<PanelVersion, 'newest'>
  /** The API token; null where the version knows none. */
  readonly token: string | null
  /** Everything received so far, oldest first. */
  readonly requests: ReceivedRequest[]
  /** How many logins with credentials were received. */
  readonly logins: number
  /** The stored inbounds, `settings` as object. */
  readonly inbounds: (Required<InboundSeed> & { id: number; tag: string; settings: any })[]
  /** Stores an inbound and gives its id. */
  addInbound(inbound: InboundSeed): number
  /** Forgets all sessions, as after a restart with another secret. */
  expireSessions(): void
  /** Makes every CSRF token given out so far a stale one. */
  rotateCsrf(): void
  /**
   * Ends what is under way, cutting connections, and starts again on the same port with the same state: as `version`,
   * which may be a newer one and then takes over the state as a real panel does at an upgrade. From 3.1 on clients get
   * their records, from 3.2 on entries without a `subId` get one, and settings that nobody changed become those of the
   * new version. Sessions and CSRF tokens stay, but for upgrades to 2.8 and from 2.x to 3.0 and later, which end all
   * sessions; the API token stays or is made. Throws a RangeError for an older version.
   */
  restart(options?: { version?: PanelRelease }): Promise<void>
  /** Answers the next matching requests so instead. `applied` says whether they are carried out all the same. */
  failNext(fault?: Fault): void
  /** Lets every answer wait, milliseconds, until the next `delay` or `close`; 0 ends it. */
  delay(ms: number): void
  /** Sets the counters of a client, bytes. Throws where there is no such client. */
  setTraffic(email: string, counters: { up?: number; down?: number }): void
  /** Sets the counters of an inbound, bytes. */
  setInboundTraffic(id: number, counters: { up?: number; down?: number }): void
  /** Sets the addresses seen of a client. `at` in milliseconds; default: now. Throws where there is no such client. */
  setIps(email: string, ips: string[], at?: number): void
  /** Sets who is connected; null is what a panel says of that before it has asked xray for the first time. */
  setOnline(emails: string[] | null): void
  /** Ends it, cutting what is open. */
  close(): Promise<void>
}

/**
 * Starts a panel on loopback.
 *
 * @example
 * const { startPanel } = require('3xui-api-client/testing')
 * const panel = await startPanel({ version: '2.8.11', inbounds: [{ port: 443, protocol: 'vless' }] })
 * const client = new ThreeXUI(panel.url, 'admin', 'admin')
 * await client.addClientWithCredentials(1, 'vless')
 * console.log(panel.requests.map(({ method, path }) => `${method} ${path}`))
 * await panel.close()
 */
export function startPanel(options?: PanelOptions): Promise<TestPanel>
