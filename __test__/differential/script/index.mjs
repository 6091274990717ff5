/*
 * Every call that both libraries make.
 *
 * A call is a method's name, a label that tells it from the method's other calls, and its arguments; beyond that:
 * what is to happen on the panel before, what is done instead of the one call, and what of it is looked at.
 */

import { clients } from './clients.mjs'
import { doors } from './doors.mjs'
import { generated } from './generated.mjs'
import { inbounds } from './inbounds.mjs'
import { clientTable, ofInbounds } from './modern.mjs'
import { recorded } from './recorded.mjs'
import { sessions } from './sessions.mjs'
import { traffic } from './traffic.mjs'

/**
 * @typedef {object} Call
 * @property {string} name - The method.
 * @property {string} label - What is particular about this call of it.
 * @property {unknown[]} [args] - Also the values in `run` that are not made up.
 * @property {(client: object, panel: object) => unknown} [run] - What is done instead of calling the method once.
 * @property {(panel: object) => void} [arrange] - What happens on the panel right before.
 * @property {object} [panel] - Options of the panel.
 * @property {boolean} [recorded] - The panel is one that gives recorded answers.
 * @property {string[]} versions - The panel versions to make the call on.
 * @property {object} [client] - Options of the client.
 * @property {string} [path] - What stands behind the panel's URL.
 * @property {unknown[] | ((panel: object) => object)} [credentials] - Arguments after the URL; `admin`, `admin` when missing.
 * @property {boolean} [cold] - The client has not logged in before.
 * @property {boolean} [access] - Which requests a login is made of is compared too.
 * @property {boolean} [headers] - All headers are compared.
 * @property {boolean} [unordered] - The requests may arrive in any order.
 */

/** @type {Record<string, Record<string, unknown[] | Partial<Call>>>} */
const byMethod = {
  ...inbounds,
  ...clients,
  ...generated,
  ...traffic,
  ...sessions,
  ...clientTable,
  ...ofInbounds,
  ...recorded,
  ...doors,
}

const VERSIONS = ['2.8.11', 'HEAD']

/** @type {Call[]} */
export const calls = Object.entries(byMethod).flatMap(([name, labelled]) =>
  Object.entries(labelled).map(([label, call]) => ({
    name,
    label,
    versions: VERSIONS,
    ...(Array.isArray(call) ? { args: call } : call),
  })),
)

export const methods = Object.keys(byMethod)
