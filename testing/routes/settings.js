'use strict'

/*
 * The panel's own settings and its user.
 */

const { strict, lenient } = require('../go/decode')
const { GoError } = require('../go/error')
const { sorted } = require('../go/encode')
const { envelope } = require('../wire/answer')
const { settingsShapeOf, shownSettings, replaceSettings, settingsIssues } = require('../store/panel-settings')
const { failingWith, typed, Answered } = require('./handling')

const USER_SHAPE = { oldUsername: 'string', oldPassword: 'string', newUsername: 'string', newPassword: 'string' }

function settingRoutes({ facts: { settingPrefix } }) {
  return [
    ['POST', `${settingPrefix}/all`, ({ store }) => envelope(true, '', shownSettings(store))],
    ['POST', `${settingPrefix}/defaultSettings`, forPages],
    ['POST', `${settingPrefix}/update`, update],
    ['POST', `${settingPrefix}/updateUser`, updateUser],
    ['POST', `${settingPrefix}/restartPanel`, ({ texts }) => envelope(true, texts.done.panelRestarted)],
    ['GET', `${settingPrefix}/getDefaultJsonConfig`, ({ store }) => envelope(true, '', store.template)],
  ]
}

/** What the panel's own pages need to know. */
function forPages({ store }) {
  const { facts, settings } = store
  const { datepicker, expireDiff, pageSize, subEnable, subJsonURI, subTitle, subURI, tgBotEnable } = settings
  const { trafficDiff, remarkModel, subJsonEnable, subClashEnable, subClashPath, subPort } = settings
  const { subDomain, subThemeDir, webDomain } = settings
  const subClashURI = settings.subClashURI || (subClashEnable ? `http://127.0.0.1:${subPort}${subClashPath}` : '')
  return envelope(
    true,
    '',
    sorted({
      ...{ datepicker, defaultCert: settings.webCertFile, defaultKey: settings.webKeyFile, expireDiff, pageSize },
      ...{ ipLimitEnable: facts.settingsHaveTheme, subEnable, subJsonURI, subURI, tgBotEnable, trafficDiff },
      ...(facts.settingsHaveTitle ? { subTitle } : {}),
      ...(facts.settingsHaveDirectory ? { subJsonEnable } : {}),
      ...(facts.settingsHaveClash ? { subClashEnable, subClashURI } : {}),
      ...(facts.settingsHaveTheme ? { accessLogEnable: false, subDomain, subThemeDir, webDomain } : {}),
      ...(facts.settingsHaveMail ? { devChannelEnable: false, isDevBuild: false } : { remarkModel }),
    }),
  )
}

function update({ store, texts }, call) {
  const validates = store.facts.validatesSettings
  const shape = settingsShapeOf(store.settings)
  const name = store.facts.settingsHaveMail ? 'updateSettingForm.AllSetting' : 'AllSetting'
  const sent = readable(validates, texts, () => bodyOf(call, shape, name))
  const issues = validates && settingsIssues(sent, name)
  if (issues) return envelope(false, 'request body failed validation', issues)
  failingWith(texts.settingsChanged, () => replaceSettings(store, sent))
  return envelope(true, texts.done.settingsChanged)
}

/** Where settings are validated, a body that cannot be read has failed that, too. */
function readable(validates, texts, read) {
  if (!validates) return failingWith(texts.settingsChanged, read)
  try {
    return read()
  } catch (error) {
    if (!(error instanceof GoError)) throw error
    throw new Answered(envelope(false, 'request body failed validation', { issues: [], message: error.message }))
  }
}

const bodyOf = (call, shape, name) =>
  call.isJson ? strict(call.json(), shape, name) : lenient(typed(call.form(), shape), shape)

/** Changes the user. The answer brings a cookie, which on newer panels is as dead as all others from then on. */
function updateUser(panel, call) {
  const { facts, texts, sessions } = panel
  const body = failingWith(texts.settingsChanged, () => bodyOf(call, USER_SHAPE, 'updateUserForm'))
  failingWith(texts.userNotChanged, () => {
    if (!panel.accepts(body.oldUsername, body.oldPassword)) throw new GoError(texts.userIncorrect)
    if (body.newUsername === '' || body.newPassword === '') throw new GoError(texts.userEmpty)
  })
  panel.changeUser(body.newUsername, body.newPassword)
  const cookie = sessions.open({ user: body.newUsername, csrf: call.session?.csrf })
  if (facts.newUserEndsSessions) sessions.expireAll()
  return { ...envelope(true, texts.done.userChanged), cookies: [cookie] }
}

module.exports = { settingRoutes }
