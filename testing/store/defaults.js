'use strict'

/*
 * What a new panel begins with: its settings, and the template of xray's configuration.
 */

/** What a new panel is set to: what all versions have. */
function newSettings() {
  return {
    ...{ webListen: '', webDomain: '', webPort: 2053, webCertFile: '', webKeyFile: '', webBasePath: '/', sessionMaxAge: 360 },
    ...{ pageSize: 25, expireDiff: 0, trafficDiff: 0, timeLocation: 'Local', datepicker: 'gregorian' },
    ...{ tgBotEnable: false, tgBotToken: '', tgBotChatId: '', tgRunTime: '@daily', tgBotBackup: false, tgCpu: 80, tgLang: 'en-US' },
    ...{ twoFactorEnable: false, twoFactorToken: '', subEnable: true, subListen: '', subPort: 2096, subPath: '/sub/' },
  }
}

/** The template that a new panel starts with, in its outlines. */
function newTemplate() {
  return {
    log: { access: 'none', dnsLog: false, error: '', loglevel: 'warning', maskAddress: '' },
    api: { services: ['HandlerService', 'LoggerService', 'StatsService'], tag: 'api' },
    inbounds: [{ listen: '127.0.0.1', port: 62789, protocol: 'tunnel', settings: {}, tag: 'api' }],
    outbounds: [
      { protocol: 'freedom', settings: {}, tag: 'direct' },
      { protocol: 'blackhole', settings: {}, tag: 'blocked' },
    ],
    routing: { domainStrategy: 'AsIs', rules: [{ inboundTag: ['api'], outboundTag: 'api', type: 'field' }] },
  }
}

module.exports = { newSettings, newTemplate }
