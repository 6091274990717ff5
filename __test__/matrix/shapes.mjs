/*
 * The shape of an answer: each function gives what is wrong with a value, or nothing. Most are of the `obj` of an envelope.
 */

export const nothing = (value) => (value === null ? '' : `is ${kind(value)}, not null`)
export const bool = ofType('boolean')
export const number = ofType('number')
export const string = ofType('string')

/** Exactly this value. */
export const is = (wanted) => (value) => (value === wanted ? '' : `is ${JSON.stringify(value)}, not ${wanted}`)

/** Null or words: where panels disagree about what they say of a thing done. */
export const words = (value) => (value === null ? '' : string(value))

/** Settings of an inbound: text up to 3.0, an object from 3.1 on. */
export const settingsText = (value) =>
  typeof value === 'string' || (typeof value === 'object' && value !== null) ? '' : `is ${kind(value)}`

export const arrayOf = (each) => (value) => {
  if (!Array.isArray(value)) return `is ${kind(value)}, not a list`
  return firstFault(value.map((item, at) => [`[${at}]`, each(item)]))
}

export const object = (members) => (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `is ${kind(value)}, not an object`
  return firstFault(Object.entries(members).map(([name, shape]) => [`.${name}`, shape(value[name])]))
}

/** An object whose members are all alike. */
export const record = (each) => (value) => object({})(value) || firstFault(Object.entries(value).map(([name, item]) => [`.${name}`, each(item)]))

export const either = (...shapes) => (value) => {
  const faults = shapes.map((shape) => shape(value))
  return faults.every(Boolean) ? faults.join(' and ') : ''
}

/** The shape of a whole answer that is no envelope of the panel. */
export const whole = (shape) => ({ whole: shape })

function ofType(type) {
  return (value) => (typeof value === type ? '' : `is ${kind(value)}, not a ${type}`)
}

function firstFault(faults) {
  const [where, fault] = faults.find(([, fault]) => fault) ?? []
  return where ? `${where} ${fault}` : ''
}

function kind(value) {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : value === undefined ? 'missing' : `a ${typeof value}`
}
