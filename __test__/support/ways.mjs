/*
 * The ways on which a call reaches the panel: a method that nobody has touched goes in at once, one whose `_request` a
 * program has put a function of its own before goes through that, and a client whose `api` has an interceptor through
 * axios's way.
 *
 * Knows how a program takes each of them; knows no method, and nothing of what comes of a call.
 */

/** By its name, what a program does to its client to be on that way; `asked` gets the arguments of each `_request`. */
export const WAYS = {
  direct: () => {},

  override: (client, asked) => {
    const own = Object.getPrototypeOf(client)._request
    client._request = (...args) => {
      asked(...args)
      return own.apply(client, args)
    }
  },

  'client.api': (client) => void client.api.interceptors.request.use((config) => config),
}

/** The way on which a program sees what each method asks for, in the original's verbs and paths. */
export const SEEN_ON = 'override'
