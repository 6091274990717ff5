/*
 * A page that is made on the server, at each request.
 */

import { panel } from '../lib/panel'

export const dynamic = 'force-dynamic'

export default async function Page() {
  const { obj } = await panel.getInbounds()
  return (
    <ul>
      {obj.map(({ id, remark, port }) => (
        <li key={id}>{`${remark} on port ${port}`}</li>
      ))}
    </ul>
  )
}
