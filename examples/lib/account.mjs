/*
 * What the tour prints: steps with their times, lines below them, tables.
 */

import { CLEAR, progressBar } from './progress-bar.mjs'

const [BOLD, DIM, RED, GREEN] = [1, 2, 31, 32]

/** Writes to `out`, and to `err` what failed; colours and a moving bar only where that is a terminal. */
export function account(out = process.stdout, err = process.stderr) {
  const line = (text) => out.write(`${text}\n`)
  const since = (begin) => time(performance.now() - begin)
  const conclude = (stream, sign, name, begin) => {
    if (out.isTTY) out.write(CLEAR)
    stream.write(`${sign} ${name} ${paint(stream, DIM, since(begin))}\n`)
  }
  return {
    title: (text) => line(paint(out, BOLD, text)),
    line,
    detail: (text) => line(`    ${text}`),
    since,
    /** Runs a step; tells its name, whether it went well, and how long it took. */
    async step(name, work) {
      const begin = performance.now()
      try {
        const result = await work()
        conclude(out, paint(out, GREEN, '✓'), name, begin)
        return result
      } catch (error) {
        conclude(err, paint(err, RED, '✗'), name, begin)
        throw error
      }
    },
    table(rows) {
      const [heading, ...others] = aligned(rows)
      line(paint(out, DIM, heading))
      for (const text of others) line(text)
    },
    bar: (label, total) => progressBar(out, label, total),
  }
}

/** Lines with the columns under each other: their names, then the rows. */
function aligned(rows) {
  const columns = Object.keys(rows[0])
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column])))]
  const widths = columns.map((_column, at) => Math.max(...cells.map((row) => row[at].length)))
  return cells.map((row) => `    ${row.map((cell, at) => cell.padEnd(widths[at])).join('  ').trimEnd()}`)
}

function paint(stream, code, text) {
  return stream.isTTY && stream.hasColors() ? `\x1b[${code}m${text}\x1b[0m` : text
}

const time = (ms) => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`)
