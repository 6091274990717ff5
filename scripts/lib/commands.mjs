/*
 * Running other programs.
 */

import { spawn, spawnSync } from 'node:child_process'
import { constants } from 'node:os'

import { cargoProgress } from './progress.mjs'

/**
 * Runs a command to its end, its output where ours goes, or line by line to `onLine` or piece by piece to `onOutput`.
 *
 * @throws {Error} when it cannot be started or fails; `code` is its exit code then.
 */
export function run(command, args, { cwd, onLine, onOutput } = {}) {
  return new Promise((resolve, reject) => {
    const piped = Boolean(onLine || onOutput)
    const stdio = piped ? ['inherit', 'pipe', 'pipe'] : 'inherit'
    const child = spawn(command, args, { cwd, stdio, shell: needsShell(command) })
    const settle = outlive(child)
    if (piped) for (const stream of [child.stdout, child.stderr]) forward(stream, onLine, onOutput)
    child.on('error', (error) => {
      settle()
      reject(error)
    })
    child.on('close', (code, signal) => {
      settle()
      if (code === 0) return resolve()
      const end = signal ? `was ended by ${signal}` : `ended with exit code ${code}`
      reject(Object.assign(new Error(`${command} ${args.join(' ')} ${end}`), { code }))
    })
  })
}

/**
 * Runs a command and keeps to itself what it says, but for how far cargo has come.
 *
 * @throws {Error} when it fails; `output` is what it said.
 */
export async function runQuietly(command, args, { cwd } = {}) {
  const progress = cargoProgress(process.stdout)
  const said = []
  const onLine = (line) => {
    said.push(line)
    progress.line(line)
  }
  try {
    await run(command, args, { cwd, onLine })
  } catch (error) {
    throw Object.assign(error, { output: said.join('\n') })
  } finally {
    progress.end()
  }
}

/** What a command writes to its standard output. Its complaints go where ours go. */
export function outputOf(command, args, { cwd } = {}) {
  const stdio = ['ignore', 'pipe', 'inherit']
  const options = { cwd, stdio, encoding: 'utf8', shell: needsShell(command) }
  const { status, stdout, error } = spawnSync(command, args, options)
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with exit code ${status}`)
  return stdout
}

/** The version a tool names, or null when it is not there. */
export function toolVersion(tool) {
  const { status, stdout } = spawnSync(tool, ['--version'], { encoding: 'utf8' })
  return status === 0 ? (/\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? null) : null
}

/**
 * Stays until the child has ended when we are told to end: npm puts packages back in order first, and the next command
 * must not meet it at that. Told the same twice, we end at once. Returns what is to be called when the child has ended.
 */
function outlive(child) {
  let told = null
  const tell = (signal) => {
    told = signal
    // A terminal's Ctrl-C has gone to the child as well.
    if (signal !== 'SIGINT') child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM']
  for (const signal of signals) process.once(signal, tell)
  return () => {
    for (const signal of signals) process.off(signal, tell)
    if (told) process.exit(128 + constants.signals[told])
  }
}

/** On Windows npm is a batch file, which only a shell can start. */
function needsShell(command) {
  return process.platform === 'win32' && command === 'npm'
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
