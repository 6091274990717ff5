/*
 * The comparison itself: it finds what differs, excuses what is listed and nothing beside it, and notices what is
 * listed in vain.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Exceptions, differences } from './compare.mjs'
import { is } from './exceptions/rule.mjs'
import { MissingRoutes } from './missing-routes.mjs'
import { withPlaceholders } from './placeholders.mjs'

const call = { name: 'get', label: 'plain', version: 'HEAD' }
const exception = (more) => ({
  because: 'of a reason',
  versions: ['HEAD'],
  calls: { get: ['plain'] },
  differs: { 'requests[].body': is({}, undefined) },
  ...more,
})
const sent = (body) => ({ requests: [{ line: 'GET /x', ...(body && { body }) }] })

test('differences are named by their place', () => {
  const found = differences(
    { a: [{ b: 1 }, { b: 2 }], c: 1, d: [1] },
    { a: [{ b: 1 }, { b: 3 }], c: 1, d: [] },
  )
  assert.deepEqual(
    found.map(({ field }) => field),
    ['a[1].b', 'd'],
  )
})

test('an exception excuses its own calls, versions, places and values, and no others', () => {
  const left = (rule, what = call, reference = sent({}), ours = sent()) =>
    new Exceptions([rule]).unexcused(what, reference, ours).length
  assert.equal(left(exception()), 0)
  assert.equal(left(exception({ calls: { get: '*' } }), { ...call, label: 'another' }), 0)
  assert.equal(left(exception(), { ...call, label: 'another' }), 1, 'another call')
  assert.equal(left(exception(), { ...call, version: '2.8.11' }), 1, 'another version')
  assert.equal(left(exception(), call, sent({ a: 1 }), sent()), 1, 'another value of the reference')
  assert.equal(left(exception(), call, sent({}), sent([])), 1, 'another value of ours')
  assert.equal(left(exception({ differs: { outcome: () => true } })), 1, 'another place')
})

test('an exception that excuses nothing is found', () => {
  const listed = new Exceptions([exception({ calls: { get: ['plain', 'gone'] } })])
  listed.unexcused(call, sent({}), sent())
  assert.deepEqual(listed.unneeded(), ['get: gone (HEAD): of a reason'])
  assert.equal(new Exceptions([exception()]).unneeded().length, 2, 'the call and the place')
})

test('a record is held against another version only where the route is missing', () => {
  const failed = {
    requests: [{ line: 'GET /x' }, { line: 'GET /x' }],
    statuses: [404, 404],
    outcome: 'failed',
  }
  const worked = { requests: [{ line: 'GET /x' }], statuses: [200], outcome: 'worked' }
  const ours = { requests: [{ line: 'GET /y' }], statuses: [200], outcome: 'worked' }
  const missing = new MissingRoutes([
    { because: 'it is', versions: ['HEAD'], instead: '2.8.11', calls: ['get'] },
  ])
  const old = { reference: worked, ours: worked }
  const [expected, actual] = missing.pair('get', 'HEAD', { HEAD: { reference: worked, ours }, '2.8.11': old })
  assert.notDeepEqual(expected, actual, 'the route is there')
  assert.deepEqual(missing.unneeded(), ['get (HEAD): it is'])
  const pair = missing.pair('get', 'HEAD', { HEAD: { reference: failed, ours }, '2.8.11': old })
  assert.equal(pair[0].outcome, pair[1].outcome)
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
