/*
 * Running a block of the guide as it is written.
 *
 * Owns how a block gets the names that it leaves to the reader (`url`, `client`, `inboundId`, …), and what comes
 * back: the names it declares, and what it printed. Must not know: what any block is about.
 */

import { readFileSync, readdirSync } from 'node:fs'
import { format } from 'node:util'

import { programRequire } from './package-name.mjs'

const folder = new URL('../guide/blocks/', import.meta.url)
const AsyncFunction = (async () => {}).constructor

/** At the outermost level, where the guide indents nothing. */
const DECLARATION = /^(?:const|let|async function|function|class) (\w+)/gm

/** The files with the blocks, in the guide's order. */
export const blockFiles = () => readdirSync(folder).sort()

/** The text of a block. */
export const textOf = (file) => readFileSync(new URL(file, folder), 'utf8')

/**
 * Runs a block; names are given as the properties of `names`, getters included.
 *
 * Resolves with what the block declares at its outermost level, and `printed`: what went to its console.
 */
export const runBlock = (file, names) => runCode(textOf(file), names)

/** The same for code that is no file: a block after a compiler. */
export async function runCode(code, names = {}) {
  const printed = []
  const declared = [...code.matchAll(DECLARATION)].map(([, name]) => name)
  const body = `with (scope) {\n${code}\nreturn { ${declared.join(', ')} }\n}`
  const own = Object.getOwnPropertyDescriptors(names)
  const known = Object.defineProperties({ require: programRequire(), console: consoleInto(printed) }, own)
  const values = await new AsyncFunction('scope', body)(scopeOf(known))
  return { ...values, printed }
}

/** A block that is nothing but a value: an answer, as the guide shows it. */
export const valueOf = (file) => evaluate(textOf(file))

/** The objects that a block shows as its output in comments. */
export function shownBy(file) {
  return [...textOf(file).matchAll(/\/\* Output:\s*(\{.*?\n\})\s*\*\//gs)].map(([, text]) => evaluate(text))
}

/** The texts that were printed, each with its level: `log: Created`. */
export const linesOf = (printed) => printed.map(({ level, text }) => `${level}: ${text}`)

function evaluate(text) {
  return new Function(`return (${text}\n)`)()
}

/**
 * Names for a `with`: those given, and beyond them Node's own. What a block assigns without declaring it (as in
 * `generateUUID(secure = true)`) stays here and never becomes a global of the test.
 */
function scopeOf(known) {
  return new Proxy(known, {
    has: (_, name) => Object.hasOwn(known, name) || !(name in globalThis),
    get: (_, name) => {
      if (name === Symbol.unscopables || Object.hasOwn(known, name)) return known[name]
      throw new ReferenceError(`the block uses ${String(name)}, which the test does not give it`)
    },
  })
}

function consoleInto(printed) {
  const level = (name) => [name, (...args) => void printed.push({ level: name, text: format(...args), args })]
  return Object.fromEntries(['log', 'info', 'warn', 'error'].map(level))
}
