'use strict'

/*
 * Traffic rows: the counters and limits of an e-mail. The panel keeps one row for an e-mail, whichever inbounds its
 * client is in.
 */

const limitsOf = (client) => ({
  enable: client.enable,
  email: client.email,
  expiryTime: client.expiryTime,
  total: client.totalGB,
  reset: client.reset,
  resetDay: client.resetDay,
  resetMax: client.resetMax,
})

const rowOf = (store, email) => store.traffic.firstWith('email', email)

/** Begins counting for a client; a row that exists goes on counting, under the inbound that came last. */
function addTrafficRow(store, inboundId, client) {
  const row = rowOf(store, client.email)
  const enable = client.enable || store.facts.rowsBeginEnabled
  const unused = { up: 0, down: 0, allTime: 0, resetCount: 0, lastOnline: 0 }
  if (!row) store.traffic.add({ inboundId, ...limitsOf(client), enable, ...unused })
  else if (store.facts.clientTable) Object.assign(row, limitsOf(client), { inboundId: ownerOf(store, row, inboundId) })
}

/** Which inbound a shared row says it belongs to. The attempt to insert another one costs an id. */
function ownerOf(store, row, inboundId) {
  store.traffic.skipId()
  return store.facts.rowFollowsClient ? inboundId : row.inboundId
}

/** Takes over new limits, and a new name. */
function updateTrafficRow(store, email, client) {
  const row = rowOf(store, email)
  if (!row) return
  Object.assign(row, limitsOf(client))
  if (client.email !== email) store.traffic.touched()
}

function removeTrafficRow(store, email) {
  store.traffic.remove((row) => row.email === email)
}

/** Used up or expired, and not renewed by itself. */
function isDepleted(row, now) {
  const usedUp = row.total > 0 && row.up + row.down >= row.total
  const expired = row.expiryTime > 0 && row.expiryTime <= now
  return row.reset === 0 && (usedUp || expired)
}

module.exports = { rowOf, addTrafficRow, updateTrafficRow, removeTrafficRow, isDepleted }
