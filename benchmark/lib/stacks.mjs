/*
 * Samples of stacks, as `perf script` prints them, put into parts by what was going on.
 *
 * A part is a name and patterns that all have to match a function of the stack; the first part that matches counts.
 */

/** The thread that JavaScript runs on. */
export const MAIN = [
  ['garbage collection', [/Heap::(CollectGarbage|PerformGarbage)|Scavenge|MinorGCJob/]],
  ['reply to value: JSON.parse', [/Builtin_JsonParse/]],
  ['reply to value: making the text a string', [/client::value_of|json::parse/, /NewFromUtf8|napi_create_string/]],
  ['reply to value: the rest', [/client::value_of/]],
  ['settling: making a promise and its threadsafe function', [/js_deferred_new_raw|napi_create_(promise|threadsafe)/]],
  ['settling: resolving', [/deferred::napi_resolve_deferred/]],
  ['settling: ending the threadsafe function', [/CloseHandles|deferred_finalize|Finalizer/]],
  ['call: spawning the future', [/spawn_future/]],
  ['call: routes and order of writes', [/routes::|Client::begin|judge::expects_data|transport::call_of/]],
  ['call: the rest of native _request', [/ThreeXUI::request\b|request_c_callback/]],
  ['call: lib/client.js, environment', [/EnvGetter|RealEnvStore/]],
  ['call: lib/client.js, the rest of _request', [/\/lib\/client\.js/]],
  ['call: the method itself (arguments, look-up of _request)', [/threexui::node::/]],
  ['axios and the reference', [/node_modules\/(axios|3xui-api-client)/]],
  ['node:http and streams', [/node:_http|node:http|node:net|node:internal\/streams|node:_stream|llhttp|HTTPParser|StreamBase|uv__stream|uv__read|uv__write/]],
  ['undici', [/undici/]],
  ['promises and microtasks', [/RunMicrotasks|Promise/]],
  ['waiting for events', [/epoll|uv__io_poll|uv__async/]],
]

/** The addon's own thread. */
export const WORKER = [
  ['connection: sending to the socket', [/UpgradeableConnection/, /writev|poll_write_vectored/]],
  ['connection: receiving', [/UpgradeableConnection/, /recv|poll_read_from_io/]],
  ['connection: parsing the reply', [/UpgradeableConnection/, /Http1Transaction>::parse|Buffered<T,B>::parse/]],
  ['connection: writing the request', [/UpgradeableConnection/, /write_head|encode/]],
  ['connection: the rest of hyper', [/UpgradeableConnection/]],
  ['call: parsing URLs', [/^(<?url|<?idna)::/]],
  ['call: building the request in reqwest', [/RequestBuilder::send|execute_request/]],
  ['call: layers of reqwest and hyper-util (redirects, retries, pool)', [/reqwest::async_impl::client::Pending/]],
  ['call: collecting the body', [/Collect<|TotalTimeoutBody|poll_frame/]],
  ['call: routes', [/routes::|percent::decode/]],
  ['call: choosing the HTTP client', [/client_for|proxy_for/]],
  ['call: headers', [/standing_headers|header_map|with_header|RequestBuilder::headers/]],
  ['call: the rest of the transport', [/HttpTransport as/]],
  ['call: judging the answer', [/judge|verdict|Envelope/]],
  ['call: session', [/Authenticator|panel_for|known_panel|session::/]],
  ['call: handing over to the event loop', [/JsDeferred|napi_call_threadsafe/]],
  ['call: the rest of the core', [/threexui::core/]],
  ['call: the rest of the future', [/execute_future_impl|napi::/]],
  ['tokio: parking and waking', [/park|epoll|Driver/]],
  ['tokio: the rest', [/tokio::/]],
]

/** What samples say: each the functions of a stack, the innermost first. */
export function samplesOf(script) {
  const blocks = script.split('\n\n').map((text) => text.trim().split('\n').slice(1))
  const functions = blocks.filter((lines) => lines.length > 0)
  return functions.map((lines) => lines.map((line) => line.trim().replace(/^[0-9a-f]+ /, '').replace(/::h[0-9a-f]{16}$/, '')))
}

export function partShares(samples, rules) {
  return counted(samples, (frames) => [rules.find(([, patterns]) => patterns.every((one) => frames.some((frame) => one.test(frame))))?.[0] ?? 'the rest'])
}

/** By function: with what it calls, or alone. */
export function functionShares(samples, { alone }) {
  return counted(samples, (frames) => (alone ? frames.slice(0, 1) : new Set(frames)))
}

function counted(samples, namesOf) {
  const counts = new Map()
  for (const sample of samples) for (const name of namesOf(sample)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([part, count]) => ({ part, share: count / samples.length })).sort((a, b) => b.share - a.share)
}
