/*
 * Tracing by OpenTelemetry: a function of the program's that a call leads to finds the context of that call active, by both
 * of the context managers for Node.js.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import { AsyncHooksContextManager, AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'

import ThreeXUI from '3xui-native'
import { startPanel } from '3xui-native/testing'

import { ownFunctions } from './support/stores.mjs'

const SPAN = createContextKey('the span of a request')
const SPANS = Array.from({ length: 16 }, (_, number) => `span_${number}`)

const active = () => context.active().getValue(SPAN)

/** The same work in the context of each span, all at once. */
const inEach = (work) => Promise.all(SPANS.map((span, at) => context.with(ROOT_CONTEXT.setValue(SPAN, span), () => work(span, at))))

for (const Manager of [AsyncLocalStorageContextManager, AsyncHooksContextManager]) {
  test(`the context of a call is active in what it leads to, by the ${Manager.name}`, async (t) => {
    const panel = await startPanel({ version: '3.6.0', inbounds: [{ port: 1001, protocol: 'vless' }] })
    t.after(() => panel.close())
    context.setGlobalContextManager(new Manager().enable())
    t.after(() => context.disable())

    const found = []
    const note = (what, span) => void found.push({ what, span, active: active() })
    const of = ({ url }) => /traffic\/(\w+)/.exec(url)?.[1]

    const client = new ThreeXUI(panel.url, 'admin', 'admin', { debug: (line) => note('debug', of({ url: line })) })
    client.api.interceptors.request.use(async (config) => {
      await pause(1)
      note('interceptor', of(config))
      return config
    })
    const stored = SPANS.map((span) => {
      const { getSession, setSession, deleteSession } = ownFunctions()
      const noted = (work) => async (...args) => {
        await pause(1)
        note('store', span)
        return work(...args)
      }
      const customHandler = { getSession: noted(getSession), setSession: noted(setSession), deleteSession }
      return new ThreeXUI(panel.url, 'admin', 'admin', { sessionManager: { customHandler } })
    })

    await inEach(async (span, at) => {
      await client.getClientTrafficsByEmail(span)
      note('reaction', span)
      await stored[at].addClientWithCredentials(1, 'vless', { email: span })
      await stored[at].modifyClient(span, () => note('change', span))
    })
    while (found.filter(({ what, span }) => what === 'debug' && span).length < SPANS.length) await pause(1)

    for (const what of ['debug', 'interceptor', 'store', 'reaction', 'change']) {
      const spans = new Set(found.filter((each) => each.what === what && each.span).map(({ span }) => span))
      assert.equal(spans.size, SPANS.length, `${what} was not called for each`)
    }
    const strayed = found.filter((each) => (each.span === undefined ? !SPANS.includes(each.active) : each.span !== each.active))
    assert.deepEqual(strayed, [], 'the context of another call was active, or none')
  })
}
