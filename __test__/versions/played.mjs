/*
 * Which routes our panel has on each version, and at which versions that changes.
 */

import { createRequire } from 'node:module'

import { RELEASES, nameless } from './facts.mjs'

const require = createRequire(import.meta.url)
const { Panel } = require('../../testing/panel.js')
const { routesOf } = require('../../testing/routes/index.js')
const { factsOf } = require('../../testing/versions.js')

/** By version, as `routesIn` names them. */
export const PLAYED = Object.fromEntries(RELEASES.map((version) => [version, playedIn(version)]))

/** Those that it has on any version. */
export const ANYWHERE = new Set(Object.values(PLAYED).flatMap((routes) => [...routes]))

/** The first and the last version of each span of each route, and the ones before and after it. */
export const BOUNDARIES = RELEASES.filter((_, at) => at === 0 || changesAt(at) || changesAt(at + 1))

function playedIn(version) {
  const panel = new Panel(factsOf(version))
  return new Set(routesOf(panel).map(([verb, pattern]) => nameless(`${verb} ${pattern}`)))
}

/** Whether a version has other routes than the one before. */
function changesAt(at) {
  if (at === 0 || at === RELEASES.length) return false
  const [before, now] = [PLAYED[RELEASES[at - 1]], PLAYED[RELEASES[at]]]
  return [...ANYWHERE].some((route) => before.has(route) !== now.has(route))
}
