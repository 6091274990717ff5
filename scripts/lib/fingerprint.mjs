/*
 * Telling whether files have changed: by what is in them, not by their times, which a checkout sets as it likes.
 */

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A hash over the names and contents of files and, recursively, folders below `root`. What is missing counts too. */
export function fingerprint(root, paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((path) => filesOf(root, path))) {
    const full = join(root, file)
    const content = existsSync(full) ? readFileSync(full) : null
    // With its length, so that no content can pass for the beginning of the next file.
    hash.update(`${file}\0${content?.length ?? 'missing'}\0`)
    if (content) hash.update(content)
  }
  return hash.digest('hex')
}

function filesOf(root, path) {
  const full = join(root, path)
  if (!existsSync(full) || !statSync(full).isDirectory()) return [path]
  const names = readdirSync(full).sort()
  return names.flatMap((name) => filesOf(root, `${path}/${name}`))
}
