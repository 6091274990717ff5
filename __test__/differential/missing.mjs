/*
 * Methods that the reference can make work on one generation of panels only.
 */

/**
 * Where the reference asks for a route that the panel does not have: it logs in anew, asks again and fails. There,
 * this package is held against the reference on the version that has the route.
 */
export const missingRoutes = [
  {
    because: 'the routes of clients inside inbounds were removed in 3.1',
    versions: ['HEAD'],
    instead: '2.8.11',
    calls: [
      'addClient',
      'updateClient',
      'deleteClient',
      'getClientTrafficsById',
      'resetClientTraffic',
      'resetAllClientTraffics',
      'getClientIps',
      'clearClientIps',
      'deleteDepletedClients',
      'getOnlineClients',
      'getLastOnline',
      'updateClientTraffic',
      'deleteClientByEmail',
    ],
  },
  {
    because: 'the routes of clients as things of their own came in 3.1',
    versions: ['2.8.11'],
    instead: 'HEAD',
    calls: [
      'addClientWithCredentials',
      'updateClientWithCredentials',
      'getClient',
      'getClientTraffic',
      'addModernClient',
      'updateModernClient',
      'deleteModernClient',
      'resetAllModernClientTraffics',
      'resetModernClientTrafficByEmail',
      'updateModernClientTrafficByEmail',
      'getModernClientIps',
      'clearModernClientIps',
      'getOnlines',
      'getModernLastOnline',
    ],
  },
  {
    because: 'the routes of settings and of Xray were outside of the API up to 3.2',
    versions: ['2.8.11'],
    instead: 'HEAD',
    calls: [
      'getAllSettings',
      'updateSetting',
      'updateUser',
      'restartPanel',
      'getDefaultSettings',
      'getDefaultJsonConfig',
      'getXrayConfig',
      'updateXrayConfig',
      'manageWarp',
      'getOutboundsTraffic',
      'resetOutboundsTraffic',
      'getXrayResult',
    ],
  },
]
