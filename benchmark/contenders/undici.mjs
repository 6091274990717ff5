/*
 * The fastest HTTP client for Node that is written in JavaScript, with the session's cookie as a header.
 */

import { request } from 'undici'

export function connect({ url, paths, headers }) {
  const get = (path) => async () => {
    const { body } = await request(`${url}${path}`, { headers })
    return body.json()
  }
  return { node: get(paths.node), inbounds: get(paths.inbounds) }
}
