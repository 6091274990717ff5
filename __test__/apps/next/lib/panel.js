/*
 * The panel as the whole app knows it. Nothing is sent while it is built: a client logs in with its first call.
 *
 * Next.js loads this file once for each of its routers. What all of them share is kept where there is only one of it.
 */

import ThreeXUI, { createSessionManager } from '3xui-api-client'

globalThis.panelSessions ??= createSessionManager()

export const config = {
  baseURL: process.env.XUI_URL,
  username: process.env.XUI_USERNAME,
  password: process.env.XUI_PASSWORD,
  sessionManager: globalThis.panelSessions,
}

export const panel = new ThreeXUI(config.baseURL, config.username, config.password, {
  sessionManager: config.sessionManager,
})
