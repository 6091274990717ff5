/*
 * GET /api/clients/customer_1: a route handler with a part of the path.
 */

import { panel } from '../../../../lib/panel'

export async function GET(_request, { params }) {
  const { email } = await params
  const { obj } = await panel.getClientTrafficsByEmail(email)
  return obj ? Response.json({ up: obj.up, down: obj.down }) : Response.json({ error: 'no such client' }, { status: 404 })
}
