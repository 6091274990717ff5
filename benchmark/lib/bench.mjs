/*
 * Running the works, one after another, and telling what came of them.
 *
 * Must not know: what a work measures, and how.
 */

import { loadavg } from 'node:os'

import { comparing } from './compare.mjs'
import { judged } from './judge.mjs'
import { machine } from './machine.mjs'
import { save } from './save.mjs'
import { table, verdicts } from './table.mjs'

/** @returns {Promise<number>} the exit code: 0 where everything could be measured, whatever the numbers are. */
export async function bench({ works, quick, rounds }) {
  // Now: what is committed while it runs was not measured.
  const where = machine()
  for (const name of works) {
    const { work } = await import(`../works/${name}.mjs`)
    console.log(`\n${work.title}\n`)
    const load = loadavg()[0]
    const series = await work.run({ quick, rounds, compare: comparing({ rounds, say: progress }) })
    clearLine()
    // At once: a later work may fail.
    if (!quick) save({ [name]: { title: work.title, notes: work.notes ?? [], at: new Date().toISOString(), load, rounds, series } }, where)
    console.log(table(series))
    for (const line of verdicts(judged(name, series))) console.log(line)
  }
  if (quick) console.log('\nShort rounds say that everything works, and nothing about speed: nothing was written.')
  return 0
}

function progress(text) {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K  ${text}`)
}

function clearLine() {
  if (process.stdout.isTTY) process.stdout.write('\r\x1b[2K')
}
