/*
 * docs/DIFFERENCES.md, made of the list that the comparison with the reference keeps.
 */

import { DIFFERENCES } from '../../__test__/differential/differences.mjs'

export const PAGE = 'docs/DIFFERENCES.md'

const COMPARISON = 'differential/calls.test.mjs'

const INTRODUCTION = `# Differences

Where this package does something else than \`3xui-api-client\` 3.2.1, on purpose. Everything else is the same: requests
on the wire, results and errors of every method are compared by the tests in \`__test__/differential\`, which fail for each
difference that is not listed here.

Made from \`__test__/differential/differences.mjs\` by \`node scripts/differences.mjs\`.
`

/** The page as it has to be. */
export function differencesPage() {
  const parts = Object.entries(DIFFERENCES).map(([heading, list]) => {
    const rows = list.map(({ id, theirs, ours, why, reasons, test }) => {
      const held = test ?? (reasons ? COMPARISON : '')
      return `| <a id="${id}"></a>${theirs} | ${ours} | ${why} | ${linkTo(held)} |`
    })
    return [
      `## ${heading}`,
      '',
      '| The original | This package | Why nobody has to care | Test |',
      '|---|---|---|---|',
      ...rows,
      '',
    ].join('\n')
  })
  return [INTRODUCTION, ...parts].join('\n')
}

function linkTo(held) {
  const [file] = held.split(': ')
  return `[${file}](../__test__/${file})`
}
