/*
 * What has become of counts since they were written down.
 */

/** How much more is no matter of chance: hash maps are seeded anew each time. */
const TOLERANCE = 0.05

/**
 * @param {{ rustc: string, target: string, paths: Record<string, number> }} before
 * @param {{ rustc: string, target: string, paths: Record<string, number> }} now
 * @returns {{ worse: string[], notes: string[] }} one sentence each
 */
export function changes(before, now) {
  const worse = []
  const notes = before.rustc === now.rustc && before.target === now.target ? [] : [compilers(before, now)]
  for (const [name, count] of Object.entries(now.paths)) {
    const then = before.paths[name]
    if (then === undefined) worse.push(`${name} is not in benchmark/instructions.json yet.`)
    else if (count > then * (1 + TOLERANCE)) worse.push(`${name} takes ${count} instructions, ${more(then, count)} more than ${then}.`)
    else if (count < then * (1 - TOLERANCE)) notes.push(`${name} takes ${count} instructions, ${fewer(then, count)} fewer than it did (${then}).`)
  }
  for (const name of Object.keys(before.paths)) {
    if (!(name in now.paths)) worse.push(`${name} is in benchmark/instructions.json and nowhere else.`)
  }
  return { worse, notes }
}

function compilers(before, now) {
  return `The counts were made with rustc ${before.rustc} for ${before.target}, these with ${now.rustc} for ${now.target}.`
}

const more = (from, to) => `${((to / from - 1) * 100).toFixed(1)} %`
const fewer = (from, to) => `${((1 - to / from) * 100).toFixed(1)} %`
