/*
 * The calls that are measured, made by a client for panels. Both packages have the same methods.
 */

/** With a token, or logged in once: sessions are what most programs work with. */
export function clientCalls(ThreeXUI, { url, username, password, token }) {
  const client = url && (token ? new ThreeXUI(url, { token }) : new ThreeXUI(url, username, password))
  return {
    ThreeXUI,
    client,
    node: () => client.getNode(7),
    inbounds: () => client.getInbounds(),
  }
}
