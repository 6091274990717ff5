/*
 * The package's declarations, read from its types: what a client has, what hangs on the class, and the types.
 *
 * `index.d.ts` is written over the generated `native.d.ts`: where both have a member, the first one's signatures are
 * those of the package, and what its comment leaves out is said by the other one's. Must not know how it is shown.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import ts from 'typescript-5'

import { inherited, parsedComment } from './comments.mjs'

/** @typedef {import('./comments.mjs').Doc} Doc */
/** @typedef {{ path: string, kind: 'function'|'property', signatures: string[], doc: Doc }} Member - `path` begins with
 *    `#` for what objects of a class have and with `.` for what hangs on the export itself. */
/** @typedef {{ name: string, kind: 'function'|'class'|'object', base?: string, signatures: string[], doc: Doc,
 *    members: Member[] }} Export */
/** @typedef {{ name: string, isExported: boolean, aliases: string[], text: string, doc: Doc,
 *    members: Member[] }} Type */

/** The class that the package is. */
const CLASS = 'ThreeXUI'

/**
 * @param {string} root - The folder that holds both files.
 * @returns {{ client: Member[], exports: Export[], types: Type[] }}
 */
export function readDeclarations(root) {
  const [index, native] = ['index.d.ts', 'native.d.ts'].map((file) => parse(join(root, file)))
  const space = index.find(ts.isModuleDeclaration).body.statements
  return {
    client: clientMembers(classNamed(index, CLASS), classNamed(native, CLASS)),
    exports: exportsIn(space, native),
    types: typesIn(space, native),
  }
}

/** Every example of the types, those that another file's comment stands in front of too. */
export function readExamples(root) {
  return ['index.d.ts', 'native.d.ts'].flatMap((file) => examplesIn(parse(join(root, file)), file))
}

function examplesIn(statements, file) {
  const found = []
  const visit = (node, path) => {
    const name = nameOf(node)
    const own = name && name !== CLASS ? [...path, name] : path
    for (const code of docOf(node).examples) found.push({ of: own.join('.'), file, code })
    ts.forEachChild(node, (child) => visit(child, own))
  }
  for (const statement of statements) visit(statement, [])
  return found
}

function parse(path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  return source.statements
}

const classNamed = (statements, name) => statements.filter(ts.isClassDeclaration).find((node) => nameOf(node) === name)

// --- The client -----------------------------------------------------------------------------------------------------

function clientMembers(over, generated) {
  const base = byPath(membersOf(generated))
  const own = byPath(membersOf(over))
  for (const [path, member] of own) {
    const under = base.get(path)
    base.set(path, under ? { ...member, doc: inherited(member.doc, under.doc) } : member)
  }
  return [...base.values()]
}

const byPath = (members) => new Map(members.map((member) => [member.path, member]))

// --- What hangs on the class ----------------------------------------------------------------------------------------

function exportsIn(space, native) {
  return space.flatMap((node) => {
    if (ts.isClassDeclaration(node)) return [classExport(node)]
    if (ts.isFunctionDeclaration(node)) return [functionExport(node)]
    if (ts.isVariableStatement(node)) return [objectExport(node, native)]
    return []
  })
}

function classExport(node) {
  const base = node.heritageClauses?.[0].types[0].expression.getText()
  return { name: node.name.text, kind: 'class', base, signatures: [], doc: docOf(node), members: membersOf(node) }
}

function functionExport(node) {
  return { name: node.name.text, kind: 'function', signatures: [signatureOf(node)], doc: docOf(node), members: [] }
}

function objectExport(node, native) {
  const [{ name, type }] = node.declarationList.declarations
  const members = literalMembers(type, '', native)
  return { name: name.text, kind: 'object', signatures: [], doc: docOf(node), members }
}

/** The members of an object, those of the objects in it by their paths. */
function literalMembers(literal, path, native) {
  return merged(literal.members.flatMap((node) => innerMembers(node, `${path}.${nameOf(node)}`, native)))
}

/** What hangs on an export may be an object again, or a class. */
function innerMembers(node, path, native) {
  const type = isCallable(node) || path.startsWith('#') ? undefined : node.type
  if (type && ts.isTypeLiteralNode(type)) return literalMembers(type, path, native)
  if (type && ts.isTypeQueryNode(type)) return innerClass(classNamed(native, type.exprName.right.text), path)
  return [memberOf(node, path)]
}

function innerClass(node, path) {
  const self = { path, kind: 'property', signatures: [`class ${node.name.text}`], doc: docOf(node) }
  return [self, ...membersOf(node).map((member) => ({ ...member, path: `${path}${member.path}` }))]
}

// --- Types ----------------------------------------------------------------------------------------------------------

function typesIn(space, native) {
  const names = reexports(space)
  const isType = (node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)
  const own = space.filter((node) => isType(node) && !isNameAlone(node))
  const taken = new Set(own.map(({ name }) => name.text))
  const generated = native.filter((node) => isType(node) && !taken.has(node.name.text) && isExportedNode(node))
  const values = new Set(space.filter((node) => !isType(node) && !ts.isImportEqualsDeclaration(node)).map(nameOf))
  return [
    ...generated.map((node) => typeOf(node, names.get(node.name.text) ?? [])),
    // A value of the same name is described where values are.
    ...own.filter(({ name }) => !values.has(name.text)).map((node) => typeOf(node, [node.name.text])),
  ]
}

function typeOf(node, names) {
  const name = node.name.text
  const members = ts.isInterfaceDeclaration(node) ? membersOf(node) : []
  const aliases = names.filter((other) => other !== name)
  return { name, isExported: names.length > 0, aliases, text: textOf(node), doc: docOf(node), members }
}

/** By a type's name in the generated file: the names that the package has for it. */
function reexports(space) {
  const names = new Map()
  for (const node of space.filter(ts.isImportEqualsDeclaration)) {
    const target = node.moduleReference.right.text
    names.set(target, [...(names.get(target) ?? []), node.name.text])
  }
  return names
}

/** One name for a type of the generated file, where an import would not do. */
const isNameAlone = ({ name, type }) => type?.getText() === `native.${name.text}`

const isExportedNode = (node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false

// --- Members --------------------------------------------------------------------------------------------------------

function membersOf(node) {
  return merged(
    node.members.filter((member) => nameOf(member)).flatMap((member) => {
      const isStatic = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
      return innerMembers(member, `${isStatic ? '.' : '#'}${nameOf(member)}`)
    }),
  )
}

function memberOf(node, path) {
  const kind = isCallable(node) ? 'function' : 'property'
  return { path, kind, signatures: [signatureOf(node)], doc: docOf(node) }
}

const isCallable = (node) =>
  ts.isMethodDeclaration(node) ||
  ts.isMethodSignature(node) ||
  ts.isConstructorDeclaration(node) ||
  (node.type !== undefined && ts.isFunctionTypeNode(node.type))

function nameOf(node) {
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0].name.text
  return ts.isVariableDeclaration(node) ? undefined : node.name?.getText()
}

/** Overloads, and the two sides of an accessor, are one member: each comment adds what it says. */
function merged(members) {
  const found = new Map()
  for (const member of members) {
    const before = found.get(member.path)
    if (!before) {
      found.set(member.path, member)
      continue
    }
    before.signatures.push(...member.signatures)
    before.doc = together(before.doc, member.doc)
  }
  return [...found.values()]
}

function together(first, second) {
  const join = (one, other) => [one, other].filter(Boolean).join('\n\n')
  return {
    text: join(first.text, second.text),
    params: [...first.params, ...second.params.filter(({ name }) => !first.params.some((one) => one.name === name))],
    returns: join(first.returns, second.returns),
    throws: [...first.throws, ...second.throws],
    remarks: [...first.remarks, ...second.remarks],
    examples: [...first.examples, ...second.examples],
  }
}

// --- Texts ----------------------------------------------------------------------------------------------------------

function docOf(node) {
  // The compiler finds a comment from what is inside of it, too.
  const comment = ts.getJSDocCommentsAndTags(node).findLast((found) => ts.isJSDoc(found) && found.parent === node)
  return parsedComment(comment?.getText())
}

const signatureOf = (node) => textOf(node).replace(/;$/, '')

/** As it is written, without the words that only tell one file from the other. */
function textOf(node) {
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart())
  const indent = /^ */.exec(node.getSourceFile().text.split('\n')[line])[0]
  return node
    .getText()
    .replaceAll(`\n${indent}`, '\n')
    .replace(/^(export )?(declare )?/, '')
    .replace(/^static /, '')
    .replace(/\b(native|ThreeXUI)\.(?=[A-Z])/g, '')
}
