/*
 * One at a time: two commands started together must not write the same files.
 *
 * The lock is a folder, because making one either succeeds or finds it there, in one step. A note in it says who
 * holds it, so that the lock of a command that was killed stands in nobody's way.
 */

import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_AGAIN_MS = 300
/** Within this time of making the folder the note is written. */
const NOTE_MS = 10_000
/** Longer than any set-up takes: by then a process of that number is another one. */
const HOLD_MS = 60 * 60_000

/**
 * Does `job` while holding the lock at `path`, after waiting for whoever holds it.
 *
 * @param {string} path - The folder that is the lock.
 * @param {() => Promise<T>} job
 * @param {(holder: { pid: number, host: string } | null) => void} [onWait] - Told once, if there is somebody to wait
 *   for.
 * @returns {Promise<T>}
 * @template T
 */
export async function withLock(path, job, onWait = () => {}) {
  await acquire(path, onWait)
  const release = () => rmSync(path, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await job()
  } finally {
    process.off('exit', release)
    release()
  }
}

async function acquire(path, onWait) {
  for (let waited = false; !take(path); ) {
    const holder = holderOf(path)
    if (isAbandoned(path, holder)) {
      rmSync(path, { recursive: true, force: true })
      continue
    }
    if (!waited) onWait(holder)
    waited = true
    await sleep(LOOK_AGAIN_MS)
  }
}

function take(path) {
  try {
    mkdirSync(path)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  writeFileSync(join(path, 'holder.json'), JSON.stringify({ pid: process.pid, host: hostname() }))
  return true
}

function holderOf(path) {
  try {
    return JSON.parse(readFileSync(join(path, 'holder.json'), 'utf8'))
  } catch {
    return null
  }
}

function isAbandoned(path, holder) {
  const age = ageOf(path)
  if (age === null) return false
  if (holder === null) return age > NOTE_MS
  if (age > HOLD_MS) return true
  // Process numbers mean something on the machine that gave them, and ours is not held by us: we are waiting.
  return holder.host === hostname() && (holder.pid === process.pid || !lives(holder.pid))
}

function ageOf(path) {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return null
  }
}

function lives(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
