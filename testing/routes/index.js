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
const { xrayRoutes } = require('./xray')
const { groupRoutes } = require('./groups')
const { nodeRoutes } = require('./nodes')
const { geoRoutes } = require('./geo')
const { linkRoutes } = require('./links')

/** What a panel has beside inbounds and clients. */
const FURTHER = [serverRoutes, settingRoutes, xrayRoutes, groupRoutes, nodeRoutes, geoRoutes, linkRoutes]

/** Rows of `[method, pattern, handler(panel, call)]`, below the base path. */
function routesOf(panel) {
  const clients = panel.facts.clientTable
    ? [...clientRoutes(), ...clientPageRoutes(), ...bulkClientRoutes(panel.facts)]
    : legacyClientRoutes(panel.facts)
  const further = FURTHER.flatMap((routes) => routes(panel))
  return [...accessRoutes(panel), ...inboundRoutes(panel.facts), ...clients, ...further]
}

module.exports = { routesOf }
