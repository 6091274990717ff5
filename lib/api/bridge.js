'use strict'

/*
 * The core's requests on their way through `client.api`, and what comes of them on its way back.
 *
 * The core has seen to session, route and body; here they become a config as the original would have made it, and the
 * answer becomes bytes again.
 */

const { isAnyArrayBuffer } = require('node:util').types

const { as } = require('../caller.js')
const { AxiosHeaders } = require('./headers.js')

/** The function that the core sends by, as a caller; `apiOf` tells the instance and whose it is. */
function bridge(apiOf) {
  return (caller, method, path, headersText, body, kind) =>
    as(caller, async (_client, options) => {
      try {
        const { api, isOurs, isStandIn, standing } = apiOf()
        const headers = withoutStanding(JSON.parse(headersText), standing)
        if (isOurs) leaveOutSession(headers, api.defaults)
        const request = { method, url: path, data: dataOf(body, kind, path, headers), headers, ...options }
        return success(await handed(api, request, isStandIn))
      } catch (error) {
        return failed(error)
      }
    })
}

/** By the members that the original uses, in case one of them has been replaced. */
async function handed(api, request, isStandIn) {
  const { method, url, data, ...config } = request
  if (method === 'get' && url === '/csrf-token' && typeof api.get === 'function') {
    return api.get(url, { ...config, validateStatus: (status) => status === 200 || status === 404 })
  }
  if (method !== 'post' || url !== '/login' || typeof api.post !== 'function') return api.request(request)
  try {
    return await api.post(url, data, config)
  } catch (error) {
    // Stand-ins in tests are often taught the path that the original tries first, which no panel has.
    if (!isStandIn || error?.response?.status !== 404) throw error
    return api.post('/panel/api/login', data, config)
  }
}

/** What every request carries is among the instance's defaults, where the program may have changed it. */
function withoutStanding(headers, standing) {
  const known = AxiosHeaders.from(standing)
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !known.has(name)))
}

/** The session is among the defaults, too, but a login, a token and a public page are asked for without it. */
function leaveOutSession(headers, { headers: defaults }) {
  if (!AxiosHeaders.from(headers).has('cookie')) headers.Cookie = defaults.common?.Cookie ?? false
}

/** A body as the caller wrote it: interceptors want to read it. */
function dataOf(body, kind, path, headers) {
  switch (kind) {
    case 'empty':
      return undefined
    case 'json':
      headers['Content-Type'] ??= 'application/json'
      return JSON.parse(body.toString())
    case 'form':
      headers['Content-Type'] ??= 'application/x-www-form-urlencoded'
      return path === '/login' ? new URLSearchParams(body.toString()) : body.toString()
    default:
      return /multipart|octet-stream/.test(AxiosHeaders.from(headers).get('content-type') ?? 'octet-stream')
        ? body
        : body.toString()
  }
}

/** An answer that was not thrown is a success, whatever its status: the program's own `validateStatus` says so. */
function success(answer) {
  const { status } = answer ?? {}
  return incoming({ ...answer, status: status >= 200 && status < 300 ? status : 200 })
}

function incoming(answer, thrown, message = '') {
  const headers = Object.entries(answer.headers ?? {}).flatMap(([name, value]) =>
    [value].flat().filter((each) => each !== undefined && each !== false).map((each) => [name.toLowerCase(), String(each)]),
  )
  return { status: answer.status, headers, body: bodyOf(answer.data), thrown, message }
}

/** Something thrown: with the answer it came with, if any, so that a lost session is still seen as one. */
function failed(error) {
  const message = String(error?.message ?? error)
  const thrown = () => error
  if (error?.response?.status) return incoming(error.response, thrown, message)
  return { status: 0, headers: [], body: '', thrown, message }
}

function bodyOf(data) {
  if (data === undefined) return ''
  if (typeof data === 'string' || Buffer.isBuffer(data)) return data
  if (isAnyArrayBuffer(data)) return Buffer.from(data)
  return JSON.stringify(data) ?? ''
}

module.exports = { bridge }
