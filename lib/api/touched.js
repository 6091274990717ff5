'use strict'

/* Whether a program has changed anything about `client.api`, so that the client's own calls have to pass there. */

const { acceptsAny, arePlain } = require('./plain-agent.js')

/** Remembers how an instance is; the functions returned tell whether it still is so. */
function watch(api) {
  const members = { ...api }
  const defaults = { ...api.defaults }
  const headers = flatCopy(api.defaults.headers)

  const isReplaced = () => Object.keys(members).some((name) => api[name] !== members[name] && name !== 'defaults')
  const isAdapted = () => typeof api.defaults.adapter === 'function' && api.defaults.adapter !== defaults.adapter
  const isChanged = () =>
    !api.interceptors.request.isEmpty ||
    !api.interceptors.response.isEmpty ||
    !sameMembers(withoutPlainAgents(api.defaults), withoutPlainAgents(defaults), OWN) ||
    !sameHeaders(api.defaults.headers, headers)

  return {
    /** Answers come from somewhere else than a panel, by all that can be told. */
    isStandIn: () => isReplaced() || isAdapted(),
    isTouched: () => isReplaced() || isChanged(),
    /** What a plain agent says of certificates; undefined for nothing. */
    acceptsAny: () => (arePlain(api.defaults) ? acceptsAny(api.defaults) : undefined),
  }
}

/** What is the client's own in any case. */
const OWN = new Set(['baseURL', 'timeout', 'headers'])
const LIVE = new Set(['Cookie', 'Authorization'])

function withoutPlainAgents(defaults) {
  const { httpAgent: _, httpsAgent: __, ...others } = defaults
  return arePlain(defaults) ? others : defaults
}

function sameMembers(now, before, except) {
  const names = Object.keys(now)
  if (names.length !== Object.keys(before).length) return false
  return names.every((name) => except.has(name) || now[name] === before[name])
}

const isGroup = (value) => typeof value === 'object' && value !== null

function flatCopy(headers) {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !LIVE.has(name))
      .map(([name, value]) => [name, isGroup(value) ? { ...value } : value]),
  )
}

/** A basic authorization is a header of the program's own; a bearer token is the client's. */
const isOwn = (name, value) => name === 'Authorization' && !String(value).startsWith('Bearer ')

function sameHeaders(now, before) {
  const found = Object.keys(now).filter((name) => !LIVE.has(name))
  const names = [...found, ...[...LIVE].filter((name) => name in now && isOwn(name, now[name]))]
  if (names.length !== Object.keys(before).length) return false
  return names.every((name) => {
    const [value, was] = [now[name], before[name]]
    return isGroup(value) && isGroup(was) ? sameMembers(value, was, new Set()) : value === was
  })
}

module.exports = { watch }
