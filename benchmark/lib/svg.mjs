/*
 * Charts as SVG: bars and curves, written by hand.
 *
 * Drawn on nothing, with greys in the middle between black and white and colours of middling lightness, so that they can
 * be read on a light page and on a dark one. Must not know: what is measured.
 */

const WIDTH = 720
const FONT = 'font-family="-apple-system, BlinkMacSystemFont, Segoe UI, Helvetica, Arial, DejaVu Sans, sans-serif"'
const TEXT = '#768390'
const GRID = '#76839040'
const PALETTE = ['#2f81f7', '#e5534b', '#a371f7', '#2da44e', '#c69026']

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const round = (value) => Number(value.toFixed(1))

function text(x, y, content, { size = 13, anchor = 'start', fill = TEXT, weight = 400 } = {}) {
  const place = `x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="${fill}"`
  return `<text ${place} font-size="${size}" font-weight="${weight}">${escaped(content)}</text>`
}

function svg(height, title, parts) {
  const box = `viewBox="0 0 ${WIDTH} ${round(height)}" width="${WIDTH}" height="${round(height)}"`
  const heading = text(0, 20, title, { size: 16, weight: 600 })
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} role="img" ${FONT}>\n<title>${escaped(title)}</title>\n${[heading, ...parts].join('\n')}\n</svg>\n`
}

/**
 * A bar for each contender, in groups that have a scale of their own.
 *
 * @param {{ title: string, groups: { label: string, bars: { label: string, value: number, shown: string }[] }[] }} chart
 */
export function bars({ title, groups }) {
  const [left, right, line, gap] = [120, 130, 24, 26]
  const parts = []
  let y = 50
  for (const { label, bars } of groups) {
    parts.push(text(0, y, label, { weight: 600 }))
    const most = Math.max(...bars.map(({ value }) => value))
    y += 8
    for (const { label, value, shown } of bars) {
      const length = Math.max(1, (value / most) * (WIDTH - left - right))
      const fill = label === 'ours' ? PALETTE[0] : '#8b949e'
      parts.push(text(left - 10, y + 16, label, { anchor: 'end' }))
      parts.push(`<rect x="${left}" y="${y + 3}" width="${round(length)}" height="${line - 6}" rx="3" fill="${fill}"/>`)
      parts.push(text(left + length + 8, y + 16, shown))
      y += line
    }
    y += gap
  }
  return svg(y - gap + 10, title, parts)
}

/**
 * A curve for each contender, both scales logarithmic.
 *
 * @param {{ title: string, x: { label: string, values: number[] }, y: { label: string }, curves: { label: string, values: number[] }[] }} chart
 */
export function curves({ title, x, y, curves }) {
  const [left, right, top, bottom] = [70, 100, 66, 54]
  const height = 380
  const all = curves.flatMap(({ values }) => values)
  const [low, high] = [10 ** Math.floor(Math.log10(Math.min(...all))), 10 ** Math.ceil(Math.log10(Math.max(...all)))]
  const atX = logarithmic(x.values[0], x.values.at(-1), left, WIDTH - right)
  const atY = logarithmic(low, high, height - bottom, top)
  const parts = [text(0, 44, y.label, { size: 12 }), text((left + WIDTH - right) / 2, height - 8, x.label, { size: 12, anchor: 'middle' })]
  for (let mark = low; mark <= high * 1.001; mark *= 10) {
    parts.push(`<path d="M${left} ${round(atY(mark))}H${WIDTH - right}" stroke="${GRID}"/>`, text(left - 8, atY(mark) + 4, mark.toLocaleString('en'), { anchor: 'end', size: 12 }))
  }
  for (const value of x.values) parts.push(text(atX(value), height - bottom + 20, value.toLocaleString('en'), { anchor: 'middle', size: 12 }))
  const labels = spaced(curves.map(({ values }) => atY(values.at(-1))))
  curves.forEach(({ label, values }, index) => {
    const colour = PALETTE[index % PALETTE.length]
    const points = values.map((value, at) => [round(atX(x.values[at])), round(atY(value))])
    parts.push(`<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round"/>`)
    for (const [cx, cy] of points) parts.push(`<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colour}"/>`)
    parts.push(text(WIDTH - right + 10, labels[index] + 4, label, { fill: colour, weight: 600 }))
  })
  return svg(height, title, parts)
}

function logarithmic(from, to, start, end) {
  return (value) => start + (Math.log(value / from) / Math.log(to / from)) * (end - start)
}

const LABEL_HEIGHT = 16

/** Labels that would lie on each other, moved apart. */
function spaced(positions) {
  const order = positions.map((_, index) => index).sort((a, b) => positions[a] - positions[b])
  const placed = [...positions]
  for (let at = 1; at < order.length; at++) {
    placed[order[at]] = Math.max(placed[order[at]], placed[order[at - 1]] + LABEL_HEIGHT)
  }
  return placed
}
