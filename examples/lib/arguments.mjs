/*
 * What the command line and the environment ask for.
 */

/** A request that cannot be understood; its message says what can. */
export class UsageError extends Error {}

export const USAGE = `npm start [-- options]

  --panel VERSION   play this panel version (default: the newest)
  --help            show this

Without XUI_URL it works on a panel of its own. To work on a real one set XUI_URL and either XUI_USERNAME with
XUI_PASSWORD or XUI_TOKEN; it is left as it was found.`

/**
 * Reads them.
 *
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {{ help: true } | { real: { url: string, options: object } } | { version?: string }}
 * @throws {UsageError} for anything unknown or incomplete.
 */
export function requested(args, env) {
  const version = panelVersion(args)
  if (version === null) return { help: true }
  const { XUI_URL: url, XUI_USERNAME: username, XUI_PASSWORD: password, XUI_TOKEN: token } = env
  if (!url) return { version }
  if (version !== undefined) throw new UsageError('--panel is for a panel of our own, XUI_URL for a real one.')
  if (token) return { real: { url, options: { token } } }
  if (username && password) return { real: { url, options: { username, password } } }
  throw new UsageError('XUI_URL needs XUI_USERNAME with XUI_PASSWORD, or XUI_TOKEN.')
}

/** The version asked for; undefined for none, null for a call for help. */
function panelVersion(args) {
  let version
  for (let at = 0; at < args.length; at++) {
    const [name, value] = args[at].split(/=(.*)/s)
    if (name === '--help' || name === '-h') return null
    if (name !== '--panel') throw new UsageError(`Unknown option: ${args[at]}`)
    version = value ?? args[++at]
    if (!version) throw new UsageError('--panel needs a version, such as --panel 2.8.11')
  }
  return version
}
