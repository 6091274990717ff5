'use strict'

/*
 * How what belongs to the write of a flow gets from the flow to that write, where a program's own `_request` stands between.
 *
 * It goes with the body, by identity: through a queue of the program's, whoever wakes that. And with the async context, for
 * a program that sends another body in its place. No argument tells of it: programs compare the arguments of `_request`
 * with what the original passes.
 */

const { AsyncLocalStorage } = require('node:async_hooks')

/** Planned writes by the bodies that they send. */
const byBody = new WeakMap()

/** The planned write that is being made. Never entered where nothing of the program's stands between: it slows promises. */
const context = new AsyncLocalStorage()

/**
 * Makes the request of a planned write.
 *
 * A slot that is not used before `request` returns is let go: others may be waiting behind it, among them the write itself,
 * and the program may take its time. What is expected of the client goes on.
 */
async function written(write, { client, path, body, isOurs, request }) {
  byBody.set(body, write)
  try {
    const answer = isOurs ? request() : context.run({ write, client, path }, request)
    write.release()
    return await answer
  } finally {
    write.release()
    byBody.delete(body)
  }
}

/** The planned write that a request is; undefined for nearly all. */
function plannedWriteOf(client, path, body) {
  const write = byBody.get(body)
  if (write) return write
  const current = context.getStore()
  return current?.client === client && current.path === path ? current.write : undefined
}

module.exports = { plannedWriteOf, written }
