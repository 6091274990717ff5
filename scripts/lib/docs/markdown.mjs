/*
 * Sections as Markdown, in GitHub's dialect: headings, tables of contents, and links between the sections.
 *
 * Must not know: where the sections come from.
 */

const INTRODUCTION = `# API

Everything that \`3xui-native\` has, by what it is for. Made from the types by \`npm run docs\`: an editor says the same
of a method.

In the examples \`ThreeXUI\` is the class, \`url\` a panel's address with its base path, and \`client\` a client of it:

\`\`\`js
const ThreeXUI = require('3xui-native')
const client = new ThreeXUI(url, 'admin', 'admin')
\`\`\`
`

/** @param {import('./page.mjs').Section[]} sections */
export function markdownOf(sections) {
  const anchors = anchorsOf(sections)
  const link = linkerOf(sections, anchors)
  const parts = sections.map((section) =>
    [
      `${'#'.repeat(section.level)} ${section.title}`,
      ...(section.level === 2 ? [contentsOf(section, sections, anchors)] : []),
      ...(section.entry ? bodyOf(section.entry, link) : []),
    ].filter(Boolean),
  )
  const groups = sections.filter(({ level }) => level === 2)
  const contents = groups.map((section) => `- [${section.title}](#${anchors.get(section)})`).join('\n')
  return `${[INTRODUCTION.trim(), contents, ...parts.flat()].join('\n\n')}\n`
}

// --- Headings -------------------------------------------------------------------------------------------------------

/** The anchors that GitHub gives to headings, in their order: a second one of the same name is numbered. */
function anchorsOf(sections) {
  const seen = new Map([['api', 1]])
  return new Map(
    sections.map((section) => {
      const plain = section.title.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-')
      const count = seen.get(plain) ?? 0
      seen.set(plain, count + 1)
      return [section, count > 0 ? `${plain}-${count}` : plain]
    }),
  )
}

function contentsOf(group, sections, anchors) {
  const after = sections.slice(sections.indexOf(group) + 1)
  const end = after.findIndex(({ level }) => level === 2)
  const own = after.slice(0, end < 0 ? undefined : end).filter(({ level }) => level === 3)
  return own.map((section) => `[${section.label}](#${anchors.get(section)})`).join(' · ')
}

/** A link for the name of a type, an error or a method, where the page has it. */
function linkerOf(sections, anchors) {
  const byLabel = new Map()
  for (const section of sections) {
    const names = [section.label, ...(section.entry?.aliases ?? [])].filter(Boolean)
    for (const name of names) byLabel.set(name, anchors.get(section))
  }
  return { to: (name) => (byLabel.has(name) ? `[\`${name}\`](#${byLabel.get(name)})` : `\`${name}\``), names: byLabel }
}

// --- Entries --------------------------------------------------------------------------------------------------------

function bodyOf(entry, link) {
  if (entry.kind === 'inner') return innerMethods(entry.members)
  if (entry.kind === 'type') return typeBody(entry, link)
  const signatures = entry.signatures.join('\n')
  return [
    signatures && fence('ts', signatures),
    entry.base && `Extends ${link.to(entry.base)}.`,
    prose(entry.doc, link),
    uses(signatures, entry, link),
    ...tagged(entry.doc, link),
  ]
}

const typeBody = (type, link) => [
  aliases(type),
  prose(type.doc, link),
  fence('ts', type.text),
  uses(type.text, type, link),
  ...tagged(type.doc, link),
]

/** One block for all: who reaches for these knows what they are. */
function innerMethods(members) {
  const blocks = members.map(({ doc, signatures }) => {
    const said = doc.text ? doc.text.split('\n').map((line) => `// ${line}`) : []
    return [...said, ...signatures].join('\n')
  })
  return ['Inner methods of the original, for subclasses that override or call them.', fence('ts', blocks.join('\n\n'))]
}

const aliases = ({ name, isExported, aliases: others }) =>
  [
    !isExported && `Not a name of its own: \`${name}\` is what other types are made of.`,
    others.length > 0 && `Also called ${others.map((other) => `\`ThreeXUI.${other}\``).join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ')

function tagged(doc, link) {
  const { params, returns, throws, remarks, examples } = doc
  const list = (title, lines) => lines.length > 0 && `**${title}**\n\n${lines.join('\n')}`
  return [
    list('Parameters', params.map(({ name, text }) => item(`\`${name}\`${text && ': '}${inline(text, link)}`))),
    returns && `**Returns:** ${inline(returns, link)}`,
    list('Throws', throws.map((thrown) => item(thrownText(thrown, link)))),
    ...remarks.map((text) => remark(text, link)),
    ...examples.map((code) => fence('js', code)),
  ]
}

const thrownText = ({ type, text }, link) => [type && link.to(type), inline(text, link)].filter(Boolean).join(' ')

/** A remark that begins with what it is about, such as `Panels: from 3.0 on.` */
function remark(text, link) {
  const [, about, rest] = /^(?:(\w+): )?(.*)$/s.exec(text)
  return about ? `**${about}:** ${inline(rest, link)}` : inline(rest, link)
}

/** The types that a declaration names. */
function uses(text, entry, link) {
  const code = text.replace(/\/\*\*.*?\*\//gs, '').replace(/^new [\w.]+/gm, '')
  const named = new Set(code.match(/\b[A-Z]\w+/g))
  const known = [...named].filter((name) => link.names.has(name) && name !== entry.name)
  return known.length > 0 && `Types: ${known.map(link.to).join(', ')}`
}

const item = (text) => `- ${text.replaceAll('\n', '\n  ')}`
const prose = (doc, link) => inline(doc.text, link)
const inline = (text, link) => text.replace(/\{@link (?:ThreeXUI\.)?([^}\s]+)[^}]*\}/g, (_, name) => link.to(name))
const fence = (language, code) => `\`\`\`${language}\n${code}\n\`\`\``
