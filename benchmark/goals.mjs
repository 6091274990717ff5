/*
 * What is wanted, as data: a measured number of ours, over the same number of another, with a bound; and where it is missed,
 * what bounds it and what was tried (`because`).
 *
 * `to` names a contender, or `[contender, metric]`; without it the number itself is bound. `subject` is a pattern; a goal
 * without one goes for each subject of its work.
 */

const SMALL = /45 clients/
const LARGE = /10,000 clients/
/** One at a time is mostly the way from JavaScript and back. */
const ONE = /× 1$/
const SEVERAL = /× 1[0,]/

/** Where writes meet on 2.x the original is quickly done: it loses most of them. */
const SAME_WORK = /all at once, (?!panel 2.*meet)/

const CORES =
  'Client and server share two cores: a call takes about 23 µs of CPU here and 9 of nginx, so that both together bear some 60,000 a second at best. Half of what the addon’s own thread takes is the kernel’s: sending, receiving, waking. wrk reads nothing and leaves nearly all of both cores to nginx.'
const CROSSING =
  'Of the main thread’s time a call `JSON.parse` takes a fifth, crossing into native code with the arguments another, `process.env` (read anew at each call) a tenth; the rest is promises, settling and waking.'
const NODE_ITSELF =
  'Node.js itself takes 39 MB before anything is loaded; the rest is the addon’s code, what the C library’s allocator keeps, and V8’s young generation.'
const CONVERSION =
  'A call takes 1.4 µs: crossing with its arguments, the secret, one string back. What JavaScript makes of the string is done by then as in the original.'
const X25519 =
  'One multiplication on the curve in constant time takes 7.4 µs in the fastest library that was found.'

export const GOALS = [
  { work: 'small', metric: 'requests', to: 'reference', atLeast: 15 },
  { work: 'small', metric: 'requests', to: 'undici', atLeast: 2.5, because: CORES },
  { work: 'small', metric: 'requests', to: 'wrk', atLeast: 0.5, because: CORES },
  { work: 'small', metric: 'main', to: 'reference', atMost: 1 / 40, because: CROSSING },
  { work: 'small', metric: 'main', to: 'undici', atMost: 1 / 5, because: CROSSING },
  { work: 'small', metric: 'rss', to: 'reference', atMost: 1 / 2, because: NODE_ITSELF },
  { work: 'small', metric: 'peak', to: 'reference', atMost: 1 / 2, because: NODE_ITSELF },
  { work: 'latency', metric: 'median', to: 'reference', atMost: 1 / 2 },
  { work: 'latency', metric: 'median', to: 'undici', atMost: 1 },
  { work: 'large', subject: SMALL, metric: 'requests', to: 'reference', atLeast: 7 },
  { work: 'large', subject: LARGE, metric: 'requests', to: 'reference', atLeast: 1.3 },
  { work: 'large', metric: 'main', to: ['ours', 'parse'], atMost: 1.15, because: 'Parsing alone reads the same text again and again, out of the cache; a reply’s text comes from another core.' },
  { work: 'memory', metric: 'peak', to: 'undici', atMost: 1 },
  { work: 'memory', metric: 'rss', to: 'undici', atMost: 1 },
  { work: 'cold', metric: 'cold', to: 'reference', atMost: 1 / 8, because: 'Of 11 ms until it is loaded the addon itself (dlopen and registering its class) takes 3 to 4, reading and compiling seven files of JavaScript, the generated loader among them, most of the rest.' },
  { work: 'soak', metric: 'growth', atMost: 1.05 },
  { work: 'credentials', subject: ONE, metric: 'made', to: 'reference', atLeast: 2, because: CONVERSION },
  { work: 'credentials', subject: SEVERAL, metric: 'made', to: 'reference', atLeast: 8, because: CONVERSION },
  { work: 'keys', metric: 'made', to: 'reference', atLeast: 5, because: X25519 },
  { work: 'flows', subject: /one after another/, metric: 'total', to: 'raw', atMost: 1.1 },
  { work: 'flows', subject: /all at once/, metric: 'total', to: 'bulk', atMost: 1.3, because: 'The first call leaves alone, and what comes before and after the request with the others takes 10 to 15 ms, most of it code that runs for the first time and what becomes of the answers on the JavaScript thread. Our own panel 2.8.11 takes 30 to 60 ms for the one request, real ones 55 to 300.' },
  { work: 'flows', subject: SAME_WORK, metric: 'total', to: 'reference', atMost: 1 / 12, because: 'What our own panel takes for the one request bounds it.' },
  { work: 'flows', subject: /all at once/, metric: 'sent', atMost: 20 },
  { work: 'size', metric: 'bytes', to: 'reference', atMost: 1 / 2, because: 'The addon holds TLS with its roots and HTTP, all of which the original takes from Node.js or npm.' },
  { work: 'size', metric: 'files', to: 'reference', atMost: 1 / 2 },
]
