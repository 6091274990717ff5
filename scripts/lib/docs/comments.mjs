/*
 * A documentation comment taken apart: what is said, and what each tag says.
 *
 * By lines, and not by the compiler's reader, because examples have to come out as they were written. Must not know
 * what the comment is about, or how it is shown.
 */

/** @typedef {{ text: string, params: { name: string, text: string }[], returns: string,
 *    throws: { type: string, text: string }[], remarks: string[], examples: string[] }} Doc */

const NONE = { text: '', params: [], returns: '', throws: [], remarks: [], examples: [] }

/** What a tag adds to a comment, by the tag's name. Any other is an error: it would be lost unnoticed. */
const TAGS = {
  param: (doc, text) => {
    const [, name, about] = /^\[?([\w.]+)[^\s]*\s*-?\s*(.*)$/s.exec(text)
    doc.params.push({ name, text: about })
  },
  returns: (doc, text) => void (doc.returns = text),
  throws: (doc, text) => {
    const [, type = '', about] = /^(?:\{(?:ThreeXUI\.|native\.)?([^}]+)\}\s*)?-?\s*(.*)$/s.exec(text)
    doc.throws.push({ type, text: about })
  },
  remarks: (doc, text) => void doc.remarks.push(text),
  deprecated: (doc, text) => void doc.remarks.push(`Deprecated: ${text}`),
  example: (doc, text) => void doc.examples.push(text),
}

/** @returns {Doc} */
export function parsedComment(comment) {
  const doc = structuredClone(NONE)
  if (!comment) return doc
  const [text, ...tagged] = linesOf(comment)
    .join('\n')
    .split(/^(?=@\w)/m)
  doc.text = text.trim()
  for (const part of tagged) {
    const [, tag, rest] = /^@(\w+)(.*)$/s.exec(part)
    if (!TAGS[tag]) throw new Error(`A documentation comment has the unknown tag @${tag}:\n${comment}`)
    TAGS[tag](doc, rest.trim())
  }
  return doc
}

/** What one comment says, and of what it does not speak what the other one does. */
export function inherited(doc, base = NONE) {
  const said = (value) => value.length > 0
  return Object.fromEntries(Object.keys(NONE).map((part) => [part, said(doc[part]) ? doc[part] : base[part]]))
}

function linesOf(comment) {
  return comment
    .replace(/^\/\*\*/, '')
    .replace(/\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
}
