/*
 * Running other programs.
 */

import { spawn, spawnSync } from 'node:child_process'

/** On Windows npm and npx are batch files, which only a shell can start. */
const shell = process.platform === 'win32'

/**
 * Runs a command to its end, its output where ours goes or line by line to `onLine`.
 *
 * @throws {Error} when it fails; `code` is its exit code.
 */
export function run(command, args, { cwd, env, onLine, onOutput } = {}) {
  return new Promise((resolve, reject) => {
    const piped = Boolean(onLine || onOutput)
    const stdio = piped ? ['inherit', 'pipe', 'pipe'] : 'inherit'
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio, shell })
    if (piped) for (const stream of [child.stdout, child.stderr]) forward(stream, onLine, onOutput)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve()
      reject(Object.assign(new Error(`${command} ${args.join(' ')} ended with exit code ${code}`), { code }))
    })
  })
}

function forward(stream, onLine, onOutput) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text) => {
    onOutput?.(text)
    const lines = (rest + text).split('\n')
    rest = lines.pop()
    for (const line of lines) onLine?.(line)
  })
  stream.on('end', () => rest && onLine?.(rest))
}

/** The version a tool names, or null when it is not there. */
export function toolVersion(tool) {
  const { status, stdout } = spawnSync(tool, ['--version'], { encoding: 'utf8', shell })
  return status === 0 ? (/\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? null) : null
}
