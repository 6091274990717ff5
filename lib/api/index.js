'use strict'

/*
 * `client.api`: what programs take for the axios instance of the original.
 *
 * Owns the way of one request in axios's order: defaults, interceptors, transforms, adapter. Knows no route and no rule of
 * the panel. While no program has touched it, the client's own calls do not pass here.
 */

const { conceal, faceOf, shown } = require('../concealed.js')
const { viaAgentOf } = require('./agent-adapter.js')
const { VERBS, defaultsOf, derived, flat } = require('./defaults.js')
const { canceled } = require('./errors.js')
const { AxiosHeaders } = require('./headers.js')
const { InterceptorManager } = require('./interceptors.js')
const { nativeAdapterOf } = require('./native-adapter.js')
const { withoutDefaultSecrets } = require('./origin.js')
const { transformed } = require('./transforms.js')
const { urlOf } = require('./url.js')

const WITH_BODY = new Set(['post', 'put', 'patch'])
const FORM = { 'Content-Type': 'multipart/form-data' }

/** A callable with axios's members, over a client. */
function createApi(client) {
  const native = nativeAdapterOf(client)
  const face = faceOf((config) => shown({ ...config }, (text) => client._redact(text)))
  return instance(defaultsOf(client, native), { client, native, agent: viaAgentOf(client), face })
}

/** `own` is what all instances of a client have in common. */
function instance(defaults, own) {
  conceal(defaults, own.face)
  const interceptors = { request: new InterceptorManager(), response: new InterceptorManager() }

  async function request(urlOrConfig, config = {}) {
    const given = typeof urlOrConfig === 'string' ? { ...config, url: urlOrConfig } : { ...urlOrConfig }
    return through(interceptors, conceal(merged(api.defaults, given), own.face), (ready) => {
      withoutDefaultSecrets(ready, api.defaults, given, own.client)
      return dispatched(conceal(ready, own.face), own)
    })
  }

  const api = (urlOrConfig, config) => request(urlOrConfig, config)
  Object.assign(api, { defaults, interceptors, request, getUri: (config) => urlOf(merged(api.defaults, { ...config })) })
  api.create = (config) => instance(derived(api.defaults, config), own)
  for (const method of VERBS) {
    api[method] = WITH_BODY.has(method)
      ? (url, data, config) => request({ ...config, method, url, data })
      : (url, config) => request({ ...config, method, url })
    if (!WITH_BODY.has(method)) continue
    api[`${method}Form`] = (url, data, config) =>
      request({ ...config, method, url, data, headers: { ...FORM, ...config?.headers } })
  }
  return api
}

/** Defaults and config in one, headers flat. */
function merged(defaults, given) {
  const config = { ...defaults, baseURL: defaults.baseURL }
  for (const [name, value] of Object.entries(given)) if (value !== undefined) config[name] = value
  config.method = String(given.method ?? defaults.method ?? 'get').toLowerCase()
  if (defaults.params && given.params) config.params = { ...defaults.params, ...given.params }
  config.headers = flat(defaults.headers ?? {}, config.method)
  config.headers.set(AxiosHeaders.from(given.headers))
  return config
}

/** Interceptors before it from the last to the first, those behind it from the first to the last. */
function through({ request, response }, config, dispatch) {
  const before = []
  request.forEach((each) => {
    if (each.runWhen?.(config) !== false) before.unshift(each)
  })
  let promise = Promise.resolve(config)
  for (const { fulfilled, rejected } of before) promise = promise.then(fulfilled, rejected)
  promise = promise.then(dispatch)
  response.forEach(({ fulfilled, rejected }) => {
    promise = promise.then(fulfilled, rejected)
  })
  return promise
}

async function dispatched(config, own) {
  refuseIfCanceled(config)
  config.headers = AxiosHeaders.from(config.headers)
  config.headers.set('X-Requested-With', 'XMLHttpRequest')
  config.data = transformed(config, config.transformRequest, config.data, config.headers)
  const received = (answer) => {
    answer.data = transformed(config, config.transformResponse, answer.data, answer.headers, answer.status)
    answer.headers = AxiosHeaders.from(answer.headers)
    return answer
  }
  try {
    return received(await untilCanceled(adapterOf(config, own)(config), config))
  } catch (error) {
    if (error?.response) received(error.response)
    throw error
  }
}

/** Names of adapters, which axios knows, mean its own: here that is the core, or Node's http where there is an agent. */
function adapterOf(config, { native, agent }) {
  if (typeof config.adapter === 'function' && config.adapter !== native) return config.adapter
  return config.httpAgent || config.httpsAgent ? agent : native
}

function refuseIfCanceled(config) {
  config.cancelToken?.throwIfRequested?.()
  if (config.signal?.aborted) throw canceled(config)
}

/** A request that is given up is rejected at once, whatever becomes of it. */
function untilCanceled(sent, config) {
  const { signal } = config
  if (!signal) return sent
  let stop
  const given = new Promise((_, reject) => {
    stop = () => reject(canceled(config))
    signal.addEventListener('abort', stop, { once: true })
  })
  return Promise.race([sent, given]).finally(() => signal.removeEventListener('abort', stop))
}

module.exports = { createApi }
