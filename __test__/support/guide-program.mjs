/*
 * The program that the guide builds up over several blocks: its database, and its class around the client.
 *
 * Must not know: the web.
 */

import { runBlock, textOf } from './guide-blocks.mjs'
import { databaseOf } from './guide-database.mjs'
import { programRequire } from './package-name.mjs'

/** A database with the guide's tables. */
export const guideDatabase = () => databaseOf(textOf('19-schema.sql'))

/**
 * The guide's class, and what it prints. It calls a method that it leaves to the program: pictures of QR codes.
 */
export async function secureClientManager() {
  const ThreeXUI = programRequire()('3xui-api-client')
  const { SecureClientManager, printed } = await runBlock('18-secure-client-manager.js', { ThreeXUI })
  SecureClientManager.prototype.generateQRCode = ({ id }) => Buffer.from(id).toString('base64')
  return { SecureClientManager, printed }
}
