/*
 * What is measured: names for people, units, and how numbers are written.
 */

const rounded = (digits) => (value) => value.toLocaleString('en', { maximumFractionDigits: digits })
const significant = (value) => Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 })
const MB = 1_048_576

export const METRICS = {
  requests: { label: 'requests/s', show: (value) => rounded(value < 100 ? 1 : 0)(value) },
  main: { label: 'main thread, µs a call', show: significant },
  loop: { label: 'event loop busy, µs a call', show: significant },
  cpu: { label: 'CPU of the process, µs a call', show: significant },
  rss: { label: 'memory, MB', show: (value) => rounded(0)(value / MB) },
  peak: { label: 'most memory, MB', show: (value) => rounded(0)(value / MB) },
}
