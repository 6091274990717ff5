/*
 * Which tools the project needs, and what to say when one is missing or too old.
 */

const MINIMUM_NODE = '20.0.0'

/**
 * One sentence for each tool that has to be installed first.
 *
 * @param {{ node: string, cargo?: string | null, rustc?: string | null }} found - Versions, null for what is missing.
 * @param {string} [minimumRust] - The oldest Rust that will do; without it Rust is not asked for.
 * @returns {string[]}
 */
export function problemsWith(found, minimumRust) {
  const problems = []
  if (isOlder(found.node, MINIMUM_NODE)) {
    problems.push(`Node.js ${found.node} is too old: install Node.js 20 or newer from https://nodejs.org.`)
  }
  if (minimumRust === undefined) return problems
  const rust = found.rustc && found.cargo ? found.rustc : null
  if (rust === null) {
    problems.push(`The Rust toolchain (cargo, rustc) is missing: install Rust ${minimumRust} or newer from https://rustup.rs.`)
  } else if (isOlder(rust, minimumRust)) {
    problems.push(`Rust ${rust} is too old: install Rust ${minimumRust} or newer (rustup update stable).`)
  }
  return problems
}

function isOlder(version, minimum) {
  const [have, need] = [version, minimum].map((text) => text.split('.').map(Number))
  for (let at = 0; at < 3; at++) {
    if ((have[at] ?? 0) !== (need[at] ?? 0)) return (have[at] ?? 0) < (need[at] ?? 0)
  }
  return false
}
