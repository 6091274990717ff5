/*
 * Examples of the documentation as text: some are modules, and are run and compiled in a scope of names that they
 * leave to the reader.
 */

const IMPORT = /^import (\w+|\{[^}]*\}) from ('[^']+')$/gm

/** The lines that load modules. */
export const importsOf = (code) => code.match(IMPORT) ?? []

/** The example without them, and without what only a module may have. */
export const bodyOf = (code) =>
  code
    .replace(IMPORT, '')
    .replace(/^export default /gm, 'void ')
    .replace(/^export /gm, '')

/** The example as a script that loads its modules by `require`. */
export const asScript = (code) =>
  [...importsOf(code).map((line) => line.replace(IMPORT, 'const $1 = require($2)')), bodyOf(code)].join('\n')
