'use strict'

/*
 * Nodes (3.0 and later): other panels that a panel manages. They are kept, and nobody is asked how they are: all are
 * well.
 */

const { envelope } = require('../wire/answer')

const BASE = '/panel/api/nodes'

function nodeRoutes({ facts }) {
  if (!facts.hasNodes) return []
  return [
    ['GET', `${BASE}/list`, (panel) => envelope(true, '', panel.store.nodes.all().map((node) => shapeOf(panel, node)))],
    ['GET', `${BASE}/get/:id`, known((panel, node) => envelope(true, '', shapeOf(panel, node)))],
    ['GET', `${BASE}/history/:id/:metric/:bucket`, ({ store }) => envelope(true, '', [{ t: Math.floor(store.now() / 1000), v: 0.5 }])],
    ['POST', `${BASE}/add`, add],
    ['POST', `${BASE}/update/:id`, known(update)],
    ['POST', `${BASE}/del/:id`, remove],
    ['POST', `${BASE}/setEnable/:id`, known(setEnable)],
    ['POST', `${BASE}/test`, probe],
    ['POST', `${BASE}/probe/:id`, known(probe)],
  ]
}

/** A handler about a node that is there. */
const known = (handler) => (panel, call) => {
  const node = panel.store.nodes.byId(Number(call.params.id))
  return node ? handler(panel, node, call) : envelope(false, 'Failed to load node (record not found)')
}

/** From 3.3 on the token stays with the panel. */
function shapeOf({ facts }, node) {
  const { apiToken, ...shown } = node
  return facts.inboundsHaveShareAddress ? { ...shown, hasApiToken: apiToken !== '', guid: '' } : { ...shown, apiToken }
}

function add(panel, call) {
  const { store } = panel
  const { name = '', remark = '', scheme = 'https', address = '', port = 0, basePath = '/', ...rest } = call.json()
  if (name === '' || address === '' || !port) return envelope(false, 'Add node (node name, address and port are required\n)')
  const { apiToken = '', enable = false, allowPrivateAddress = false } = rest
  const node = store.nodes.add({
    ...{ name, remark, scheme, address, port, basePath, apiToken, enable, allowPrivateAddress },
    ...{ status: 'unknown', lastHeartbeat: 0, latencyMs: 0, xrayVersion: '', panelVersion: '', cpuPct: 0, memPct: 0 },
    ...{ uptimeSecs: 0, lastError: '', createdAt: store.now(), updatedAt: store.now() },
  })
  return envelope(true, 'Add node', shapeOf(panel, node))
}

function update({ store }, node, call) {
  const { id, createdAt } = node
  Object.assign(node, call.json(), { id, createdAt, updatedAt: store.now() })
  return envelope(true, 'Update node')
}

function setEnable(_, node, call) {
  node.enable = Boolean(call.json().enable)
  return envelope(true, 'Update node')
}

function remove({ store }, { params }) {
  store.nodes.remove(({ id }) => id === Number(params.id))
  return envelope(true, 'Delete node')
}

function probe({ facts }) {
  const newer = facts.inboundsHaveShareAddress ? { xrayState: 'running', xrayError: '' } : {}
  const versions = { xrayVersion: '26.3.27', ...(facts.panelVersion ? { panelVersion: facts.panelVersion } : {}) }
  return envelope(true, '', { status: 'online', latencyMs: 1, ...versions, cpuPct: 0.5, memPct: 2.5, uptimeSecs: 1722, error: '', ...newer })
}

module.exports = { nodeRoutes }
