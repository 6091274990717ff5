/*
 * A progress bar: rewritten in place on a terminal, four lines elsewhere.
 */

const WIDTH = 30

/** What a line on a terminal begins with to take the place of the bar. */
export const CLEAR = '\r\x1b[2K'

/** Gives a function to be called whenever `count` more of them are done. */
export function progressBar(out, label, total) {
  let done = 0
  let told = 0
  return (count = 1) => {
    done += count
    const part = done / total
    const text = `    ${label} ${'█'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '░')} ${done} of ${total}`
    if (out.isTTY) {
      out.write(CLEAR + text)
    } else if (part - told >= 0.25 || done === total) {
      told = part
      out.write(`${text}\n`)
    }
  }
}
