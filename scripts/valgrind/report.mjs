/*
 * What memcheck has found, told apart by whose it is.
 */

const OURS = /<obj>[^<]*(threexui)[^<]*<\/obj>/

/**
 * Errors of the addon as text, a line a frame; the bytes that were allocated on its behalf and that nobody can reach any
 * more; the errors of everybody else.
 *
 * @returns {{ ours: string[], lost: number, others: number }}
 */
export function errorsOf(xml) {
  const all = xml.match(/<error>[\s\S]*?<\/error>/g) ?? []
  const ours = all.filter((error) => OURS.test(error))
  const [leaks, errors] = [ours.filter(isLeak), ours.filter((error) => !isLeak(error))]
  const lost = leaks.reduce((sum, leak) => sum + Number(/<leakedbytes>(\d+)</.exec(leak)[1]), 0)
  return { ours: errors.map(asText), lost, others: all.length - ours.length }
}

const isLeak = (error) => error.includes('<kind>Leak_')

function asText(error) {
  const what = /<(?:what|text)>([^<]*)</.exec(error)?.[1] ?? 'an error'
  const frames = (error.match(/<frame>[\s\S]*?<\/frame>/g) ?? []).map((frame) => {
    const member = (name) => new RegExp(`<${name}>([^<]*)<`).exec(frame)?.[1]
    const line = member('file') ? ` (${member('file')}:${member('line')})` : ` (${member('obj')})`
    return `    ${member('fn') ?? '?'}${line}`
  })
  return [what, ...frames].join('\n')
}
