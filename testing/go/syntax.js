'use strict'

/*
 * Reading JSON text, with Go's words for what is wrong with it.
 *
 * V8 reads; only text that V8 refuses is walked again, to find the words. `decoder` is the reading of a request body
 * (`EOF`, `unexpected EOF`), `unmarshal` that of a text in hand (`unexpected end of JSON input`).
 */

const { GoError } = require('./error')

/** Reads a request body. */
const decoder = (text) => read(text, text.trim() === '' ? 'EOF' : 'unexpected EOF')

/** Reads a text in hand. */
const unmarshal = (text) => read(text, 'unexpected end of JSON input')

function read(text, endOfText) {
  try {
    return JSON.parse(text)
  } catch {
    throw new GoError(new Walk(text, endOfText).complaint())
  }
}

const quote = (char) => (char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${JSON.stringify(char).slice(1, -1)}'`)

/** Walks text that is no JSON up to the first character that Go's scanner stops at. */
class Walk {
  constructor(text, endOfText) {
    this.text = text
    this.at = 0
    this.endOfText = endOfText
  }

  complaint() {
    try {
      this.value()
      this.blanks()
      this.stop('after top-level value')
    } catch (error) {
      if (typeof error === 'string') return error
      throw error
    }
    return 'invalid JSON'
  }

  blanks() {
    while (' \t\r\n'.includes(this.text[this.at] ?? '!')) this.at += 1
  }

  stop(where) {
    if (this.at >= this.text.length) throw this.endOfText
    throw `invalid character ${quote(this.text[this.at])} ${where}`
  }

  value() {
    this.blanks()
    const char = this.text[this.at]
    if (char === '{') return this.members('}', () => this.member())
    if (char === '[') return this.members(']', () => this.value())
    if (char === '"') return this.string()
    const literal = { t: 'true', f: 'false', n: 'null' }[char]
    if (literal) return this.literal(literal)
    const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?/.exec(this.text.slice(this.at))
    if (!number) return this.stop('looking for beginning of value')
    this.at += number[0].length
  }

  literal(word) {
    for (let index = 0; index < word.length; index++) {
      if (this.text[this.at] !== word[index]) this.stop(`in literal ${word} (expecting ${quote(word[index])})`)
      this.at += 1
    }
  }

  members(close, one) {
    this.at += 1
    this.blanks()
    if (this.text[this.at] === close) {
      this.at += 1
      return
    }
    for (;;) {
      one()
      this.blanks()
      const char = this.text[this.at]
      if (char !== ',' && char !== close) this.stop(close === '}' ? 'after object key:value pair' : 'after array element')
      this.at += 1
      if (char === close) return
    }
  }

  member() {
    this.blanks()
    if (this.text[this.at] !== '"') this.stop('looking for beginning of object key string')
    this.string()
    this.blanks()
    if (this.text[this.at] !== ':') this.stop('after object key')
    this.at += 1
    this.value()
  }

  string() {
    this.at += 1
    while (this.text[this.at] !== '"') {
      if (this.at >= this.text.length) this.stop('')
      if (this.text[this.at] < ' ') this.stop('in string literal')
      this.at += this.text[this.at] === '\\' ? 2 : 1
    }
    this.at += 1
  }
}

module.exports = { decoder, unmarshal }
