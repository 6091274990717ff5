/*
 * What the tour leaves on the panel, so that all of it can be removed again, and nothing else.
 */

/** The tour was told to stop. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted')
  }
}

export class Traces {
  #interrupted = false

  /** @param {string} mark - What the remarks of all inbounds made here begin with. */
  constructor(mark) {
    this.mark = mark
  }

  /** From now on every step ends with `Interrupted`. */
  interrupt() {
    this.#interrupted = true
  }

  /** Goes on with a call's result, unless the tour was told to stop meanwhile. */
  async during(call) {
    const result = await call
    if (this.#interrupted) throw new Interrupted()
    return result
  }

  /** The inbounds that are there, also those whose making was never answered. */
  async left(client) {
    const { obj: inbounds } = refuseFailure(await client.getInbounds())
    return inbounds.filter(({ remark }) => remark.startsWith(this.mark))
  }

  /** Removes clients first: on panels from 3.1 on they would outlive their inbound. */
  async remove(client) {
    for (const inbound of await this.left(client)) {
      for (const { id, password, email } of clientsOf(inbound)) {
        const key = { trojan: password, shadowsocks: email }[inbound.protocol] ?? id
        // Panels up to 3.0 refuse to delete the last client of an inbound; there it goes with the inbound.
        await client.deleteClient(inbound.id, key)
      }
      refuseFailure(await client.deleteInbound(inbound.id))
    }
  }
}

/** Settings are JSON text on panels up to 3.0 and an object on newer ones. */
export function clientsOf({ settings }) {
  return (typeof settings === 'string' ? JSON.parse(settings) : settings).clients ?? []
}

/** Panels refuse with a success of false. */
export function refuseFailure(answer) {
  if (answer.success === false) throw new Error(`The panel refused: ${answer.msg.trim()}`)
  return answer
}
