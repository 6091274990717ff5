'use strict'

/*
 * All routes of a version.
 */

const { accessRoutes } = require('./access')
const { inboundRoutes } = require('./inbounds')
const { legacyClientRoutes } = require('./legacy-clients')
const { clientRoutes } = require('./clients')
const { clientPageRoutes } = require('./client-pages')
const { bulkClientRoutes } = require('./bulk-clients')
const { serverRoutes } = require('./server')
const { settingRoutes } = require('./settings')

/** Rows of `[method, pattern, handler(panel, call)]`, below the base path. */
function routesOf(panel) {
  const clients = panel.facts.clientTable
    ? [...clientRoutes(), ...clientPageRoutes(), ...bulkClientRoutes(panel.facts)]
    : legacyClientRoutes(panel.facts)
  const ofPanel = [...serverRoutes(panel), ...settingRoutes(panel.facts)]
  return [...accessRoutes(panel), ...inboundRoutes(panel.facts), ...clients, ...ofPanel]
}

module.exports = { routesOf }
