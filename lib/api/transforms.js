'use strict'

/* What becomes of a body on its way out and of an answer on its way in, unless a program says otherwise. */

const { isAnyArrayBuffer } = require('node:util').types

const { isQuery } = require('../body.js')

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

const isPlain = (data) => typeof data === 'object' && data !== null && !isRaw(data)
const isRaw = (data) =>
  Buffer.isBuffer(data) ||
  ArrayBuffer.isView(data) ||
  isAnyArrayBuffer(data) ||
  ['Blob', 'File', 'FormData'].includes(data[Symbol.toStringTag]) ||
  typeof data.pipe === 'function'

function transformRequest(data, headers) {
  if (isQuery(data)) {
    headers.set('Content-Type', FORM_TYPE, false)
    return data.toString()
  }
  const type = String(headers.get('Content-Type') ?? '')
  if (isPlain(data)) {
    if (type.includes(FORM_TYPE)) return new URLSearchParams(Object.entries(data)).toString()
    headers.set('Content-Type', JSON_TYPE, false)
    return JSON.stringify(data)
  }
  return data
}

function transformResponse(data) {
  const asText = this?.responseType && this.responseType !== 'json'
  if (typeof data !== 'string' || data === '' || asText) return data
  try {
    return JSON.parse(data)
  } catch (error) {
    if (this?.responseType !== 'json') return data
    throw error
  }
}

/** Runs one function or a list of them over data. */
function transformed(config, functions, data, headers, status) {
  return [functions ?? []].flat().reduce((each, change) => change.call(config, each, headers, status), data)
}

module.exports = { transformRequest, transformResponse, transformed }
