/*
 * Contenders in turns: A, B, C, A, B, C, … so that whatever slows the machine for a while slows all of them.
 *
 * A series is what all of this is made of: `{ subject, contender, metric, rounds }`, with one number a round.
 */

import { startContender } from './contender.mjs'

/**
 * @param {{ rounds: number, say: (text: string) => void }} how
 * @returns {(what: Comparison) => Promise<Series[]>}
 *
 * @typedef {object} Comparison
 * @property {string} subject - What is compared, in a few words.
 * @property {string[]} contenders - Their names.
 * @property {object} setup - What each is started with, once.
 * @property {string} job - What each does in a round; a file of `contenders/jobs`.
 * @property {object} [options] - What the job is given.
 * @property {object} [warmUp] - The same for the round before the first, which counts for nothing.
 * @property {(name: string, setup: object) => object} [start] - How a contender is started, where it is none of the usual.
 * @property {number} [rounds] - Where it takes other than the usual number.
 * @property {Record<string, number>} [fewer] - Contenders that take fewer, as each of theirs takes long, and how many.
 * @property {{ call: string, file: string }} [check] - A call that has to bring what is in the file.
 * @typedef {{ subject: string, contender: string, metric: string, rounds: number[] }} Series
 */
export function comparing({ rounds: usual, say }) {
  return async ({ subject, contenders, setup, start = startContender, job, options, warmUp = options, check, rounds = usual, fewer = {} }) => {
    const running = []
    try {
      for (const name of contenders) running.push(await living(() => start(name, setup)))
      for (const contender of running) if (check) await contender.run('check', check)
      const collected = []
      for (let round = 0; round <= rounds; round++) {
        for (const contender of running.filter(({ name }) => round <= (fewer[name] ?? rounds))) {
          say(`${subject}: ${contender.name}, ${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}`)
          const measured = await revived(contender, (one) => one.run(job, round === 0 ? warmUp : options))
          if (round > 0) collected.push({ contender: contender.name, measured })
        }
      }
      return seriesOf(subject, collected)
    } finally {
      for (const contender of running) await contender.end()
    }
  }
}

/** A contender that can be started anew. */
async function living(start) {
  let now = await start()
  return {
    name: now.name,
    run: (...job) => now.run(...job),
    end: () => now.end(),
    async revive() {
      await now.end()
      now = await start()
    },
  }
}

/** One that is stuck does its round once more from the start: `generateKeyPairSync` of Node.js 20, which the original uses, stops for ever at times. */
async function revived(contender, work) {
  try {
    return await work(contender)
  } catch (error) {
    if (!error.isStuck) throw error
    console.error(`${error.message}: it is started anew`)
    await contender.revive()
    return work(contender)
  }
}

/** Series of what was measured round by round, in the order in which contenders and metrics first appeared. */
export function seriesOf(subject, collected) {
  const series = new Map()
  for (const { contender, measured } of collected) {
    for (const [metric, value] of Object.entries(measured)) {
      const key = `${contender} ${metric}`
      if (!series.has(key)) series.set(key, { subject, contender, metric, rounds: [] })
      series.get(key).rounds.push(value)
    }
  }
  return [...series.values()]
}
