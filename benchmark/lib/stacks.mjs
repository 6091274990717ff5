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
  ['settling', [/napi_resolve_deferred|completions::ring/]],
  ['call: making a promise', [/napi_create_promise/]],
  ['call: handing the future over', [/completions::promised/]],
  ['call: routes and order of writes', [/routes::|Client::begin/]],
  ['call: native _request', [/ThreeXUI::request\b|request_c_callback/]],
  ['call: lib/client.js, environment', [/EnvGetter|RealEnvStore|InterceptedLookup|LoadPropertyWithInterceptor/]],
  ['call: the native method (crossing, arguments)', [/threexui::node::|FunctionCallbackWrapper/]],
  ['call: lib/client.js, the rest', [/\/lib\/client\.js/]],
  ['axios and the reference', [/node_modules\/(axios|3xui-api-client)/]],
  ['node:http and streams', [/node:_http|node:http|node:net|node:internal\/streams|node:_stream|llhttp|HTTPParser|StreamBase|uv__stream|uv__read|uv__write/]],
  ['undici', [/undici/]],
  ['promises and microtasks', [/RunMicrotasks|Promise/]],
  ['waiting for events', [/epoll|uv__io_poll|uv__async/]],
]

/** The addon's own thread. */
export const WORKER = [
  ['connection: sending to the socket', [/connection::/, /writev|poll_write_vectored/]],
  ['connection: receiving', [/connection::/, /recv|poll_read_from_io/]],
  ['connection: parsing the reply', [/connection::/, /Http1Transaction>::parse|Buffered<T,B>::parse/]],
  ['connection: writing the request', [/connection::/, /write_head|encode/]],
  ['connection: the rest of hyper', [/connection::|SendRequest/]],
  ['call: keeping connections', [/pool::/]],
  ['call: headers', [/standing_headers|headers::of|with_header|wire_of/]],
  ['call: where it goes', [/target::/]],
  ['call: time limit', [/tokio::time|runtime::time/]],
  ['call: the rest of the transport', [/HttpTransport as/]],
  ['call: routes', [/routes::|percent::decode/]],
  ['call: judging the answer', [/judge|verdict|Envelope/]],
  ['call: session', [/Authenticator|panel_for|known_panel|session::/]],
  ['call: handing over to the event loop', [/Pile::add|napi_call_threadsafe/]],
  ['call: the rest of the core', [/threexui::core/]],
  ['call: the rest of the future', [/threexui::node/]],
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
