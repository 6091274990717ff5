/*
 * Lock files have to work wherever the project is built: what is in them is named by version and hash, and comes
 * from the registry that the machine is set up for.
 */

/** The one source that cargo writes down for the public registry; a machine's own settings may replace it. */
const CRATES_IO = 'registry+https://github.com/rust-lang/crates.io-index'

/** One sentence for each package of an npm lock file that is tied to an address. */
export function npmAddresses(text, file = 'package-lock.json') {
  return Object.entries(JSON.parse(text).packages)
    .filter(([, entry]) => entry.resolved !== undefined && !entry.link)
    .map(([path, { resolved }]) => `${file}: ${path} is tied to ${resolved}`)
}

/** One sentence for each crate of `Cargo.lock` that comes from elsewhere. */
export function cargoAddresses(text) {
  return [...text.matchAll(/^source = "(.*)"$/gm)]
    .map(([, source]) => source)
    .filter((source) => source !== CRATES_IO)
    .map((source) => `Cargo.lock: a crate is tied to ${source}`)
}
