/*
 * Imports that a bundler or esModuleInterop resolves.
 */

import ThreeXUI, { ThreeXUI as Named, NotFoundError, type ThreeXUIOptions } from '3xui-api-client'
import { default as Default } from '3xui-api-client'

const options: ThreeXUIOptions = { token: 'token' }
const clients: ThreeXUI[] = [
  new ThreeXUI('http://127.0.0.1:2053', options),
  new Named('http://127.0.0.1:2053', 'admin', 'secret'),
  new Default('http://127.0.0.1:2053', 'admin', 'secret', {}),
]

export async function remarks(): Promise<string[]> {
  try {
    return (await clients[0].getInbounds()).obj.map((inbound) => inbound.remark)
  } catch (error) {
    if (error instanceof NotFoundError) return []
    throw error
  }
}
