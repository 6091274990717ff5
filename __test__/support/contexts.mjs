/*
 * A program in a context of `vm`, as test runners have one for each test file: its files and those of packages are loaded in
 * it, Node's own modules and addons come from outside.
 *
 * Must not know: which program.
 */

import { readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname } from 'node:path'
import { createContext, runInContext } from 'node:vm'

/** What is the same object in every context of a process; all else is the context's own. */
const SHARED = [
  'process', 'Buffer', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'setTimeout', 'clearTimeout', 'setInterval',
  'clearInterval', 'setImmediate', 'queueMicrotask', 'console', 'AbortController', 'AbortSignal', 'structuredClone', 'Blob',
  'EventTarget', 'Event', 'performance', 'fetch', 'Uint8Array', 'ArrayBuffer',
]

/** A context: `load(file)` is `require` in it, `forget()` makes it load everything anew, `run(code)` evaluates. */
export function contextOfItsOwn() {
  const context = createContext(Object.fromEntries(SHARED.map((name) => [name, globalThis[name]])))
  context.globalThis = context
  context.global = context
  let cache = new Map()
  const load = (file) => {
    const loaded = cache.get(file)
    if (loaded) return loaded.exports
    const module = { exports: {}, filename: file, id: file }
    cache.set(file, module)
    const outside = createRequire(file)
    if (file.endsWith('.node')) return (module.exports = outside(file))
    const text = readFileSync(file, 'utf8')
    if (file.endsWith('.json')) return (module.exports = runInContext(`(${text})`, context))
    // What a file requires late is loaded anew where all has been forgotten meanwhile.
    const require = (id) => (isBuiltin(id) ? outside(id) : load(outside.resolve(id)))
    require.resolve = outside.resolve
    require.cache = {}
    const wrapped = `(function (exports, require, module, __filename, __dirname) {${text}\n})`
    runInContext(wrapped, context, { filename: file }).call(module.exports, module.exports, require, module, file, dirname(file))
    return module.exports
  }
  return {
    load,
    forget: () => void (cache = new Map()),
    run: (code) => runInContext(code, context),
  }
}
