/*
 * Counting tests from what the runners print in the end: cargo test and Node's runner.
 */

import { stripVTControlCharacters } from 'node:util'

/** Reads output piece by piece; `sum()` tells how many tests passed and failed. */
export function tally() {
  let text = ''
  return {
    read(piece) {
      text += piece
    },
    sum() {
      const plain = stripVTControlCharacters(text)
      const total = (pattern) => [...plain.matchAll(pattern)].reduce((sum, [, number]) => sum + Number(number), 0)
      return {
        passed: total(/^test result: .*?(\d+) passed/gm) + total(/^. pass (\d+)\s*$/gm),
        failed: total(/^test result: .*?(\d+) failed/gm) + total(/^. fail (\d+)\s*$/gm),
      }
    },
  }
}
