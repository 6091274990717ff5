/*
 * Comparing an answer with its recording: status, headers that matter, and the body to its last key and its order.
 */

import { liveTimes, recordedTimes } from './made-up.mjs'

/** Figures of a machine: their names and types are compared, not their values. */
const FIGURES = /\/server\/status$/

/** Headers that clients go by. */
const HEADERS = ['content-type', 'content-encoding', 'location', 'vary', 'x-content-type-options']

/**
 * What differs, each as one line; empty where nothing does.
 *
 * @param {object} recorded - A line of a recording.
 * @param {{ status: number, headers: Record<string, string>, cookies: string[], body: string }} live
 * @param {import('./made-up.mjs').MadeUp} madeUp
 */
export function differences(recorded, live, madeUp) {
  const found = []
  const compare = (what, expected, got) => {
    if (expected !== got) found.push(`${what}: expected ${shown(expected)}, got ${shown(got)}`)
  }
  compare('status', recorded.status, live.status)
  for (const name of HEADERS) compare(name, recorded.resHeaders[name], live.headers[name])
  compare('set-cookie', cookies(recorded.resHeaders['set-cookie']), cookies(live.cookies))
  if (recorded.answer !== null) {
    const walk = new Walk(madeUp, FIGURES.test(recorded.path))
    walk.text('body', recorded.answer, live.body)
    found.push(...walk.found)
  }
  return found
}

/** Names and attributes; the values and the end of their lives are the panel's own. */
function cookies(lines = []) {
  return lines.map((line) => line.replace(/=[^;]*/, '=…').replace(/Expires=[^;]*/, 'Expires=…')).join('\n')
}

const shown = (value) => (value === undefined ? 'nothing' : JSON.stringify(value)?.slice(0, 200))

class Walk {
  constructor(madeUp, figures) {
    this.madeUp = madeUp
    this.figures = figures
    this.found = []
  }

  /** JSON text is compared as the values in it; its layout counts too, where it has one. */
  text(path, expected, got) {
    const [recorded, live] = [parsed(expected), parsed(got)]
    if (recorded === undefined || live === undefined) return this.leaf(path, recordedTimes(expected), liveTimes(got))
    if (expected.includes('\n  ') !== got.includes('\n  ')) this.found.push(`${path}: laid out otherwise`)
    this.value(path, recorded, live)
  }

  value(path, expected, got) {
    if (typeof expected === 'string' && typeof got === 'string') return this.text(path, expected, got)
    if (expected === null || got === null || typeof expected !== 'object' || typeof got !== 'object') {
      return this.leaf(path, timed(expected, recordedTimes), timed(got, liveTimes))
    }
    if (!Array.isArray(expected)) this.exact(`${path} (keys)`, Object.keys(expected).join(' '), Object.keys(got).join(' '))
    else this.exact(`${path} (length)`, expected.length, got.length)
    for (const key of Object.keys(expected)) if (key in got) this.value(`${path}.${key}`, expected[key], got[key])
  }

  leaf(path, expected, got) {
    if (this.figures && path.startsWith('body.obj.') && kind(expected) === kind(got)) return
    if (typeof expected === 'string' && typeof got === 'string' && expected !== got && this.madeUp.binds(expected, got)) return
    this.exact(path, expected, got)
  }

  exact(path, expected, got) {
    if (expected !== got) this.found.push(`${path}: expected ${shown(expected)}, got ${shown(got)}`)
  }
}

const kind = (value) => (value === null ? 'null' : typeof value)

function parsed(text) {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const timed = (value, times) => (typeof value === 'number' && times(String(value)) === 'TIME' ? 'TIME' : value)
