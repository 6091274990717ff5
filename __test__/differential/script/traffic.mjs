/*
 * Calls about traffic, addresses and who is connected.
 */

import { UUID } from '../seed.mjs'
import { oddIds } from './inbounds.mjs'

const oddNames = {
  'unknown client': ['nobody'],
  'name with an at sign': ['user@example.com'],
  'name with a blank': ['two words'],
  'name of other scripts': ['клиент'],
  'number as a name': [5],
  'empty name': [''],
  'name undefined': [undefined],
  'name null': [null],
  'no name': [],
}
const inInbound = (table) =>
  Object.fromEntries(Object.entries(table).map(([label, args]) => [label, [1, ...args]]))

export const traffic = {
  getClientTrafficsByEmail: { 'known client': ['alice'], 'depleted client': ['dave'], ...oddNames },
  getClientTrafficsById: { 'known client': [UUID.alice], 'unknown UUID': [UUID.nobody], ...oddNames },
  resetClientTraffic: {
    'known client': [1, 'alice'],
    'depleted client': [3, 'dave'],
    'id as text': ['1', 'alice'],
    'client of another inbound': [2, 'alice'],
    'unknown inbound': [99, 'alice'],
    'id that is no number': ['abc', 'alice'],
    'nothing at all': [],
    ...inInbound(oddNames),
  },
  resetAllClientTraffics: { 'of an inbound': [1], 'of all inbounds': [-1], ...oddIds },
  getClientIps: {
    'known client': ['alice'],
    'client without addresses': ['bob'],
    ...oddNames,
  },
  clearClientIps: { 'known client': ['alice'], 'client without addresses': ['bob'], ...oddNames },
  deleteDepletedClients: {
    'of an inbound': [3],
    'of an inbound without any': [1],
    'of all inbounds': [-1],
    ...oddIds,
  },
  getOnlineClients: {
    plain: [],
    'nobody connected': { arrange: (panel) => panel.setOnline([]) },
    'before the panel knows': { arrange: (panel) => panel.setOnline(null) },
  },
}
