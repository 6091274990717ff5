/*
 * What the published package has to hold, and what it must not.
 */

import { posix } from 'node:path'

/** Files for those who work on the project, not for those who use it. */
const OURS = /(^|\/)(__test__|tests?|scripts|src|target|benchmark)\/|\.test\.|\.node$/

/**
 * One sentence for each file that is missing or too much.
 *
 * @param {object} manifest - `package.json`.
 * @param {string[]} files - The package's files, relative to its root.
 * @param {(file: string) => string} read - Reads one of them.
 * @returns {string[]}
 */
export function packProblems(manifest, files, read) {
  const packed = new Set(files)
  const missing = entriesOf(manifest).filter((file) => !packed.has(file))
  return [
    ...missing.map((file) => `package.json names ${file}, which is not in the package`),
    ...files.filter((file) => OURS.test(file)).map((file) => `${file} does not belong in the package`),
    ...files.filter(hasImports).flatMap((file) => danglingImports(file, read(file), packed)),
  ]
}

function entriesOf({ main, types, exports }) {
  const targets = (value) => (typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(targets))
  return [...new Set([main, types, ...targets(exports)].map((path) => posix.normalize(path)))]
}

/** The generated loader tries an addon for each platform: those are packages of their own. */
function hasImports(file) {
  return /\.(js|cjs|mjs|ts)$/.test(file) && file !== 'native.js'
}

function danglingImports(file, text, packed) {
  const named = [...text.matchAll(/(?:\bfrom |\brequire\(|\bimport\()\s*['"](\.{1,2}\/[^'"]*|\.{1,2})['"]/g)]
  return named
    .map(([, path]) => path)
    .filter((path) => !candidates(file, path).some((candidate) => packed.has(candidate)))
    .map((path) => `${file} needs ${path}, which is not in the package`)
}

/** The files that an import may mean. Types look for types. */
function candidates(file, path) {
  const target = posix.join(posix.dirname(file), path)
  if (/\.d\.[cm]?ts$/.test(file)) return [`${target}.d.ts`, `${target}/index.d.ts`, target.replace(/\.js$/, '.d.ts')]
  return [target, `${target}.js`, `${target}/index.js`]
}
