'use strict'

/*
 * Custom geo files (2.9 to 3.3.0). They are kept and never downloaded; real panels refuse addresses of their own machine,
 * this one only what is no address.
 */

const { envelope } = require('../wire/answer')

const BASE = '/panel/api/custom-geo'
const MISSING = 'Custom geo source not found'

function geoRoutes({ facts }) {
  if (!facts.hasCustomGeo) return []
  return [
    ['GET', `${BASE}/list`, ({ store }) => envelope(true, '', store.geo.all())],
    ['GET', `${BASE}/aliases`, aliases],
    ['POST', `${BASE}/add`, add],
    ['POST', `${BASE}/update/:id`, update],
    ['POST', `${BASE}/delete/:id`, remove],
    ['POST', `${BASE}/download/:id`, download],
    ['POST', `${BASE}/update-all`, updateAll],
  ]
}

function aliases({ store }) {
  const named = (type) => store.geo.all().filter((file) => file.type === type).map(({ alias }) => alias)
  const listed = (names) => (names.length > 0 ? names : null)
  return envelope(true, '', { geosite: listed(named('geosite')), geoip: listed(named('geoip')) })
}

function add({ store }, call) {
  const { type = '', alias = '', url = '' } = call.json()
  if (!URL.canParse(url)) return envelope(false, 'Add custom geo (URL is invalid)')
  const times = { lastUpdatedAt: 0, lastModified: '', createdAt: Math.floor(store.now() / 1000) }
  store.geo.add({ type, alias, url, localPath: `bin/${fileOf({ type, alias })}`, ...times, updatedAt: times.createdAt })
  return envelope(true, 'Add custom geo')
}

const fileOf = ({ type, alias }) => `${type}_${alias}.dat`

function update({ store }, call) {
  const file = store.geo.byId(Number(call.params.id))
  if (!file) return envelope(false, `Update custom geo (${MISSING})`)
  const { type, alias, url } = { ...file, ...call.json() }
  Object.assign(file, { type, alias, url, updatedAt: Math.floor(store.now() / 1000) })
  return envelope(true, 'Update custom geo')
}

function remove({ store }, { params }) {
  const file = store.geo.byId(Number(params.id))
  if (!file) return envelope(false, `Custom geo file “” deleted (${MISSING})`)
  store.geo.remove(({ id }) => id === file.id)
  return envelope(true, `Custom geo file “${fileOf(file)}” deleted`)
}

function download({ store }, { params }) {
  const file = store.geo.byId(Number(params.id))
  if (!file) return envelope(false, `Geofile “” updated (${MISSING})`)
  file.lastUpdatedAt = Math.floor(store.now() / 1000)
  return envelope(true, `Geofile “${fileOf(file)}” updated`)
}

function updateAll({ store }) {
  const done = store.geo.all().map((file) => ({ id: file.id, alias: file.alias, fileName: fileOf(file) }))
  return envelope(true, 'All custom geo sources updated', { succeeded: done.length > 0 ? done : null, failed: null })
}

module.exports = { geoRoutes }
