/*
 * A program that calls everything that the addon exports with arguments and receivers that nobody means well with.
 * Ends with the number of calls on its output; what the addon throws is its right, and the process has to survive.
 *
 *     node hostile-calls.cjs
 */

'use strict'

const native = require('../../native.js')

/** Where nobody listens: what is tested is the addon's outside. */
const url = 'http://127.0.0.1:1'
const made = () => new native.ThreeXUI(url, 'admin', 'admin', { timeout: 2_000 })
const nothing = () => {}
const throwing = new Proxy({}, { get: () => { throw new Error('trap') } })
const cyclic = { list: [] }
cyclic.list.push(cyclic)
const detached = new Uint8Array(8)
structuredClone(detached.buffer, { transfer: [detached.buffer] })
let deep = {}
for (let n = 0; n < 500; n++) deep = { deep }

const VALUES = [
  undefined, null, true, 0, -1, 1.5, NaN, Infinity, -0, 2 ** 53, 1e308, 10n, '', 'x', '\0', '\ud800', 'ü'.repeat(5_000), '../../x', '{',
  Symbol('s'), {}, [], [[]], [undefined], JSON.parse('{"then":1}'), { length: 2 ** 32 }, Array.from({ length: 10 }), Object.create(null), cyclic, throwing, deep,
  nothing, async () => {}, () => { throw new Error('thrown') }, class {}, new Date(NaN), /x/, new Map(), new Error('e'), Promise.resolve(1),
  new Uint8Array(0), new Uint8Array(8), detached, Buffer.from('x'), new ArrayBuffer(4), new SharedArrayBuffer(4), new DataView(new ArrayBuffer(2)),
  new Float64Array(2), globalThis, native, made(), new native.MemorySessionStore(), native.ThreeXUI, native.ThreeXUI.prototype,
  { get: nothing, set: nothing, delete: nothing }, { get: () => 1, set: () => 1, delete: () => 1 },
  { parse: nothing, stringify: nothing, request: nothing }, { clients: [{}], id: 1 }, { port: 1, protocol: 'vless', settings: '{' },
]

let calls = 0

/** The receivers and the constructor of a class: those of its own kind, of another, and of none. */
function receiversOf(instance) {
  return [instance, undefined, null, 1, {}, made(), new native.MemorySessionStore(), Object.create(instance ?? null), new Proxy(instance ?? {}, {}), native.ThreeXUI.prototype]
}

function attempt(work) {
  calls += 1
  try {
    const result = work()
    if (typeof result?.then === 'function') Promise.resolve(result).catch(nothing)
  } catch {
    // It may refuse.
  }
}

/** Each value in the place of each argument, and behind arguments of a request that would do. */
function* argumentsFor(name) {
  yield []
  for (const value of VALUES) {
    yield [value, value, value, value, value, value]
    yield [1, value]
    if (name !== '_request') continue
    for (const end of [1, 2, 3, 4, 5]) yield [...['post', '/x', {}, {}, {}].slice(0, end), value]
  }
}

function abuse(name, method, receivers) {
  for (const args of argumentsFor(name)) attempt(() => Reflect.apply(method, receivers[0], args))
  for (const receiver of receivers) {
    for (const args of [[], [1], ['x', {}, nothing, {}, {}, {}]]) attempt(() => Reflect.apply(method, receiver, args))
  }
}

function abuseClass(Class, instance) {
  for (const args of argumentsFor()) attempt(() => new Class(...args))
  attempt(() => Class())
  attempt(() => Reflect.construct(Class, [url], Array))
  attempt(() => new (class extends Class {})())
  for (const holder of [Class, Class.prototype]) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (name === 'constructor' || name === 'prototype') continue
      const { value, get, set } = Object.getOwnPropertyDescriptor(holder, name)
      for (const method of [value, get, set]) if (typeof method === 'function') abuse(name, method, receiversOf(instance))
    }
  }
}

const client = made()
const instances = {
  ThreeXUI: client,
  MemorySessionStore: new native.MemorySessionStore(),
  SecurityMonitor: client._monitor(),
  PlannedWrite: client._reserveInbound(1),
  AddPlan: client._planAdd(1, 'vless', { email: 'alice' }),
  LibRealm: new native.LibRealm({ parse: JSON.parse, stringify: JSON.stringify, request: nothing }),
}

process.on('unhandledRejection', nothing)
process.on('uncaughtException', nothing)
for (const [name, exported] of Object.entries(native)) {
  if (typeof exported !== 'function') continue
  if (/^[A-Z]/.test(name)) abuseClass(exported, instances[name])
  else abuse(name, exported, [undefined, null, native])
}

setTimeout(() => {
  globalThis.gc?.()
  console.log(`survived ${calls}`)
  process.exit(0)
}, 500)
