'use strict'

/*
 * The panel's settings and its user: kept as they are sent, and none of them has any effect.
 */

const { envelope } = require('../wire/answer')

function settingsRoutes({ facts }) {
  const base = facts.settingsInApi ? '/panel/api/setting' : '/panel/setting'
  return [
    ['POST', `${base}/all`, ({ store }) => envelope(true, '', store.settings)],
    ['POST', `${base}/update`, update],
    ['POST', `${base}/updateUser`, updateUser],
    ['POST', `${base}/restartPanel`, ({ texts }) => envelope(true, texts.panelRestarted)],
    ['POST', `${base}/defaultSettings`, defaults],
    ['GET', `${base}/getDefaultJsonConfig`, ({ store }) => envelope(true, '', store.template)],
  ]
}

/** All settings are replaced: one that is not sent becomes nothing. */
function update({ store, texts }, call) {
  const sent = call.isJson ? call.json() : Object.fromEntries(call.form())
  if (!Number(sent.webPort)) return envelope(false, `${texts.settingsChanged} (web port is not a valid port: 0\n)`)
  const zero = { number: 0, boolean: false, string: '' }
  store.settings = Object.fromEntries(
    Object.entries(store.settings).map(([name, value]) => [name, sent[name] ?? zero[typeof value]]),
  )
  return envelope(true, texts.settingsChanged)
}

function updateUser(panel, call) {
  const sent = call.isJson ? call.json() : Object.fromEntries(call.form())
  const { oldUsername = '', oldPassword = '', newUsername = '', newPassword = '' } = sent
  const { userChangeFailed, userChanged, userWrong, userEmpty } = panel.texts
  if (!panel.accepts(oldUsername, oldPassword)) return envelope(false, `${userChangeFailed} (${userWrong})`)
  if (newUsername === '' || newPassword === '') return envelope(false, `${userChangeFailed} (${userEmpty})`)
  panel.setUser(newUsername, newPassword)
  if (panel.facts.newUserEndsSessions) panel.sessions.expireAll()
  return envelope(true, userChanged)
}

function defaults({ store }) {
  const { expireDiff, trafficDiff, pageSize, tgBotEnable, subEnable } = store.settings
  return envelope(true, '', { defaultCert: '', defaultKey: '', expireDiff, pageSize, subEnable, tgBotEnable, trafficDiff })
}

module.exports = { settingsRoutes }
