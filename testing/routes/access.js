'use strict'

/*
 * Logging in and out, and what a caller needs for it.
 */

const { envelope, json, page, redirect } = require('../wire/answer')
const { decoder } = require('../go/syntax')

function accessRoutes({ facts, basePath }) {
  return [
    ['POST', '/login', login],
    ['POST', facts.secondFactor ? '/getTwoFactorEnable' : '/getSecretStatus', () => envelope(true, '', false)],
    [facts.logoutVerb, '/logout', logout],
    ...(facts.csrf ? [['GET', '/csrf-token', csrfToken]] : []),
    ['GET', '/', (panel, call) => (call.session?.user ? redirect(307, `${basePath}panel/`, call.method) : page('3X-UI', headOfLogin(facts)))],
    ['GET', '/panel/', () => page('3X-UI', headOfPage(facts))],
  ]
}

/** Up to 2.9 the styles of all pages have the version in their address; from 3.0 on the login page keeps it to itself. */
function headOfLogin({ version, pagesNameVersionInStyles }) {
  return pagesNameVersionInStyles ? `<link rel="stylesheet" href="/assets/css/custom.min.css?${version}">` : ''
}

function headOfPage(facts) {
  if (facts.pagesNameVersionInStyles) return headOfLogin(facts)
  return `<script>window.X_UI_BASE_PATH="/";window.X_UI_CUR_VER="${facts.panelVersion ?? facts.version}";</script>`
}

function login(panel, call) {
  const { facts, texts } = panel
  const credentials = credentialsOf(call)
  if (credentials === null) return envelope(false, texts.loginBodyInvalid)
  const { username, password } = credentials
  if (username === '') return envelope(false, texts.usernameRequired)
  if (password === '') return envelope(false, texts.passwordRequired)
  panel.noteLogin()
  const key = panel.limiter?.key(call, username)
  if (panel.limiter?.isBlocked(key)) return envelope(false, texts.wrongCredentials)
  if (!panel.accepts(username, password)) {
    panel.limiter?.failed(key)
    return envelope(false, texts.wrongCredentials)
  }
  panel.limiter?.succeeded(key)
  const csrf = facts.csrf ? call.session.csrf : null
  const cookies = loginCookies(panel.sessions, facts, { user: username, csrf })
  return { ...envelope(true, texts.done.loggedIn), cookies }
}

/** The oldest panels set a cookie twice: only the last one holds a session. */
function loginCookies(sessions, facts, session) {
  return [...(facts.loginSetsCookieTwice ? [sessions.open({})] : []), sessions.open(session)]
}

function credentialsOf(call) {
  if (!call.isJson) {
    const form = call.form()
    return { username: form.get('username') ?? '', password: form.get('password') ?? '' }
  }
  try {
    const { username = '', password = '' } = decoder(call.body)
    return typeof username === 'string' && typeof password === 'string' ? { username, password } : null
  } catch {
    return null
  }
}

function logout(panel, call) {
  const { facts, sessions, basePath } = panel
  const answer = facts.logoutVerb === 'GET' ? redirect(307, basePath, call.method) : json({ success: true })
  return { ...answer, cookies: [sessions.deletion()] }
}

/** The token of the caller's session; a caller without one gets a session for it. */
function csrfToken({ sessions }, call) {
  if (call.session?.csrf) return json({ obj: call.session.csrf, success: true })
  const csrf = sessions.newCsrfToken()
  return { ...json({ obj: csrf, success: true }), cookies: [sessions.open({ csrf })] }
}

module.exports = { accessRoutes }
