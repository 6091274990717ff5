/*
 * Calls about clients as things of their own.
 */

import { UUID, newcomer } from '../seed.mjs'

const oddNames = {
  'unknown client': ['nobody'],
  'name with an at sign': ['user@example.com'],
  'name with a slash and a blank': ['a/b c'],
  'name of other scripts': ['клиент'],
  'number as a name': [5],
  'empty name': [''],
  'name undefined': [undefined],
  'name null': [null],
  'no name': [],
}

/** The same names before a body. */
const withBody = (body) =>
  Object.fromEntries(Object.entries(oddNames).map(([label, [name]]) => [label, [name, body]]))

const oddBodies = {
  'empty body': [{}],
  'a list as body': [[]],
  'text as body': ['text'],
  'body null': [null],
  'no body': [],
}
const after = (name) =>
  Object.fromEntries(Object.entries(oddBodies).map(([label, body]) => [label, [name, ...body]]))

const modern = (more) => ({ ...newcomer(), ...more })
const adding = (more, inboundIds = [1]) => [{ client: modern(more), inboundIds }]
const both = { emails: ['alice', 'bob'] }
const unknown = { emails: ['nobody'] }

export const clientTable = {
  getClients: {
    plain: [],
    'an argument that it does not take': [{ page: 2 }],
    'on a panel without clients': { panel: { inbounds: [] } },
  },
  getPagedClients: {
    plain: [],
    'old names': [{ page: 1, size: 2, sort: 'email', order: 'desc', email: 'a' }],
    'names of the panel': [{ page: 1, pageSize: 2, search: 'ali' }],
    'page beyond the last': [{ page: 99 }],
    'numbers as text': [{ page: '1', size: '3' }],
    'members undefined': [{ page: undefined, size: undefined }],
    'empty object': [{}],
    null: [null],
  },
  getClient: { 'known client': ['alice'], ...oddNames },
  getClientTraffic: { 'known client': ['alice'], 'depleted client': ['dave'], ...oddNames },
  addModernClient: {
    plain: adding(),
    gigabytes: adding({ totalGB: 2 }),
    'a fraction of a gigabyte': adding({ totalGB: 0.3 }),
    'gigabytes as text': adding({ totalGB: '2' }),
    days: adding({ expiryDays: 30 }),
    'switched off': adding({ enable: false }),
    'two inbounds': adding({}, [1, 5]),
    'inbound id as text': adding({}, ['1']),
    'unknown inbound': adding({}, [99]),
    'no inbounds': adding({}, []),
    'e-mail in use': adding({ email: 'bob' }),
    'no e-mail': adding({ email: undefined }),
    'e-mail with a forbidden character': adding({ email: 'a<b' }),
    'negative total': adding({ totalGB: -1 }),
    'total that is no number': adding({ totalGB: 'much' }),
    'no client': [{ inboundIds: [1] }],
    'client null': [{ client: null, inboundIds: [1] }],
    ...oddBodies,
  },
  updateModernClient: {
    whole: ['alice', { ...newcomer({ id: UUID.alice, email: 'alice', subId: 'sub-alice' }), limitIp: 5 }],
    gigabytes: [
      'alice',
      { ...newcomer({ id: UUID.alice, email: 'alice', subId: 'sub-alice' }), totalGB: 1.5 },
    ],
    renamed: ['alice', newcomer({ id: UUID.alice, email: 'alicia', subId: 'sub-alice' })],
    'total that is no number': ['alice', { email: 'alice', totalGB: 'much' }],
    ...withBody(newcomer({ id: UUID.alice })),
    ...after('alice'),
  },
  deleteModernClient: { 'known client': ['bob'], ...oddNames },
  attachClientToInbounds: {
    'another inbound': ['alice', { inboundIds: [5] }],
    'the same inbound': ['alice', { inboundIds: [1] }],
    'unknown inbound': ['alice', { inboundIds: [99] }],
    'id as text': ['alice', { inboundIds: ['5'] }],
    ...withBody({ inboundIds: [5] }),
    ...after('alice'),
  },
  detachClientFromInbounds: {
    'its inbound': ['alice', { inboundIds: [1] }],
    'another inbound': ['alice', { inboundIds: [5] }],
    'id as text': ['alice', { inboundIds: ['1'] }],
    ...withBody({ inboundIds: [1] }),
    ...after('alice'),
  },
  resetAllModernClientTraffics: { plain: [], 'an argument that it does not take': [1] },
  deleteDepletedModernClients: { plain: [], 'an argument that it does not take': [1] },
  bulkAdjustModernClients: {
    days: [{ ...both, addDays: 30, addBytes: 0 }],
    bytes: [{ ...both, addDays: 0, addBytes: 1024 }],
    unknown: [{ ...unknown, addDays: 1 }],
    ...oddBodies,
  },
  bulkDeleteModernClients: { two: [both], unknown: [unknown], ...oddBodies },
  bulkCreateModernClients: {
    one: [[{ client: newcomer(), inboundIds: [1] }]],
    gigabytes: [[{ client: newcomer({ totalGB: 2 }), inboundIds: [1] }]],
    'e-mail in use': [[{ client: newcomer({ email: 'bob' }), inboundIds: [1] }]],
    none: [[]],
    'empty body': [{}],
    'text as body': ['text'],
    'body null': [null],
    'no body': [],
  },
  bulkAttachModernClients: {
    two: [{ ...both, inboundIds: [5] }],
    unknown: [{ ...unknown, inboundIds: [5] }],
    ...oddBodies,
  },
  bulkDetachModernClients: {
    two: [{ ...both, inboundIds: [1] }],
    unknown: [{ ...unknown, inboundIds: [1] }],
    ...oddBodies,
  },
  bulkResetTrafficModernClients: { two: [both], unknown: [unknown], ...oddBodies },
  resetModernClientTrafficByEmail: { 'known client': ['alice'], ...oddNames },
  updateModernClientTrafficByEmail: {
    'names of the panel': ['alice', { upload: 5, download: 6 }],
    'names of the answer': ['alice', { up: 5, down: 6 }],
    'only one of them': ['alice', { upload: 5 }],
    'negative amount': ['alice', { upload: -1, download: 0 }],
    ...withBody({ upload: 5, download: 6 }),
    ...after('alice'),
  },
  getModernClientIps: { 'known client': ['alice'], 'client without addresses': ['bob'], ...oddNames },
  clearModernClientIps: { 'known client': ['alice'], ...oddNames },
  getOnlines: { plain: [], 'nobody connected': { arrange: (panel) => panel.setOnline([]) } },
  getModernLastOnline: { plain: [], 'an argument that it does not take': [1] },
}

const inInbound = (table) =>
  Object.fromEntries(Object.entries(table).map(([label, args]) => [label, [1, ...args]]))

const imported = (more) => ({
  remark: 'imported',
  enable: true,
  port: 5002,
  protocol: 'vless',
  settings: '{"clients":[],"decryption":"none"}',
  streamSettings: '{"network":"tcp"}',
  sniffing: '{}',
  ...more,
})

/** What was left of the old routes. */
export const ofInbounds = {
  importInbounds: {
    one: [imported()],
    'a list': {
      unordered: true,
      run: async (client) =>
        (await client.importInbounds([imported(), imported({ port: 5003 })])).map(({ success }) => success),
    },
    'nested parts as objects': [imported({ settings: { clients: [] }, streamSettings: {} })],
    'an empty list': [[]],
    'port in use': [imported({ port: 4001 })],
    'port as text': [imported({ port: '5002' })],
    text: ['text'],
    null: [null],
    'nothing at all': [],
  },
  getLastOnline: { plain: [], 'an argument that it does not take': [1] },
  updateClientTraffic: {
    'names of the panel': ['alice', { upload: 5, download: 6 }],
    'names of the answer': ['alice', { up: 5, down: 6 }],
    'limits as documented': ['alice', { totalGB: 1024, expiryTime: 4_102_444_800_000 }],
    'empty body': ['alice', {}],
    'no body': ['alice'],
    ...withBody({ upload: 5, download: 6 }),
  },
  deleteClientByEmail: {
    'known client': [1, 'alice'],
    'client of another inbound': [2, 'alice'],
    'unknown inbound': [99, 'alice'],
    'id as text': ['1', 'alice'],
    'id that is no number': ['abc', 'alice'],
    'nothing at all': [],
    ...inInbound(oddNames),
  },
  resetAllTraffics: { plain: [], 'an argument that it does not take': [1] },
}
