/*
 * What the tour prints: steps with their times, lines below them, tables.
 */

/** Writes to `out`; colours and a moving bar only where that is a terminal. */
export function account(out = process.stdout) {
  const paint = (code) => (text) => (out.isTTY ? `\x1b[${code}m${text}\x1b[0m` : text)
  const [bold, dim, green, red] = [1, 2, 32, 31].map(paint)
  const line = (text = '') => out.write(`${text}\n`)
  return {
    title: (text) => line(bold(text)),
    line,
    detail: (text) => line(`    ${text}`),
    /** Runs a step; tells its name, whether it went well, and how long it took. */
    async step(name, work) {
      const begin = performance.now()
      try {
        const result = await work()
        line(`${green('✓')} ${name} ${dim(time(performance.now() - begin))}`)
        return result
      } catch (error) {
        line(`${red('✗')} ${name} ${dim(time(performance.now() - begin))}`)
        throw error
      }
    },
    table(rows) {
      const columns = Object.keys(rows[0])
      const width = (column) => Math.max(...[column, ...rows.map((row) => row[column])].map((cell) => String(cell).length))
      const widths = columns.map(width)
      const written = (cells) => `    ${cells.map((cell, at) => String(cell).padEnd(widths[at])).join('  ').trimEnd()}`
      line(dim(written(columns)))
      for (const row of rows) line(written(columns.map((column) => row[column])))
    },
    bar: (label, total) => bar(out, label, total),
  }
}

const time = (ms) => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`)

const WIDTH = 30

/** A progress bar: rewritten in place on a terminal, four lines elsewhere. */
function bar(out, label, total) {
  let told = 0
  return (done) => {
    const part = done / total
    const text = `    ${label} ${'█'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '░')} ${done} of ${total}`
    if (out.isTTY) {
      out.write(done < total ? `\r${text}` : `\r\x1b[2K`)
    } else if (part - told >= 0.25 || done === total) {
      told = part
      out.write(`${text}\n`)
    }
  }
}
