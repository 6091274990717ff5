/*
 * What is in Node: `fetch`, with the session's cookie as a header, and nothing around it.
 */

export function connect({ url, paths, headers }) {
  const get = (path) => async () => {
    const answer = await fetch(`${url}${path}`, { headers })
    return answer.json()
  }
  return { node: get(paths.node), inbounds: get(paths.inbounds) }
}
