/*
 * What memcheck has found, told apart by whose it is.
 */

const OURS = /<obj>[^<]*(threexui)[^<]*<\/obj>/

/** @returns {{ ours: string[], others: number }} ours as text, a line a frame */
export function errorsOf(xml) {
  const errors = xml.match(/<error>[\s\S]*?<\/error>/g) ?? []
  const ours = errors.filter((error) => OURS.test(error))
  return { ours: ours.map(asText), others: errors.length - ours.length }
}

function asText(error) {
  const what = /<(?:what|text)>([^<]*)</.exec(error)?.[1] ?? 'an error'
  const frames = (error.match(/<frame>[\s\S]*?<\/frame>/g) ?? []).map((frame) => {
    const member = (name) => new RegExp(`<${name}>([^<]*)<`).exec(frame)?.[1]
    const line = member('file') ? ` (${member('file')}:${member('line')})` : ` (${member('obj')})`
    return `    ${member('fn') ?? '?'}${line}`
  })
  return [what, ...frames].join('\n')
}
