/*
 * What the command line says.
 */

import { parseArgs } from 'node:util'

import { WORKS } from '../works/names.mjs'

const USUAL_ROUNDS = 5
const QUICK_ROUNDS = 2

/** `{ works, quick, draw, rounds, problems }`; a problem is one sentence. */
export function optionsFrom(args) {
  let values
  try {
    values = parseArgs({ args, options: SHAPE }).values
  } catch (error) {
    return { problems: [error.message] }
  }
  const { only = [], quick = false, draw = false } = values
  const unknown = only.filter((name) => !WORKS.includes(name))
  const rounds = Number(values.rounds ?? (quick ? QUICK_ROUNDS : USUAL_ROUNDS))
  return {
    works: only.length > 0 ? only : WORKS,
    quick,
    draw,
    rounds,
    problems: [
      ...unknown.map((name) => `There is no work called ${name}: there are ${WORKS.join(', ')}.`),
      ...(rounds >= 1 ? [] : ['--rounds takes a number from 1 on.']),
    ],
  }
}

const SHAPE = {
  only: { type: 'string', multiple: true },
  quick: { type: 'boolean' },
  draw: { type: 'boolean' },
  rounds: { type: 'string' },
}
