/*
 * docs/API.md: everything that can be found on the class at run time is described there, everything that is described
 * has an example, and every example of the types compiles and runs.
 */

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'

import ThreeXUI from '3xui-native'

import { apiSections } from '../scripts/lib/docs/page.mjs'
import { readExamples } from '../scripts/lib/docs/declarations.mjs'
import { runExample } from './support/example-names.mjs'
import { compiled } from './support/example-types.mjs'

const root = join(import.meta.dirname, '..')
const sections = apiSections(root)
const titles = new Set(sections.map(({ title }) => title))

/** With all their names: a difference of long lists is shown in parts. */
const none = (found, what) => assert.equal(found.length, 0, `${found.length} ${what}:\n${found.join('\n')}`)

// --- What is described ----------------------------------------------------------------------------------------------

/** Every function has these. */
const OF_FUNCTIONS = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'constructor'])
/** What can be found and is not for programs. */
const INNER = {
  'ThreeXUI.MemorySessionStore.nativeOf': 'how the client gets at the store that the core keeps',
}

// `toJSON` is for `JSON.stringify`, which calls it, and not for programs.
const ownNames = (object) =>
  Object.getOwnPropertyNames(object).filter((name) => !OF_FUNCTIONS.has(name) && name !== 'toJSON' && !name.startsWith('_'))

/** A class's prototypes, the language's left out. */
function prototypesOf(Class) {
  const found = []
  const languages = [Object.prototype, Error.prototype, null]
  for (let at = Class.prototype; !languages.includes(at); at = Object.getPrototypeOf(at)) found.push(at)
  return found
}

/** An object or a class that only holds others is described by these. */
const isDescribed = (title) => titles.has(title) || [...titles].some((other) => other.startsWith(`${title}.`))

const isClass = (value) => typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value))

/** The functions that hang on something, each with the titles under which it may be described. */
function* functionsOn(holder, path, depth = 0) {
  for (const name of ownNames(holder)) {
    const value = holder[name]
    const at = `${path}.${name}`
    if (value === ThreeXUI || at in INNER) continue
    if (typeof value === 'function') yield [at, [at]]
    if (isClass(value)) yield* methodsOf(value, at)
    if (value && ['object', 'function'].includes(typeof value) && depth < 2) yield* functionsOn(value, at, depth + 1)
  }
}

function* methodsOf(Class, path) {
  const prototypes = prototypesOf(Class)
  const classes = [path, ...prototypes.slice(1).map(({ constructor }) => `ThreeXUI.${constructor.name}`)]
  for (const name of new Set(prototypes.flatMap(ownNames))) {
    yield [`${path}#${name}`, classes.map((each) => `${each}#${name}`)]
  }
}

test('every method of the client is in docs/API.md', () => {
  const names = new Set(prototypesOf(ThreeXUI).flatMap(ownNames))
  assert.ok(names.size > 140)
  none([...names].filter((name) => !titles.has(`client.${name}`)), 'are not described')
})

test('every function that hangs on the class is in docs/API.md', () => {
  const found = [...functionsOn(ThreeXUI, 'ThreeXUI')]
  assert.ok(found.length > 100, `${found.length}`)
  const missing = found.filter(([, described]) => !described.some(isDescribed))
  none(missing.map(([at]) => at), 'are not described')
})

// --- What has an example --------------------------------------------------------------------------------------------

/** A class's example is that of its methods; an error that adds nothing to its class is caught as its class is. */
function needsExample({ level, entry }) {
  if (level !== 3 || !entry || entry.kind === 'type') return false
  if (entry.kind === 'class') return entry.members.some(({ kind }) => kind === 'function')
  return entry.kind === 'function' || entry.kind === 'object'
}

test('every method, function and class that is described has an example', () => {
  const missing = sections.filter((section) => needsExample(section) && section.entry.doc.examples.length === 0)
  none(missing.map(({ title }) => title), 'have no example')
})

test('every method that is described says what it is for', () => {
  const silent = sections.filter((section) => needsExample(section) && section.entry.doc.text === '')
  none(silent.map(({ title }) => title), 'have no comment')
})

// --- Examples -------------------------------------------------------------------------------------------------------

/**
 * What an example needs that is not so on the newest panel as the tests set it up: see `runExample`; and `refused`
 * where it shows what a refusal looks like.
 */
const SET_UPS = {
  constructor: { password: 'password' },
  ThreeXUIError: { refused: true },
  addClient: { without: ['user_1'] },
  bulkCreateModernClients: { without: ['user_1', 'user_2'] },
  ...Object.fromEntries(
    [
      ...['getCustomGeos', 'getGeoAliases', 'addCustomGeo', 'updateCustomGeo', 'deleteCustomGeo', 'downloadCustomGeo'],
      'updateAllCustomGeo',
    ].map((name) => [name, { version: '3.1.0' }]),
  ),
}

const examples = readExamples(root)

test('every example compiles as TypeScript', () => {
  const problems = compiled(root, examples.map(({ code }) => code))
  const told = examples.flatMap(({ of, file }, at) => problems[at].map((problem) => `${of} (${file}): ${problem}`))
  none(told, 'do not compile')
})

test('every example runs, and no panel refuses it', async (t) => {
  for (const [at, { of, file, code }] of examples.entries()) {
    const number = examples.slice(0, at).filter((other) => other.of === of && other.file === file).length
    await t.test(`${of}${number > 0 ? `, ${number + 1}` : ''} (${file})`, async (t) => {
      const answers = await runExample(t, code, SET_UPS[of])
      const refused = SET_UPS[of]?.refused ? [] : answers.filter(isRefusal).map(shown)
      assert.equal(refused.length, 0, `${refused.join('\n')}\nis what the panel answered to\n\n${code}`)
    })
  }
})

test('what is set up for an example is of one that is there', () => {
  const named = new Set(examples.map(({ of }) => of))
  none(Object.keys(SET_UPS).filter((name) => !named.has(name)), 'have no example')
})

const isRefusal = ({ status, content }) =>
  status >= 400 || (content.startsWith('{') && JSON.parse(content).success === false)
const shown = ({ line, status, content }) => `${line}: ${status} ${content}`
