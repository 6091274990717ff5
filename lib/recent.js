'use strict'

/*
 * Answers that are good for a while: many who ask for the same at once, or one after the other, cost one question.
 *
 * Must not know: what is asked.
 */

const GOOD_FOR_MS = 30_000

class Recent {
  #answers = new Map()

  /** The answer of that name, if there is one that is recent. */
  peek(name) {
    const known = this.#answers.get(name)
    return known && performance.now() - known.at < GOOD_FOR_MS ? known.got : undefined
  }

  /** The answer of that name, asked for where there is none that is recent. One that failed is nobody's. */
  async get(name, ask) {
    const now = performance.now()
    const known = this.#answers.get(name)
    if (known && now - known.at < GOOD_FOR_MS) return known.answer
    for (const [old, { at }] of this.#answers) if (now - at >= GOOD_FOR_MS) this.#answers.delete(old)
    const answer = ask()
    this.#answers.set(name, { at: now, answer })
    try {
      const got = await answer
      if (!got?.success) this.#answers.delete(name)
      else if (this.#answers.get(name)?.answer === answer) this.#answers.get(name).got = got
      return got
    } catch (error) {
      this.#answers.delete(name)
      throw error
    }
  }

  /** What was known is not so any more. */
  clear() {
    this.#answers.clear()
  }
}

module.exports = { Recent }
