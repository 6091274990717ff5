/*
 * POST /api/clients: a route handler that uses a client of its own, and says itself what went wrong.
 */

import { ValidationError } from '3xui-api-client'

import { panel } from '../../../lib/panel'

export async function POST(request) {
  const { inboundId, email, gigabytes } = await request.json()
  try {
    const { credentials } = await panel.addClientWithCredentials(inboundId, 'vless', { email, totalGB: gigabytes })
    return Response.json({ id: credentials.id, subId: credentials.subId }, { status: 201 })
  } catch (error) {
    const status = error instanceof ValidationError ? 400 : 502
    return Response.json({ error: error.name, message: error.message }, { status })
  }
}
