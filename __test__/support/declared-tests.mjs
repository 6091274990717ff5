/*
 * The tests that a file declares, by their names as they are written there.
 */

import { readFileSync } from 'node:fs'

import ts from 'typescript-5'

/** What declares a test: `test` itself, and what calls it for several panels (`onPanels`, `onAll`). */
const DECLARING = /^(test|on[A-Z]\w*)$/

/** @returns {string[]} names of templates with their `${…}` */
export function declaredTests(path) {
  const names = []
  const look = (node) => {
    if (ts.isCallExpression(node) && DECLARING.test(node.expression.getText())) names.push(nameOf(node.arguments[0]))
    ts.forEachChild(node, look)
  }
  look(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true))
  return names
}

const nameOf = (argument) => (ts.isStringLiteralLike(argument) || ts.isTemplateExpression(argument) ? argument.getText().slice(1, -1) : undefined)
