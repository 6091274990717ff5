'use strict'

/* Where a request goes: base URL, path and query in one, written as axios writes them. */

const { isDate } = require('node:util').types

const { isQuery } = require('../body.js')

/** Whether a URL names its host. */
const isAbsolute = (url) => /^([a-z][a-z\d+\-.]*:)?\/\//i.test(url)

function joined(base, path = '') {
  if (!base || isAbsolute(path)) return path
  return path ? `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}` : base
}

function withQuery(url, params, serializer) {
  const query = queryOf(params, serializer)
  if (!query) return url
  const [plain] = url.split('#')
  return `${plain}${plain.includes('?') ? '&' : '?'}${query}`
}

function queryOf(params, serializer) {
  if (!params) return ''
  const own = typeof serializer === 'function' ? serializer : serializer?.serialize
  if (own) return own(params, serializer)
  if (isQuery(params)) return params.toString()
  return [...pairs(params)].map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&')
}

/** Lists as `name[]`, objects as `name[member]`; what is undefined or null is left out. */
function* pairs(value, name = '') {
  if (value === undefined || value === null) return
  if (isDate(value)) yield [name, value.toISOString()]
  else if (Array.isArray(value)) for (const item of value) yield* pairs(item, `${name}[]`)
  else if (typeof value === 'object') {
    for (const [member, its] of Object.entries(value)) yield* pairs(its, name ? `${name}[${member}]` : member)
  } else yield [name, String(value)]
}

const KEPT = { '%3A': ':', '%24': '$', '%2C': ',', '%20': '+' }
const escaped = (text) => encodeURIComponent(text).replace(/%(3A|24|2C|20)/gi, (code) => KEPT[code.toUpperCase()])

/** The full URL of a request. */
const urlOf = (config) => withQuery(joined(config.baseURL, config.url), config.params, config.paramsSerializer)

module.exports = { urlOf }
