/*
 * What a library makes of a call, seen at the one door through which every request goes.
 */

/** A client whose `_request` is a note-taker; nothing is sent. */
export async function requestsOf(Library, method, args) {
  const client = new Library('http://127.0.0.1:9', 'admin', 'admin')
  const seen = []
  client.login = async () => ({ success: true })
  client._request = async (verb, path, data, headers, options) => {
    seen.push({ verb, path, ...present({ data, headers, options }) })
    return { success: true, msg: '', obj: { stored: true } }
  }
  await client[method](...args).catch(() => {})
  return JSON.parse(JSON.stringify(seen))
}

/** Only what says something: an empty object and nothing at all are one and the same on the wire. */
function present(parts) {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined && JSON.stringify(part) !== '{}'))
}
