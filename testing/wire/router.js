'use strict'

/*
 * Which handler a request belongs to.
 *
 * As in the panel, the path is percent-decoded before it is taken apart, so a `/` in a parameter never arrives as one.
 */

/**
 * A router over rows of `[method, pattern, handler]`; patterns have segments like `:email`.
 *
 * `find(method, path)` gives `{ handler, params }`, `{ redirect }` for a path that only ends in one slash too many,
 * or null.
 */
function router(rows) {
  const table = rows.map(([method, pattern, handler]) => ({ method, segments: pattern.split('/'), handler }))
  const find = (method, path) => {
    for (const row of table) {
      const params = row.method === method && match(row.segments, path)
      if (params) return { handler: row.handler, params }
    }
    return null
  }
  return {
    find(method, rawPath) {
      const path = decoded(rawPath)
      const found = find(method, path)
      if (found || !path.endsWith('/')) return found
      const nearly = find(method, `${path}x`) ?? find(method, path.slice(0, -1))
      return nearly && { redirect: rawPath.slice(0, -1) }
    },
  }
}

function decoded(path) {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Literal segments first come first served; a parameter takes any text but none. */
function match(segments, path) {
  const given = path.split('/')
  if (given.length !== segments.length) return null
  const params = {}
  for (let at = 0; at < segments.length; at++) {
    if (!segments[at].startsWith(':')) {
      if (segments[at] !== given[at]) return null
    } else if (given[at] === '') {
      return null
    } else {
      params[segments[at].slice(1)] = given[at]
    }
  }
  return params
}

module.exports = { router }
