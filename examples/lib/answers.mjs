/*
 * Reading what panels answer, whatever their version.
 */

/** Settings are JSON text on panels up to 3.0 and an object on newer ones. */
export function clientsOf({ settings }) {
  return (typeof settings === 'string' ? JSON.parse(settings) : settings).clients ?? []
}

/** Panels refuse with a success of false. */
export function refuseFailure(answer) {
  if (answer.success === false) throw new Error(`The panel refused: ${answer.msg.trim()}`)
  return answer
}
