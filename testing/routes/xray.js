'use strict'

/*
 * The template of xray's configuration, its outbounds, and WARP. No xray runs: counters stay at nothing.
 */

const { envelope } = require('../wire/answer')

function xrayRoutes({ facts }) {
  const base = facts.xrayPrefix
  return [
    ['POST', `${base}/`, config],
    ['POST', `${base}/update`, update],
    ['GET', `${base}/getXrayResult`, () => envelope(true, '', '')],
    ['GET', `${base}/getOutboundsTraffic`, () => envelope(true, '', [])],
    ['POST', `${base}/resetOutboundsTraffic`, () => envelope(true, '', '')],
    ['POST', `${base}/warp/:action`, () => envelope(true, '', '')],
    ...(facts.testsOutbounds ? [['POST', `${base}/testOutbound`, testOutbound]] : []),
  ]
}

/** JSON text within JSON. */
function config({ store }) {
  const inboundTags = store.inbounds.all().map(({ tag }) => tag)
  return envelope(true, '', JSON.stringify({ inboundTags, xraySetting: store.template }))
}

/** A form field and nothing else: sent as JSON, the template is an empty text. */
function update({ store, texts }, call) {
  try {
    store.template = JSON.parse(call.form().get('xraySetting') ?? '')
  } catch {
    return envelope(false, `${texts.settingsChanged} (xray template config invalid: unexpected end of JSON input\n)`)
  }
  return envelope(true, texts.settingsChanged)
}

function testOutbound({ texts }, call) {
  const outbound = call.form().get('outbound') ?? ''
  if (outbound === '') return envelope(false, `${texts.wrong} (outbound parameter is required\n)`)
  return envelope(true, '', { success: true, delay: 12, statusCode: 204 })
}

module.exports = { xrayRoutes }
