/*
 * Writes `__test__/versions/routes.json`: which route exists in which version of the panel, read from the tags of its
 * repository. `node scripts/panel-routes.mjs <a clone with its tags>`; to be run when the panel has a new release.
 *
 * Reads how the panel sets its routes up, function by function, from `initRouter` on: what a group's path is, which
 * controller is given which group. Must not know: what any of the routes does, or what this package makes of them.
 */

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from './ensure.mjs'

const FIRST = [2, 3, 0]
const SOURCES = /(^|\/)web\/(web|controller\/[a-z_]+)\.go$/
const FUNCTION = /^func (?:\((\w+) \*?(\w+)\) )?(\w+)\(([^)]*)\)[^\n]*\{\n([^]*?)^\}/gm

const GROUP = /(\w+) :?= (\w+)\.Group\(("([^"]*)"|basePath)/
const ROUTE = /(\w+)\.(GET|POST|PUT|DELETE|PATCH)\("([^"]*)"/
const CONTROLLER = /\b(New\w+Controller)\((\w+)(?:\.Group\("([^"]*)"\))?/
const PART = /\b\w+\.(\w+)\((\w+)[,)]/
/** Up to 2.6 a part of the routes stands in a list, which a loop goes through. */
const LISTED = /^\s*\{"(GET|POST)", "([^"]*)"/
const LOOP = /(\w+)\.Handle\(route\.Method, route\.Path/

const [clone] = process.argv.slice(2)
const git = (...args) => execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })

const versions = [...releases(), 'HEAD']
const found = versions.map((version) => new Set(routesAt(version === 'HEAD' ? 'HEAD' : `v${version}`)))
const all = [...new Set(found.flatMap((routes) => [...routes]))].filter(isMeant).sort()
const lines = all.map((route) => `    ${JSON.stringify(route)}: ${JSON.stringify(spansOf(route))}`)
const target = join(root, '__test__', 'versions', 'routes.json')
writeFileSync(target, `{\n  "versions": ${JSON.stringify(versions)},\n  "routes": {\n${lines.join(',\n')}\n  }\n}\n`)

function releases() {
  const numbers = git('tag').split('\n').filter((tag) => /^v\d+\.\d+\.\d+$/.test(tag)).map((tag) => tag.slice(1).split('.').map(Number))
  const order = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
  return numbers.filter((number) => order(number, FIRST) >= 0).sort(order).map((number) => number.join('.'))
}

/** Some versions have their routes a second time under addresses that nobody meant. */
function isMeant(route) {
  return /^\w+ \/($|login$|logout$|csrf-token$|get(Secret|TwoFactor)|server\/|panel\/($|api\/|inbound\/|setting\/|xray\/))/.test(route) && !route.includes('/inbounds/inbound/')
}

/** From the first to the last version with a route, as often as it came and went. */
function spansOf(route) {
  const spans = []
  versions.forEach((version, at) => {
    if (!found[at].has(route)) return
    if (at > 0 && found[at - 1].has(route)) spans.at(-1)[1] = version
    else spans.push([version, version])
  })
  return spans
}

function routesAt(ref) {
  const functions = functionsAt(ref)
  const routes = []
  enter('Server.initRouter', 'engine', '')
  return routes

  /** What a function does with the group that it is given. */
  function enter(name, group, path) {
    const { params, body } = functions.get(name)
    const [type] = /\w+(?=\.)/.exec(name) ?? []
    const paths = new Map([[params[0] || group, path]])
    const listed = []
    for (const line of body.split('\n')) read(line, type ?? name.slice(3), paths, listed)
  }

  function read(line, type, paths, listed) {
    const on = (pattern) => pattern.exec(line) ?? []
    const [, made, from, , below = ''] = on(GROUP)
    if (made) return paths.set(made, paths.get(from) + below)
    const [, at, verb, path] = on(ROUTE)
    if (at) return paths.has(at) && routes.push(`${verb} ${paths.get(at)}${path}`)
    const [, controller, given, inner = ''] = on(CONTROLLER)
    if (controller && paths.has(given)) return enter(controller, given, paths.get(given) + inner)
    const [, listedVerb, listedPath] = on(LISTED)
    if (listedVerb) return listed.push([listedVerb, listedPath])
    const [, looping] = on(LOOP)
    if (looping) return routes.push(...listed.map(([verb, path]) => `${verb} ${paths.get(looping)}${path}`))
    const [, part, group] = on(PART)
    if (paths.has(group) && functions.has(`${type}.${part}`)) enter(`${type}.${part}`, group, paths.get(group))
  }
}

/** Functions by their name, methods by `Type.name`. */
function functionsAt(ref) {
  const files = git('ls-tree', '-r', '--name-only', ref).split('\n').filter((file) => SOURCES.test(file) && !file.endsWith('_test.go'))
  const functions = new Map()
  for (const file of files) {
    for (const [, , type, name, params, body] of git('show', `${ref}:${file}`).matchAll(FUNCTION)) {
      functions.set(type ? `${type}.${name}` : name, { params: params.split(',').map((param) => param.trim().split(' ')[0]), body })
    }
  }
  return functions
}
