/*
 * GET /api/inbounds: a route handler that is given a client, which is logged in.
 */

import { withThreeXUI } from '3xui-api-client'

import { config } from '../../../lib/panel'

export const dynamic = 'force-dynamic'

export const GET = withThreeXUI(config, async (request) => {
  const { obj } = await request.threeXUI.getInbounds()
  return Response.json(obj.map(({ id, remark, port }) => ({ id, remark, port })))
})
