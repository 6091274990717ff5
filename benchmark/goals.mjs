/*
 * What is wanted, as data: a measured number of ours, over the same number of another, with a bound.
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

export const GOALS = [
  { work: 'small', metric: 'requests', to: 'reference', atLeast: 15 },
  { work: 'small', metric: 'requests', to: 'undici', atLeast: 2.5 },
  { work: 'small', metric: 'requests', to: 'wrk', atLeast: 0.5 },
  { work: 'small', metric: 'main', to: 'reference', atMost: 1 / 40 },
  { work: 'small', metric: 'main', to: 'undici', atMost: 1 / 5 },
  { work: 'small', metric: 'rss', to: 'reference', atMost: 1 / 2 },
  { work: 'small', metric: 'peak', to: 'reference', atMost: 1 / 2 },
  { work: 'latency', metric: 'median', to: 'reference', atMost: 1 / 2 },
  { work: 'latency', metric: 'median', to: 'undici', atMost: 1 },
  { work: 'large', subject: SMALL, metric: 'requests', to: 'reference', atLeast: 7 },
  { work: 'large', subject: LARGE, metric: 'requests', to: 'reference', atLeast: 1.3 },
  { work: 'large', metric: 'main', to: ['ours', 'parse'], atMost: 1.15 },
  { work: 'cold', metric: 'cold', to: 'reference', atMost: 1 / 8 },
  { work: 'soak', metric: 'growth', atMost: 1.05 },
  { work: 'credentials', subject: ONE, metric: 'made', to: 'reference', atLeast: 2 },
  { work: 'credentials', subject: SEVERAL, metric: 'made', to: 'reference', atLeast: 8 },
  { work: 'keys', metric: 'made', to: 'reference', atLeast: 5 },
  { work: 'flows', subject: /one after another/, metric: 'total', to: 'raw', atMost: 1.1 },
  { work: 'flows', subject: /all at once/, metric: 'total', to: 'bulk', atMost: 1.3 },
  { work: 'flows', subject: SAME_WORK, metric: 'total', to: 'reference', atMost: 1 / 12 },
  { work: 'flows', subject: /all at once/, metric: 'sent', atMost: 20 },
  { work: 'size', metric: 'bytes', to: 'reference', atMost: 1 / 2 },
  { work: 'size', metric: 'files', to: 'reference', atMost: 1 / 2 },
]
