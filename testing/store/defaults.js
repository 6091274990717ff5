'use strict'

/*
 * What a new panel begins with: the template of xray's configuration.
 */

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

module.exports = { newTemplate }
