/*
 * What stands where in docs/API.md: the one place that knows it.
 *
 * `client` names members of a client, `exports` what hangs on the class, `types` those that are wanted there and not in
 * the list of types in the end.
 */

const words = (text) => text.trim().split(/\s+/)

/** @typedef {{ title: string, about?: string, client?: string[], exports?: string[], types?: string[] }} Group */

/** @type {Group[]} */
export const GROUPS = [
  {
    title: 'Client set-up and sessions',
    client: words(`
      constructor login logout isSessionValid getSessionStats clearAllSessions
      baseURL username password token cookie csrfToken options sessionManager panelType
      loginMutex loginRetryCount maxLoginRetries loginRetryBackoff stats isDevelopment setDevelopmentMode
    `),
    types: ['ThreeXUIOptions'],
  },
  {
    title: 'Clients',
    client: words(`
      addClientWithCredentials updateClientWithCredentials upsertClient modifyClient
      addClient updateClient deleteClient deleteClientByEmail deleteDepletedClients
      getClientTrafficsByEmail getClientTrafficsById updateClientTraffic resetClientTraffic resetAllClientTraffics
      getClientIps clearClientIps getOnlineClients getLastOnline
      getClient getClients getPagedClients addModernClient updateModernClient deleteModernClient
      attachClientToInbounds detachClientFromInbounds getClientLinks getSubLinks
      getClientTraffic updateModernClientTrafficByEmail resetModernClientTrafficByEmail resetAllModernClientTraffics
      getModernClientIps clearModernClientIps getOnlines getModernLastOnline deleteDepletedModernClients
    `),
  },
  {
    title: 'Inbounds',
    client: words(`
      getInbounds getInbound addInbound updateInbound deleteInbound ensureInbound importInbounds resetAllTraffics
    `),
  },
  {
    title: 'Groups',
    client: words(`
      getGroups getGroupEmails createGroup renameGroup deleteGroup bulkAddGroups bulkRemoveGroups
    `),
  },
  {
    title: 'Nodes',
    client: words(`
      getNodes getNode addNode updateNode deleteNode setNodeEnable testNode probeNode getNodeHistory
    `),
  },
  {
    title: 'Server',
    client: words(`
      getPanelInfo getServerStatus getCPUHistory getPanelLogs getWebCertFiles getDb importDB createBackup backupToTgBot
      getNewUUID getNewX25519Cert getNewmldsa65 getNewmlkem768 getNewVlessEnc getNewEchCert
    `),
  },
  {
    title: 'Xray',
    client: words(`
      getXrayConfig updateXrayConfig getDefaultJsonConfig getConfigJson getXrayResult getXrayLogs
      getXrayVersion installXray stopXrayService restartXrayService
      getOutboundsTraffic resetOutboundsTraffic testOutbound manageWarp
    `),
  },
  {
    title: 'Settings',
    client: words('getAllSettings getDefaultSettings updateSetting updateUser getTwoFactorEnable restartPanel'),
  },
  {
    title: 'Geo',
    client: words(`
      updateGeofile getCustomGeos getGeoAliases addCustomGeo updateCustomGeo deleteCustomGeo downloadCustomGeo
      updateAllCustomGeo
    `),
  },
  {
    title: 'Credentials',
    client: words(`
      generateCredentials generateBulkCredentials generateUUID generatePassword generateIdentifier generatePort
      generateSecureToken generateWireGuardKeys generateRealityKeys getShadowsocksCiphers
      getRecommendedShadowsocksCipher validateCredentials validateCredentialStrength
    `),
    exports: ['CredentialGenerator'],
  },
  {
    title: 'Builders',
    exports: words(`
      ProtocolBuilder BaseBuilder VLESSBuilder VMESSBuilder TrojanBuilder ShadowsocksBuilder WireGuardBuilder
    `),
    types: words('BuilderConfig BuiltInbound BuilderClientOptions'),
  },
  {
    title: 'Bulk',
    client: words(`
      bulk bulk.createClients bulk.updateClients bulk.deleteClients
      bulkCreateModernClients bulkAdjustModernClients bulkDeleteModernClients bulkAttachModernClients
      bulkDetachModernClients bulkResetTrafficModernClients
    `),
    types: words('BulkOptions BulkResult BulkItem'),
  },
  {
    title: 'client.api',
    client: ['api'],
    types: words('ApiInstance ApiRequest ApiRequestUnderWay ApiResponse ApiHeaders ApiInterceptors'),
  },
  {
    title: 'Middleware',
    exports: words('createExpressMiddleware withThreeXUI createNextjsRoutes createReactHook'),
    types: words('NextJSConfig ExpressMiddlewareConfig PanelRequest NextHandler ReactHookMethods'),
  },
  {
    title: 'Security',
    client: words('securityMonitor getSecurityStats clearBlockedIPs'),
    exports: ['SecurityEnhancer'],
  },
  {
    title: 'Session stores',
    exports: words(`
      SessionConfig SessionManager SessionStore MemorySessionStore RedisSessionStore DatabaseSessionStore
      CustomSessionHandler createSessionManager createMemoryStore createRedisStore createDatabaseStore
      createCustomHandler
    `),
    types: words('SessionManagerOptions CustomSessionHandlers SessionStats SessionChoice'),
  },
  {
    title: 'Errors',
    exports: words(`
      ThreeXUIError AuthenticationError LoginRateLimitError ValidationError NotFoundError ConflictError UnsupportedByPanelError
      TimeoutError NetworkError TlsError PanelError
    `),
  },
]

/** Members of a client that are objects with methods of their own, by the types of these. */
export const OBJECTS_OF_CLIENT = { bulk: 'Bulk' }
