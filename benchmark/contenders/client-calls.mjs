/*
 * The calls that are measured, made by a client for panels. Both packages have the same methods.
 */

/** Gigabytes, addresses. */
const LIMITS = { totalGB: 50, limitIp: 2 }

/** With a token, or logged in once: sessions are what most programs work with. */
export function clientCalls(ThreeXUI, setup) {
  let client = clientOf(ThreeXUI, setup)
  return {
    ThreeXUI,
    get client() {
      return client
    },
    node: () => client.getNode(7),
    inbounds: () => client.getInbounds(),

    /** Another panel: what follows is told to that one. */
    async connect(panel) {
      client = clientOf(ThreeXUI, panel)
      await client.getInbounds()
    },

    /** Makes one client with credentials, as the guide does. */
    credentials: (inbound, email) => client.addClientWithCredentials(inbound, 'vless', { email, ...LIMITS }),

    /** The same as it was done before there was a method for it, which is the way of the original on panels up to 3.0. */
    addClient(inbound, email) {
      const made = { ...client.generateCredentials('vless', { email }), subId: client.generateUUID() }
      const clients = [{ ...made, enable: true, expiryTime: 0, ...LIMITS }]
      return client.addClient({ id: inbound, settings: JSON.stringify({ clients }) })
    },
  }
}

function clientOf(ThreeXUI, { url, username, password, token }) {
  if (!url) return null
  return token ? new ThreeXUI(url, { token }) : new ThreeXUI(url, username, password)
}
