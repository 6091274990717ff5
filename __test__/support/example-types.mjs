/*
 * Compiling examples of the documentation as TypeScript, all in one go.
 *
 * Must not know: which examples there are.
 */

import { join } from 'node:path'

import ts from 'typescript-5'

import { bodyOf, importsOf } from './example-code.mjs'

const OPTIONS = {
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  types: ['node'],
}

/** What examples leave to the reader. */
const NAMES = `import ThreeXUI from '3xui-native'
import { readFile, writeFile } from 'node:fs/promises'
declare const client: ThreeXUI, other: ThreeXUI, url: string, redis: any, database: any, app: any
`
/** Types of frameworks are packages of their own, which nobody needs for ours. */
const FRAMEWORKS = "declare module 'express'"

/**
 * @param {string} root - The package's folder.
 * @param {string[]} codes
 * @returns {string[][]} for each of them what the compiler has to say
 */
export function compiled(root, codes) {
  const examples = codes.map((code, at) => [join(root, `example-${at}.mts`), asModule(code)])
  const files = new Map([...examples, [join(root, 'frameworks.d.ts'), FRAMEWORKS]])
  const host = ts.createCompilerHost(OPTIONS)
  const { readFile, fileExists } = host
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => files.get(name) ?? readFile(name)
  const program = ts.createProgram([...files.keys()], OPTIONS, host)
  return examples.map(([name]) => problemsOf(program, program.getSourceFile(name)))
}

/** In a block of its own, so that it may declare what is given. */
function asModule(code) {
  return [NAMES, ...importsOf(code), '{', bodyOf(code), '}', ''].join('\n')
}

function problemsOf(program, source) {
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
