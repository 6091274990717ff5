/*
 * docs/API.md, made of the types: which entry stands where, and what each is called there.
 *
 * Fails where a declaration is in no group, and where a group names what is not declared.
 */

import { readDeclarations } from './declarations.mjs'
import { GROUPS, OBJECTS_OF_CLIENT } from './groups.mjs'
import { markdownOf } from './markdown.mjs'

export const PAGE = 'docs/API.md'

/** @typedef {{ level: number, title: string, label?: string, entry?: object }} Section - One heading and what stands
 *    under it; the label is what tables of contents call it. */

/** The page as it has to be for the types in `root`. */
export const apiPage = (root) => markdownOf(apiSections(root))

/** @returns {Section[]} in the page's order */
export function apiSections(root) {
  const { client, exports, types } = readDeclarations(root)
  const objects = Object.entries(OBJECTS_OF_CLIENT)
  const ofObjects = objects.flatMap(([name, type]) => membersUnder(name, types.find((each) => each.name === type)))
  const members = [...client.map(namedByPath), ...ofObjects]
  const isInner = ({ name }) => name.startsWith('_')

  const take = {
    client: taker('member of the client', members.filter((member) => !isInner(member))),
    exports: taker('export', exports),
    types: taker('type', types.filter(({ name }) => !objects.some(([, type]) => type === name))),
  }
  const groups = GROUPS.flatMap((group) => [
    { level: 2, title: group.title },
    ...(group.client ?? []).map((name) => clientSection(take.client.named(name))),
    ...(group.exports ?? []).flatMap((name) => exportSections(take.exports.named(name))),
    ...(group.types ?? []).map((name) => typeSection(take.types.named(name))),
  ])
  const rest = take.types.rest().map(typeSection)
  const left = [...take.client.rest(), ...take.exports.rest()].map(({ name }) => name)
  if (left.length > 0) throw new Error(`These are in no group of scripts/lib/docs/groups.mjs: ${left.join(', ')}`)
  return [
    ...groups,
    { level: 2, title: 'Types' },
    ...rest,
    { level: 2, title: 'For programs that reach further', entry: { kind: 'inner', members: members.filter(isInner) } },
  ]
}

const namedByPath = (member) => ({ ...member, name: member.path.slice(1) })
const membersUnder = (holder, { members }) =>
  members.map(namedByPath).map((member) => ({ ...member, name: `${holder}.${member.name}` }))

/** Gives each declaration out once. */
function taker(what, declarations) {
  const left = new Map(declarations.map((declaration) => [declaration.name, declaration]))
  return {
    named(name) {
      const found = left.get(name)
      if (!found) throw new Error(`scripts/lib/docs/groups.mjs names ${name}, which is no ${what}, or is named twice`)
      left.delete(name)
      return found
    },
    rest: () => [...left.values()],
  }
}

function clientSection(member) {
  if (member.name === 'constructor') return { ...section('new ThreeXUI'), entry: called(member, 'ThreeXUI') }
  return { ...section(`client.${member.name}`, member.name), entry: member }
}

function exportSections(entry) {
  const title = `ThreeXUI.${entry.name}`
  const members = entry.members.map((member) => memberSection(member, `${title}${member.path}`))
  return [{ ...section(title, entry.name), entry }, ...members]
}

function memberSection(member, path) {
  const className = path.replace(/#constructor$/, '')
  const title = className === path ? path : `new ${className}`
  const [, label] = /^class (\w+)$/.exec(member.signatures[0]) ?? []
  return { level: 4, title, label, entry: called(member, className) }
}

const section = (title, label = title) => ({ level: 3, title, label })

/** Constructors are shown as they are called. */
const called = (member, className) => ({
  ...member,
  signatures: member.signatures.map((signature) => signature.replace(/^constructor(?=\()/, `new ${className}`)),
})

function typeSection(type) {
  const title = type.isExported ? `ThreeXUI.${type.name}` : type.name
  return { ...section(title, type.name), entry: { ...type, kind: 'type' } }
}
