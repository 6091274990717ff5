/*
 * Which route exists in which version of the panel, as its tags say: `routes.json`, written by `scripts/panel-routes.mjs`.
 */

import { readFileSync } from 'node:fs'

const { versions, routes } = JSON.parse(readFileSync(new URL('./routes.json', import.meta.url), 'utf8'))

/** All versions from 2.3.0 on, oldest first; the newest state of the repository is called HEAD. */
export const RELEASES = versions

/** The routes of a version, as `GET /panel/api/inbounds/get/:`; what a parameter is called makes no difference. */
export function routesIn(version) {
  const at = versions.indexOf(version)
  const has = ([first, last]) => versions.indexOf(first) <= at && at <= versions.indexOf(last)
  return new Set(Object.keys(routes).filter((route) => routes[route].some(has)).map(nameless))
}

/** A route without the names of its parameters. */
export const nameless = (route) => route.replace(/:\w+/g, ':')
