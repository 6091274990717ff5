'use strict'

/*
 * The native addon for this copy of the files.
 *
 * The addon is loaded once for a process and makes what it gives of the classes of the context that loaded it. A test runner
 * loads these files once for each test file, in a context with an `Array`, a `Promise` and an `Error` of its own; what comes
 * out of the addon there becomes what the program means by these names. Answers of the panel need nothing: they are parsed
 * by functions of this copy (`realm` in client.js). Where the addon was loaded by this context, it is used as it is, and all
 * this costs nothing.
 *
 * Must not know: what the addon does.
 */

const { isNativeError, isPromise } = require('node:util').types

const { isOfTheCore } = require('./errors.js')
const { once } = require('./once.js')
const addon = require('../native.js')

const isOfThisContext = addon.ThreeXUI instanceof Function

/** From the prototypes of the addon's classes to those of this copy. */
const prototypes = new Map()

const KINDS = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }

/** A value of the addon's as one of this context; what is of this context already stays. Bytes are the same in all. */
function adopted(value) {
  if (typeof value !== 'object' || value === null || value instanceof Object || ArrayBuffer.isView(value)) return value
  if (isPromise(value)) return promised(value)
  if (isNativeError(value)) return adoptedError(value)
  if (Array.isArray(value)) return Array.from(value, adopted)
  const prototype = prototypes.get(Object.getPrototypeOf(value))
  if (prototype) return Object.setPrototypeOf(value, prototype)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, adopted(member)]))
}

function promised(promise) {
  return new Promise((resolve, reject) => {
    promise.then(
      (value) => resolve(adopted(value)),
      // Behind the addon may stand a function of the program's, whose errors are its own affair.
      (error) => reject(isOfTheCore(error) ? adoptedError(error) : error),
    )
  })
}

/** The same error: it is known by what it is, and has the stack of who made it. */
function adoptedError(error) {
  const kind = KINDS[Object.getPrototypeOf(error)?.constructor?.name] ?? Error
  for (const name of Object.keys(error)) error[name] = adopted(error[name])
  return Object.setPrototypeOf(error, kind.prototype)
}

/** A function of the addon's as one of this context. */
const adoptedFunction = (name, call) =>
  ({
    [name](...args) {
      try {
        return adopted(call.apply(this, args))
      } catch (error) {
        throw isNativeError(error) ? adopted(error) : error
      }
    },
  })[name]

/** A class of the addon's as one of this context, whose objects are the addon's. */
function adoptedClass(name, Native) {
  const Own = {
    [name]: class {
      constructor(...args) {
        try {
          return Reflect.construct(Native, args, new.target)
        } catch (error) {
          throw isNativeError(error) ? adopted(error) : error
        }
      }
    },
  }[name]
  adoptMembers(Native, Own, ['prototype', 'name', 'length'])
  adoptMembers(Native.prototype, Own.prototype, ['constructor'])
  prototypes.set(Native.prototype, Own.prototype)
  return Own
}

function adoptMembers(from, to, except) {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(from))) {
    if (except.includes(name)) continue
    for (const part of ['value', 'get', 'set']) {
      if (typeof descriptor[part] === 'function') descriptor[part] = adoptedFunction(name, descriptor[part])
    }
    Object.defineProperty(to, name, descriptor)
  }
}

/** All its functions have a prototype. */
const isClass = (name) => /^[A-Z]/.test(name)

function adoptedAddon() {
  const entries = Object.entries(addon).filter(([, value]) => typeof value === 'function')
  return Object.fromEntries(entries.map(([name, value]) => [name, isClass(name) ? adoptedClass(name, value) : adoptedFunction(name, value)]))
}

module.exports = isOfThisContext ? addon : once('native', adoptedAddon)
