/*
 * Calls of what hangs on the export: generators, session managers, security parts. Each is made with a library and
 * returns what can be compared of what came of it.
 */

const PANEL = 'https://panel.example'
const UUID = 'ecc322b8-a458-4583-ac98-e343aefb5ac5'
const DAY = 86_400_000

/** Arguments as calls of a function by its path. */
const at = (path, table, shown = (value) => value) =>
  Object.fromEntries(
    Object.entries(table).map(([label, args]) => [
      label,
      (Library) => {
        const parts = path.split('.')
        const name = parts.pop()
        return shown(parts.reduce((holder, part) => holder[part], Library)[name](...args))
      },
    ]),
  )

const form = (value) =>
  String(value)
    .replace(/[0-9a-f]/g, 'x')
    .replace(/[g-z]/g, 'x')
const sizes = (pair) => Object.fromEntries(Object.entries(pair).map(([name, value]) => [name, value.length]))
const alphabet = (pattern) => (text) => ({ length: text.length, fits: pattern.test(text) })
const members = (value) => (Array.isArray(value) ? value.map(members) : Object.keys(value))

const generators = {
  generateUUID: [{ plain: [] }, form],
  generateSecureUUID: [{ plain: [] }, form],
  generatePassword: [
    { plain: [], length: [24], symbols: [40, { includeSymbols: true }] },
    ({ length }) => length,
  ],
  generateShadowsocks2022PSK: [
    { plain: [], long: ['2022-blake3-aes-256-gcm'], short: ['2022-blake3-aes-128-gcm'], unknown: ['rot13'] },
    alphabet(/^[A-Za-z0-9+/]+=*$/),
  ],
  _generateX25519KeyPair: [{ plain: [] }, sizes],
  generateWireGuardKeys: [
    { plain: [] },
    ({ privateKey, publicKey, generateClientConfig }) => [
      privateKey.length,
      publicKey.length,
      members(generateClientConfig(['10.0.0.2/32'])),
    ],
  ],
  generateRealityKeys: [
    { plain: [] },
    ({ privateKey, publicKey, generateRealityConfig }) => [
      privateKey.length,
      publicKey.length,
      members(generateRealityConfig('site.example:443', ['site.example'])),
    ],
  ],
  generateUsername: [
    { plain: [], prefix: ['someone'], number: [5], empty: [''] },
    (name) => name.replace(/_.*/, '_…'),
  ],
  generateClientIdentifier: [
    { plain: [], prefix: ['vip'], number: [5], empty: [''] },
    (name) => name.replace(/_.*/, '_…'),
  ],
  getRecommendedShadowsocksCipher: [{ plain: [] }],
  getShadowsocksCipherMethods: [{ plain: [] }],
  generatePort: [{ 'a range of one': [5000, 5000] }],
  generateRealityShortId: [{ plain: [] }, (id) => /^[0-9a-f]+$/.test(id)],
  generateForProtocol: [
    {
      vless: ['vless'],
      vmess: ['vmess', { email: 'a' }],
      trojan: ['trojan'],
      http: ['http'],
      unknown: ['gopher'],
    },
    members,
  ],
  generateBulk: [{ two: ['vless', 2], none: ['vless', 0], unknown: ['gopher', 1] }, members],
  validateCredentials: [
    {
      good: [{ id: UUID }, 'vless'],
      bad: [{ id: 'x' }, 'vless'],
      short: [{ password: 'short' }, 'trojan'],
      unknown: [{}, 'gopher'],
    },
  ],
}

const of = (Library, options) => new Library.SessionManager(options)
const kept = { cookie: '3x-ui=abc', csrfToken: null }
const plain = ({ createdAt, ...rest }) => ({ ...rest, createdAt: typeof createdAt })

/** A manager with one session, and what it says. */
const withSession = (ask, options) => async (Library) => {
  const manager = of(Library, options)
  await manager.storeSession(PANEL, 'admin', kept)
  try {
    return await ask(manager)
  } finally {
    await manager.clearAllSessions()
  }
}

/** Within one millisecond a session has no age. */
function inAMillisecond(ask) {
  const now = Date.now()
  while (Date.now() === now);
  return ask()
}

const managers = {
  generateSessionKey: {
    plain: (Library) => of(Library).generateSessionKey(PANEL, 'admin'),
    'another user': (Library) => of(Library).generateSessionKey(PANEL, 'root'),
  },
  storeSession: {
    'what is returned': async (Library) => {
      const manager = of(Library)
      const key = await manager.storeSession(PANEL, 'admin', kept)
      await manager.clearAllSessions()
      return key
    },
  },
  getSession: {
    kept: withSession(async (manager) => plain(await manager.getSession(PANEL, 'admin'))),
    'another user': withSession((manager) => manager.getSession(PANEL, 'root')),
  },
  hasValidSession: {
    kept: withSession((manager) => manager.hasValidSession(PANEL, 'admin')),
    'another user': withSession((manager) => manager.hasValidSession(PANEL, 'root')),
    'renewed at once': withSession((manager) => inAMillisecond(() => manager.hasValidSession(PANEL, 'admin')), {
      refreshThreshold: 1e-9,
    }),
    'never renewed': withSession((manager) => manager.hasValidSession(PANEL, 'admin'), {
      autoRefresh: false,
      refreshThreshold: 1e-9,
    }),
  },
  shouldRefreshSession: {
    young: (Library) => of(Library).shouldRefreshSession({ createdAt: Date.now() }),
    old: (Library) => of(Library).shouldRefreshSession({ createdAt: Date.now() - DAY }),
    'without a time': (Library) => of(Library).shouldRefreshSession({}),
  },
  deleteSession: {
    kept: withSession(async (manager) => {
      await manager.deleteSession(PANEL, 'admin')
      return manager.getSession(PANEL, 'admin')
    }),
  },
  clearAllSessions: {
    kept: withSession(async (manager) => {
      await manager.clearAllSessions()
      return manager.getSession(PANEL, 'admin')
    }),
  },
  getStats: {
    kept: withSession((manager) => manager.getStats()),
    'of a store without any': (Library) => of(Library, { store: { get: async () => null } }).getStats(),
  },
}

const settings = ({ sessionManager }) => [
  typeof sessionManager.getSession,
  sessionManager.store.constructor.name,
  sessionManager.sessionTTL,
]
const functionsOnly = {
  getSession: async () => null,
  setSession: async () => {},
  deleteSession: async () => {},
}

const sessions = {
  createSessionManager: {
    plain: (Library) => settings({ sessionManager: Library.createSessionManager() }),
    'a time of its own': (Library) =>
      settings({ sessionManager: Library.createSessionManager({ sessionTTL: 60 }) }),
  },
  'SessionConfig.memory': { plain: (Library) => settings(Library.SessionConfig.memory()) },
  'SessionConfig.redis': { plain: (Library) => settings(Library.SessionConfig.redis({ get() {} })) },
  'SessionConfig.database': { plain: (Library) => settings(Library.SessionConfig.database({ query() {} })) },
  'SessionConfig.custom': { plain: (Library) => settings(Library.SessionConfig.custom(functionsOnly)) },
}

const inbound = (more) => ({ port: 443, protocol: 'vless', settings: { clients: [] }, ...more })
const validator = {
  validateURL: {
    plain: [PANEL],
    'slash at its end': [`${PANEL}/`],
    blanks: [` ${PANEL} `],
    'another protocol': ['ftp://a'],
    text: ['x'],
    empty: [''],
    null: [null],
  },
  validateUsername: {
    plain: ['admin'],
    blanks: [' admin '],
    sign: ['a+b@c.d'],
    empty: [' '],
    blank: ['a b'],
    long: ['x'.repeat(101)],
    number: [5],
  },
  validatePassword: { plain: ['secret'], blanks: [' a '], empty: [''], number: [5] },
  _ensureJSONString: { text: ['x'], object: [{ a: 1 }], null: [null], number: [5] },
  _validatePort: { plain: [443], zero: [0], text: ['443'], fraction: [1.5] },
  validateInboundConfig: {
    plain: [inbound()],
    text: [inbound({ settings: '{}' })],
    port: [inbound({ port: 0 })],
    protocol: [inbound({ protocol: 5 })],
    null: [null],
  },
  validateClientConfig: {
    plain: [{ id: 1, settings: { clients: [] } }],
    'without an id': [{ settings: '{}' }],
    'id as text': [{ id: '1', settings: '{}' }],
    null: [null],
  },
}

const monitor = (Library, options) => new Library.SecurityEnhancer.SecurityMonitor(options)
const told = ({ id, timestamp, ...event }) => ({ ...event, id: typeof id, timestamp: typeof timestamp })

const monitors = {
  checkRateLimit: {
    'logins beyond the limit': (Library) => {
      const one = monitor(Library, { maxLoginAttemptsPerHour: 2 })
      return [1, 2, 3].map(() => one.checkRateLimit('a', 'login'))
    },
    'requests beyond the limit': (Library) => {
      const one = monitor(Library, { maxRequestsPerMinute: 1 })
      return [1, 2].map(() => one.checkRateLimit('a'))
    },
  },
  logSuspiciousActivity: {
    plain: (Library) => told(monitor(Library).logSuspiciousActivity('odd', { a: 1 })),
    failed: (Library) => told(monitor(Library).logSuspiciousActivity('login_failed')),
  },
  blockIP: {
    twice: (Library) => {
      const one = monitor(Library)
      one.blockIP('1.2.3.4')
      one.blockIP('1.2.3.4')
      return one.getStats().blockedIPs
    },
  },
  clearBlockedIPs: {
    plain: (Library) => {
      const one = monitor(Library)
      one.blockIP('1.2.3.4')
      one.clearBlockedIPs()
      return one.getStats().blockedIPs
    },
  },
  getStats: { plain: (Library) => monitor(Library).getStats() },
  _prune: {
    'what is old is no longer counted': (Library) => {
      const one = monitor(Library)
      one._prune?.(new Map([['a', [0]]]), 1000)
      return one.getStats().activeRateLimits
    },
  },
}

const quietly = (call) => (Library) => {
  const { warn } = console
  let said = 0
  console.warn = () => void said++
  try {
    return [call(Library), said]
  } finally {
    console.warn = warn
  }
}

const security = {
  'SecureHeaders.getSecureHeaders': at('SecurityEnhancer.SecureHeaders.getSecureHeaders', {
    plain: [],
    named: [{ userAgent: 'mine' }],
    policy: [{ userAgent: 'mine', enableCSP: true }],
  }),
  'CredentialSecurity.hashForLogging': at('SecurityEnhancer.CredentialSecurity.hashForLogging', {
    plain: ['admin'],
    number: [5],
    null: [null],
  }),
  'CredentialSecurity.validateCredentialStrength': at(
    'SecurityEnhancer.CredentialSecurity.validateCredentialStrength',
    {
      weak: ['short'],
      strong: ['Mixed-123456'],
      uuid: [UUID, 'uuid'],
      port: [443, 'port'],
    },
  ),
  'CredentialSecurity.generateSessionToken': at(
    'SecurityEnhancer.CredentialSecurity.generateSessionToken',
    { plain: [], short: [4], none: [0] },
    ({ length }) => length,
  ),
  'ErrorSecurity.sanitizeError': at(
    'SecurityEnhancer.ErrorSecurity.sanitizeError',
    { plain: [new TypeError('why')], development: [new Error('why'), true], nothing: [] },
    ({ name, message }) => ({ name, message }),
  ),
  'ErrorSecurity.logError': {
    plain: quietly((Library) =>
      Library.SecurityEnhancer.ErrorSecurity.logError(new Error('why'), {
        username: 'admin',
        baseURL: PANEL,
      }),
    ),
  },
}

const under = (path, table) =>
  Object.fromEntries(Object.entries(table).map(([name, calls]) => [`${path}${name}`, calls]))

/** @type {Record<string, Record<string, (Library: object) => unknown>>} */
export const statics = {
  ...Object.fromEntries(
    Object.entries(generators).map(([name, [table, shown]]) => {
      const path = `CredentialGenerator.${name}`
      return [path, at(path, table, shown)]
    }),
  ),
  ...under('SessionManager#', managers),
  ...sessions,
  ...Object.fromEntries(
    Object.entries(validator).map(([name, table]) => {
      const path = `SecurityEnhancer.InputValidator.${name}`
      return [path, at(path, table)]
    }),
  ),
  ...under('SecurityEnhancer.SecurityMonitor#', monitors),
  ...under('SecurityEnhancer.', security),
}
