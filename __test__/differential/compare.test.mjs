/*
 * The comparison itself: it finds what differs, lets pass exactly what is listed, and notices what is listed in vain.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Accepted } from './accepted.mjs'
import { differences } from './compare.mjs'
import { MissingRoutes } from './missing-routes.mjs'
import { withPlaceholders } from './placeholders.mjs'
import { translated } from './translate.mjs'

const sent = (body, line = 'POST /x') => ({ requests: [{ line, ...(body && { body }) }] })
const CALL = 'get: plain (HEAD)'
const listing = (more = { 'requests[0].body': '<nothing>' }, call = CALL) =>
  new Accepted({ 'of a reason': { [call]: more } }, ['get: plain (2.8.11)', CALL, 'get: another (HEAD)'])

test('differences are named by their place', () => {
  const found = differences({ a: [{ b: 1 }, { b: 2 }], c: 1, d: [1] }, { a: [{ b: 1 }, { b: 3 }], c: 1, d: [] })
  assert.deepEqual(found.map(({ field }) => field), ['a[1].b', 'd'])
})

test('requests of different lines and outcomes of different kinds differ as a whole', () => {
  const found = differences(
    { ...sent({ a: 1 }), outcome: { resolves: { obj: 1 } } },
    { ...sent({ a: 2 }, 'POST /y'), outcome: { rejects: { name: 'Error' } } },
  )
  assert.deepEqual(found.map(({ field }) => field), ['requests[0]', 'outcome'])
})

test('what is listed passes for its own call, version, place and value, and for no others', () => {
  const left = (listed, { call = CALL, expected = sent({}), ours = sent() } = {}) => listed.unlisted({ call, expected, ours }).length
  assert.equal(left(listing()), 0)
  assert.equal(left(listing(undefined, 'get: plain')), 0, 'a call without a version is meant on all')
  assert.equal(left(listing(undefined, 'get: plain'), { call: 'get: plain (2.8.11)' }), 0)
  assert.equal(left(listing(), { call: 'get: another (HEAD)' }), 1, 'another call')
  assert.equal(left(listing(), { call: 'get: plain (2.8.11)' }), 1, 'another version')
  assert.equal(left(listing(), { ours: sent([]) }), 1, 'another value of ours')
  assert.equal(left(listing({ outcome: '<nothing>' })), 2, 'another place, and nothing where it is listed')
  assert.equal(left(listing(), { ours: sent({}) }), 1, 'what is listed does not differ')
  assert.equal(left(listing({ 'requests[0].body.a': 1 }), { expected: sent({ a: 2, b: 2 }), ours: sent({ a: 1, b: 3 }) }), 1, 'more beside it')
})

test('a call that is listed and not made is found', () => {
  const listed = listing(undefined, 'get: plain')
  listed.unlisted({ call: CALL, expected: sent({}), ours: sent() })
  assert.deepEqual(listed.unneeded(), ['get: plain (2.8.11)'])
  assert.deepEqual(listing(undefined, 'get: gone').unneeded(), ['get: gone'])
})

test('the reference is put into our terms where that leaves no doubt, and nowhere else', () => {
  const { requests, outcome } = translated({
    requests: [{ line: 'GET /x', body: {} }, { line: 'GET /x', body: { page: 1 } }, { line: 'POST /x', body: {} }],
    outcome: { rejects: { name: 'AxiosError', status: 404, message: 'm' } },
  })
  assert.deepEqual(requests.map(({ body }) => body), [undefined, { page: 1 }, {}])
  assert.deepEqual(outcome, { rejects: { name: 'NotFoundError', status: 404, message: 'm' } })
  const named = (outcome) => translated({ outcome }).outcome
  assert.equal(named({ rejects: { name: 'AxiosError', status: 500 } }).rejects.name, 'PanelError')
  assert.deepEqual(named({ rejects: { name: 'Error' } }), { rejects: { name: 'Error' } })
  assert.deepEqual(named({ throws: { name: 'AxiosError' } }), { throws: { name: 'AxiosError' } })
})

test('what comes of a call is held against another version only where the route is missing', () => {
  const failed = { requests: [{ line: 'GET /x' }, { line: 'GET /x' }], statuses: [404, 404], outcome: 'failed', stored: 1 }
  const worked = { requests: [{ line: 'GET /x' }], statuses: [200], outcome: 'worked', stored: 2 }
  const ours = { requests: [{ line: 'GET /y' }], statuses: [200], outcome: 'worked', stored: 2 }
  const missing = new MissingRoutes([{ because: 'it is', versions: ['HEAD'], instead: '2.8.11', calls: ['get'] }])
  const old = { reference: worked, ours: worked }
  const places = (pair) => differences(...pair).map(({ field }) => field)
  assert.deepEqual(places(missing.pair('get', 'HEAD', { HEAD: { reference: worked, ours: { ...ours, stored: 3 } }, '2.8.11': old })), ['requests[0]', 'stored'], 'the route is there')
  assert.deepEqual(missing.unneeded(), ['get (HEAD): it is'])
  assert.deepEqual(places(missing.pair('get', 'HEAD', { HEAD: { reference: failed, ours }, '2.8.11': old })), ['requests'])
  assert.deepEqual(missing.unneeded(), [])
})

test('made-up values become words, the same value the same word; what was asked for stays', () => {
  const [made, given] = ['ecc322b8-a458-4583-ac98-e343aefb5ac5', '11111111-1111-4111-8111-111111111111']
  const start = Date.now()
  const record = { id: made, path: `/x/${made}`, other: given, text: `{"at":${start + 30 * 86_400_000}}` }
  assert.deepEqual(withPlaceholders(record, { url: 'http://h', start, given: [given] }), {
    id: '<id: UUID of version 4>',
    path: '/x/<id: UUID of version 4>',
    other: given,
    text: { 'JSON text': { at: '<now and 30 days>' } },
  })
})
