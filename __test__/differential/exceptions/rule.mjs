/*
 * What an exception is made of.
 *
 * An exception names a reason, the calls and panel versions it is about, and for each place of a record that may
 * differ what has to hold of the two values there. It excuses that and nothing else.
 *
 * @typedef {object} Exception
 * @property {string} because - Where the difference comes from, and why it is wanted.
 * @property {string[]} versions
 * @property {Record<string, '*' | string[]>} calls - Labels by method; `*` for each call of it that differs so. The
 *   method `*` is any that is not named.
 * @property {(reference: object, ours: object) => boolean} [when] - What has to hold of the whole records.
 * @property {Record<string, (reference: unknown, ours: unknown) => boolean>} differs - By place; `[]` is any index.
 * @property {Record<string, (reference: unknown, ours: unknown) => boolean>} [follows] - The same for what comes with
 *   it in some of the calls only.
 */

import { isDeepStrictEqual } from 'node:util'

export const BOTH = ['2.8.11', 'HEAD']
export const EVERY = ['2.8.11', '3.1.0', 'HEAD']

/** Exactly these two values. */
export const is = (expected, wanted) => (reference, ours) =>
  isDeepStrictEqual(reference, expected) && isDeepStrictEqual(ours, wanted)

/** Whatever it was, it is this. */
export const becomes = (wanted) => (_, ours) => isDeepStrictEqual(ours, wanted)

/** It was not there. */
export const isNew = (reference, ours) => reference === undefined && ours !== undefined

/** It is not there any more. */
export const isGone = (reference, ours) => reference !== undefined && ours === undefined

/** Two conditions, one for each value. */
export const each = (ofReference, ofOurs) => (reference, ours) => ofReference(reference) && ofOurs(ours)

/** The requests by verb and path. */
export const lines = (requests) => requests.map(({ line }) => line)

export const anything = () => true
