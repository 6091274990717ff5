/*
 * What the tour leaves on the panel, so that all of it can be removed again, and nothing else.
 */

import { clientsOf, refuseFailure } from './answers.mjs'

const ATTEMPTS = 3

export class Traces {
  /** @param {string} mark - What the names of all inbounds and clients made here begin with. */
  constructor(mark) {
    this.mark = mark
  }

  toString() {
    return `inbounds and clients whose name begins with ${this.mark}`
  }

  /** The inbounds that are there, also those whose making was never answered. */
  async left(client) {
    const { obj: inbounds } = refuseFailure(await client.getInbounds())
    return inbounds.filter(({ remark }) => remark.startsWith(this.mark))
  }

  /** Removes all of it. What fails is tried again: a panel that stumbles is no reason to leave anything. */
  async remove(client, say) {
    let failed = null
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      failed = await this.#sweep(client, say)
      if (failed === null) return
    }
    throw failed
  }

  /** Removes what can be removed and gives the first error, if there is one. */
  async #sweep(client, say) {
    let failed = null
    try {
      const inbounds = await this.left(client)
      const progress = say.bar('removed', inbounds.reduce((sum, inbound) => sum + clientsOf(inbound).length, 0))
      for (const inbound of inbounds) {
        await removeInbound(client, inbound, progress).catch((error) => {
          failed ??= error
        })
      }
    } catch (error) {
      failed ??= error
    }
    return failed
  }
}

/** Clients first: on panels from 3.1 on they would outlive their inbound. */
async function removeInbound(client, inbound, progress) {
  for (const { id, password, email } of clientsOf(inbound)) {
    const key = { trojan: password, shadowsocks: email }[inbound.protocol] ?? id
    const answer = await client.deleteClient(inbound.id, key)
    if (!goesWithTheInbound(answer)) refuseFailure(answer)
    progress()
  }
  refuseFailure(await client.deleteInbound(inbound.id))
}

/**
 * Panels up to 3.0 refuse to delete the last client of an inbound, and one that they have lost half of by stumbling
 * over its deletion. Both go with the inbound there.
 */
function goesWithTheInbound({ success, msg }) {
  return !success && /no client remained|not found/i.test(msg)
}
