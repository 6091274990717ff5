'use strict'

/*
 * A request as the panel's handlers see it.
 */

const { decoder } = require('../go/syntax')

/** Reads a request to its end. */
async function readRequest(incoming) {
  const chunks = []
  for await (const chunk of incoming) chunks.push(chunk)
  const [path, query = ''] = incoming.url.split(/\?(.*)/s)
  return new Call(incoming, path, query, Buffer.concat(chunks).toString('utf8'))
}

class Call {
  constructor(incoming, path, query, body) {
    this.method = incoming.method
    this.url = incoming.url
    this.headers = incoming.headers
    this.remoteAddress = incoming.socket.remoteAddress
    this.path = path
    this.query = new URLSearchParams(query)
    this.body = body
    /** Filled by the router: the values of `:name` in the pattern. */
    this.params = {}
    /** Filled by the gate: the session whose cookie the request carries. */
    this.session = null
    /** Set by a fault: the call is to be carried out by half. */
    this.stopsHalfway = false
  }

  get isJson() {
    return /^application\/json\b/.test(this.headers['content-type'] ?? '')
  }

  /** A browser script, by the header that panels tell them by. */
  get isScript() {
    return this.headers['x-requested-with'] === 'XMLHttpRequest'
  }

  json() {
    return decoder(this.body)
  }

  form() {
    return new URLSearchParams(this.body)
  }

  cookie(name) {
    for (const pair of (this.headers.cookie ?? '').split(';')) {
      const [key, ...value] = pair.trim().split('=')
      if (key === name) return value.join('=')
    }
    return null
  }
}

module.exports = { readRequest }
