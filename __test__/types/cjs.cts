/*
 * CommonJS in TypeScript, as Node means it.
 */

import ThreeXUI = require('3xui-api-client')

const options: ThreeXUI.ThreeXUIOptions = { timeout: 5000, sessionManager: { type: 'memory' } }
const client = new ThreeXUI('http://127.0.0.1:2053', 'admin', 'secret', options)
const older: ThreeXUI.ThreeXUI = new ThreeXUI.default('http://127.0.0.1:2053', { token: 'token' })

export async function inbounds(): Promise<ThreeXUI.Inbound[]> {
  try {
    return [...(await client.getInbounds()).obj, ...(await older.getInbounds()).obj]
  } catch (error) {
    if (error instanceof ThreeXUI.PanelError && error.status === 404) return []
    throw error
  }
}

export async function later() {
  const { default: Late, ValidationError } = await import('3xui-api-client')
  return { client: new Late('http://127.0.0.1:2053', 'admin', 'secret'), ValidationError }
}
