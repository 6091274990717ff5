/*
 * What is wanted, as data: a measured number of ours, over the same number of another, with a bound.
 *
 * `to` names a contender, or `[contender, metric]`; without it the number itself is bound. A goal that names no subject
 * goes for each subject of its work.
 */

export const GOALS = [
  { work: 'small', metric: 'requests', to: 'reference', atLeast: 15 },
  { work: 'small', metric: 'requests', to: 'undici', atLeast: 2.5 },
  { work: 'small', metric: 'requests', to: 'wrk', atLeast: 0.5 },
  { work: 'small', metric: 'main', to: 'reference', atMost: 1 / 40 },
  { work: 'small', metric: 'main', to: 'undici', atMost: 1 / 5 },
  { work: 'small', metric: 'rss', to: 'reference', atMost: 1 / 2 },
  { work: 'small', metric: 'peak', to: 'reference', atMost: 1 / 2 },
]
