/*
 * Progress of a cargo build: how many crates are compiled.
 */

const SILENCE_MS = 10_000

/**
 * Turns cargo's messages into progress: one line that is rewritten on a terminal, one line every ten seconds
 * elsewhere.
 *
 * @param {import('node:tty').WriteStream} out
 */
export function cargoProgress(out, now = Date.now) {
  let compiled = 0
  let last = now()
  return {
    line(text) {
      const crate = /^\s*(?:Compiling|Checking) (\S+)/.exec(text)?.[1]
      if (!crate) return
      compiled += 1
      if (out.isTTY) {
        out.write(`\r\x1b[2K  ${compiled} crates, now ${crate}`)
      } else if (now() - last >= SILENCE_MS) {
        last = now()
        out.write(`  ${compiled} crates, now ${crate}\n`)
      }
    },
    end() {
      if (out.isTTY && compiled > 0) out.write('\r\x1b[2K')
    },
  }
}
