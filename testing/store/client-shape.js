'use strict'

/*
 * A client in its three shapes: what callers send (and settings hold), what settings get when the panel itself writes
 * an entry, and the record of the client table.
 */

/** The fields of a client a panel reads, with their Go types. `created_at` and `updated_at` are milliseconds. */
const CLIENT_SHAPE = {
  id: 'string',
  security: 'string',
  password: 'string',
  flow: 'string',
  auth: 'string',
  email: 'string',
  limitIp: 'int',
  totalGB: 'int64',
  expiryTime: 'int64',
  enable: 'bool',
  tgId: 'int64',
  subId: 'string',
  group: 'string',
  comment: 'string',
  reset: 'int',
  resetDay: 'int',
  resetMax: 'int',
  trafficReset: 'string',
  trafficResetDay: 'int',
  created_at: 'int64',
  updated_at: 'int64',
}

const without = (client, ...emptyOnes) =>
  Object.fromEntries(Object.entries(client).filter(([name, value]) => !(emptyOnes.includes(name) && !value)))

/** A client as the panel writes it when clients live in settings alone. */
const legacyStruct = ({ id, security, password, flow, email, limitIp, totalGB, expiryTime, enable, tgId, subId, ...more }) => ({
  id,
  security,
  password,
  flow,
  email,
  limitIp,
  totalGB,
  expiryTime,
  enable,
  tgId,
  subId,
  comment: more.comment,
  reset: more.reset,
  created_at: more.created_at,
  updated_at: more.updated_at,
})

/** The same from 2.9 on, which know Hysteria: secrets it does not have are left out. */
function leanLegacyStruct(client) {
  const { id, security, password, flow, ...more } = legacyStruct(client)
  return without({ id, security, password, flow, auth: client.auth, ...more }, 'id', 'password', 'flow', 'auth')
}

/** A client as a panel with a client table writes it: empty secrets and cycles are left out. */
function tableStruct(client, facts) {
  const { id, security, password, flow, auth, email, limitIp, totalGB, expiryTime, enable, tgId, subId } = client
  const { comment, reset, created_at, updated_at } = client
  const { group, resetDay, resetMax, trafficReset, trafficResetDay } = known(client, facts)
  return without(
    {
      ...{ id, security, password, flow, auth, email, limitIp, totalGB, expiryTime, enable, tgId, subId },
      ...{ group, comment, reset, resetDay, resetMax, trafficReset, trafficResetDay, created_at, updated_at },
    },
    ...['id', 'password', 'flow', 'auth', 'group', 'trafficReset', 'trafficResetDay', 'created_at', 'updated_at'],
    ...(facts.clientsRenewByCalendar ? [] : ['resetDay', 'resetMax']),
  )
}

/** What a version knows nothing of is not kept. */
function known(client, facts) {
  const group = facts.recordsHaveGroup ? client.group : ''
  if (facts.clientsRenewByCalendar) return { ...client, group }
  return { ...client, group, resetDay: 0, resetMax: 0, trafficReset: '', trafficResetDay: 0 }
}

/** How a version writes a client. */
function structOf(facts) {
  if (facts.clientTable) return (client) => tableStruct(client, facts)
  return facts.clientsOmitEmptySecrets ? leanLegacyStruct : legacyStruct
}

/** The columns of a record that come from a client. */
const recordFields = (client) => ({
  email: client.email,
  subId: client.subId,
  uuid: client.id,
  password: client.password,
  auth: client.auth,
  flow: client.flow,
  security: client.security,
  limitIp: client.limitIp,
  totalGB: client.totalGB,
  expiryTime: client.expiryTime,
  enable: client.enable,
  tgId: client.tgId,
  group: client.group,
  comment: client.comment,
  reset: client.reset,
  resetDay: client.resetDay,
  resetMax: client.resetMax,
  trafficReset: client.trafficReset || 'never',
  trafficResetDay: client.trafficResetDay || 1,
})

module.exports = { CLIENT_SHAPE, structOf, recordFields }
