'use strict'

/*
 * The panel's own settings: what is answered of them, and what becomes of those that are sent. They are only kept: a
 * new port moves no server here, and the second factor is not asked for.
 */

const { PanelError } = require('../go/error')

/** Newer panels answer secrets with nothing but a flag; a panel that shows none of another has that flag, too. */
const FLAGS = {
  hasTgBotToken: 'tgBotToken',
  hasTwoFactorToken: 'twoFactorToken',
  hasLdapPassword: 'ldapPassword',
  hasApiToken: null,
  hasWarpSecret: null,
  hasNordSecret: null,
  hasSmtpPassword: 'smtpPassword',
}

/** A blank in one of these leaves it as it is, where they are not shown or could have been left out of a form. */
const KEPT_WHEN_BLANK = ['tgBotToken', 'ldapPassword', 'smtpPassword']

/** What validation allows, from lowest to highest, in the order in which it complains. */
const RANGES = {
  webPort: [1, 65_535],
  sessionMaxAge: [1, 525_600],
  pageSize: [0, 1000],
  expireDiff: [0, Infinity],
  trafficDiff: [0, 100],
  tgCpu: [0, 100],
  tgMemory: [0, 100],
  smtpPort: [1, 65_535],
  smtpCpu: [0, 100],
  smtpMemory: [0, 100],
  outboundDownThreshold: [1, 100],
  subPort: [1, 65_535],
  subUpdates: [0, 525_600],
  ldapPort: [0, 65_535],
}

/** The Go types of a version's settings. */
function settingsShapeOf(settings) {
  const types = { boolean: 'bool', number: 'int', string: 'string' }
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, types[typeof value]]))
}

/** The settings as they are answered. */
function shownSettings({ facts, settings }) {
  if (!facts.settingsHideSecrets) return settings
  const secrets = Object.values(FLAGS).filter(Boolean)
  const blanks = Object.fromEntries(secrets.map((name) => [name, '']))
  const flags = Object.entries(FLAGS).map(([flag, name]) => [flag, name !== null && settings[name] !== ''])
  return { ...settings, ...blanks, ...Object.fromEntries(flags) }
}

/** Replaces all settings: what was not sent has its zero value from then on. */
function replaceSettings(store, sent) {
  refuseUnusablePorts(sent)
  if (!isTimeZone(sent.timeLocation)) throw new PanelError('time location not exist:', sent.timeLocation)
  const webBasePath = `/${sent.webBasePath}/`.replace(/\/{2,}/g, '/')
  const kept = store.facts.blankKeepsSecrets ? KEPT_WHEN_BLANK.filter((name) => sent[name] === '') : []
  const secrets = Object.fromEntries(kept.map((name) => [name, store.settings[name]]))
  store.settings = { ...sent, ...secrets, webBasePath }
}

function refuseUnusablePorts({ webListen, webPort, subListen, subPort }) {
  const isPort = (port) => port > 0 && port <= 65_535
  if (!isPort(webPort)) throw new PanelError('web port is not a valid port:', webPort)
  if (!isPort(subPort)) throw new PanelError('Sub port is not a valid port:', subPort)
  if (subPort !== webPort || subListen !== webListen) return
  const [web, sub] = [[webListen, ':', webPort], [subListen, ':', subPort]]
  throw new PanelError('Sub and Web could not use same ip:port, ', ...sub, ' & ', ...web)
}

function isTimeZone(name) {
  if (name === '' || name === 'Local') return true
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/**
 * What validation has against settings, or null.
 *
 * @param {string} name - Go's name of the struct they are read into.
 */
function settingsIssues(settings, name) {
  const issues = Object.entries(RANGES).flatMap(([field, [lowest, highest]]) => {
    const rule = settings[field] < lowest ? 'gte' : settings[field] > highest ? 'lte' : null
    if (rule === null) return []
    const failure = `Error:Field validation for '${field}' failed on the '${rule}' tag`
    const message = `Key: '${name}.${field}' ${failure}`
    return [{ field, rule, param: String(rule === 'gte' ? lowest : highest), message }]
  })
  return issues.length > 0 ? { issues, message: issues.map(({ message }) => message).join('\n') } : null
}

module.exports = { settingsShapeOf, shownSettings, replaceSettings, settingsIssues }
