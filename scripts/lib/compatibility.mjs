/*
 * docs/COMPATIBILITY.md: which method works on which panel version, from what the matrix of the tests found.
 *
 * Owns the page's words. Must not know: how the matrix is played.
 */

const SIGNS = { native: '●', recipe: '○', unsupported: '–' }

const INTRODUCTION = `# Compatibility

Which method works on which version of the 3x-ui panel. This page is written from the result of a test that calls every
method on every version (\`__test__/matrix\`).

| | |
|---|---|
| ${SIGNS.native} | works, by the panel's own routes |
| ${SIGNS.recipe} | works, by other routes of the panel, with the same result |
| ${SIGNS.unsupported} | this panel cannot do it: the call fails with an \`UnsupportedByPanelError\` that names the first version that can, and what to use instead |

The version is found out once, by one request or two, and kept with the session. \`await client.getPanelInfo()\` tells it.
Versions between the columns behave as the rules of the versions say, not as the nearest column. \`HEAD\` is the newest
state of the panel's repository.
`

const NOTES = `## What no recipe can change

- Up to 2.9 a client is in exactly one inbound. \`addModernClient\` with several inbounds and the methods that attach
  clients fail with an \`UnsupportedByPanelError\` there; on 3.0 they work for clients with the same subscription id.
- Up to 3.0 a client that leaves its last inbound is gone, with its counters; from 3.1 on it stays without one.
- Up to 3.0 panels lose writes that are made at the same time. One client object makes them one after the other; two
  programs that write to one such panel at once can still overwrite each other's changes.
- Before 3.1 \`getPagedClients\` counts nobody as expiring.
- From 3.1 on a client that is in several inbounds has one counter and one set of limits: \`resetClientTraffic\`, and up
  to 3.2.7 \`updateClient\`, concern all of them, whichever inbound is named.
- Before 3.0.1 share links are made here, as those panels' subscription servers make them.
- \`deleteDepletedClients\` leaves an inbound that becomes empty where it is, on every version.
- From 3.0 to 3.2 an API token reaches neither the panel's settings nor xray's: log in with name and password.
`

/**
 * @param {{ group: string, method: string }[]} calls - Every method that asks the panel, in the order of the page.
 * @param {string[]} local - The methods that ask no panel.
 * @param {Record<string, Record<string, string>>} cells - What was found, by method and version: `recipe 2`.
 */
export function compatibilityPage(calls, local, cells) {
  const versions = Object.keys(cells[calls[0].method])
  const groups = [...new Set(calls.map(({ group }) => group))]
  const tables = groups.map((group) => {
    const methods = calls.filter((call) => call.group === group).map(({ method }) => method)
    return `## ${group}\n\n${tableOf(methods, versions, cells)}`
  })
  const asksNobody = `## Without a panel\n\nThese ask no panel and are the same everywhere: ${local.map((name) => `\`${name}\``).join(', ')}.\n`
  return [INTRODUCTION, ...tables, asksNobody, NOTES].join('\n')
}

function tableOf(methods, versions, cells) {
  const line = (columns) => `| ${columns.join(' | ')} |\n`
  const rule = `|---|${versions.map(() => ':-:|').join('')}\n`
  const rows = methods.map((method) => line([`\`${method}\``, ...versions.map((version) => signOf(cells[method][version]))]))
  return line(['', ...versions]) + rule + rows.join('')
}

const signOf = (cell) => SIGNS[cell?.split(' ')[0]] ?? '?'
