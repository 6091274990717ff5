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
  parse: { label: 'JSON.parse alone, µs', show: significant },
  median: { label: 'median, µs', show: significant },
  p99: { label: 'p99, µs', show: significant },
  made: { label: 'made/s', show: significant },
  load: { label: 'require, ms', show: significant },
  cold: { label: 'require to answer, ms', show: significant },
  whole: { label: 'process start to answer, ms', show: significant },
  early: { label: 'in use after a quarter, MB', show: (value) => rounded(1)(value / MB) },
  late: { label: 'in use in the end, MB', show: (value) => rounded(1)(value / MB) },
  growth: { label: 'growth', show: rounded(3) },
  total: { label: 'all of them, ms', show: significant },
  told: { label: 'told', show: rounded(0) },
  stored: { label: 'stored', show: rounded(0) },
  sent: { label: 'requests', show: rounded(0) },
  bytes: { label: 'MB', show: (value) => rounded(2)(value / 1e6) },
  files: { label: 'files', show: rounded(0) },
  rss: { label: 'memory, MB', show: (value) => rounded(0)(value / MB) },
  peak: { label: 'most memory, MB', show: (value) => rounded(0)(value / MB) },
}
