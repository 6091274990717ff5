/*
 * Two commands started together, and the lock of one that was killed.
 */

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import { withLock } from '../../scripts/lib/lock.mjs'

/** A place for a lock; `hold` puts one there, as another command would. */
function place(t) {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'lock')
  const hold = (holder) => {
    mkdirSync(path)
    if (holder) writeFileSync(join(path, 'holder.json'), JSON.stringify({ host: hostname(), ...holder }))
  }
  const age = (hours) => utimesSync(path, Date.now() / 1000 - hours * 3600, Date.now() / 1000 - hours * 3600)
  const release = () => rmSync(path, { recursive: true })
  return { path, hold, age, release }
}

/** The number of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['--version']).pid

const neverWaits = () => assert.fail('waited')

test('the lock is there during the job and gone after it, also when the job fails', async (t) => {
  const { path } = place(t)
  assert.equal(await withLock(path, async () => existsSync(path), neverWaits), true)
  assert.equal(existsSync(path), false)
  const job = async () => {
    throw new Error('no network')
  }
  await assert.rejects(withLock(path, job, neverWaits), { message: 'no network' })
  assert.equal(existsSync(path), false)
})

test('a lock is waited for as long as its holder lives, and who that is is told once', async (t) => {
  const { path, hold, release } = place(t)
  hold({ pid: process.ppid })
  const told = []
  let done = false
  const waiting = withLock(path, async () => void (done = true), (holder) => told.push(holder.pid))
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(done, false, 'went on while the lock was held')
  release()
  await waiting
  assert.equal(done, true)
  assert.deepEqual(told, [process.ppid])
})

test('the lock of a process that has ended is taken over at once', async (t) => {
  const { path, hold } = place(t)
  hold({ pid: deadPid() })
  await withLock(path, async () => {}, neverWaits)
  assert.equal(existsSync(path), false)
})

test('a lock with our own process number was left behind by another process of that number', async (t) => {
  const { path, hold } = place(t)
  hold({ pid: process.pid })
  await withLock(path, async () => {}, neverWaits)
})

test('process numbers of another machine are not looked up here', async (t) => {
  const { path, hold, release } = place(t)
  hold({ pid: deadPid(), host: 'another-machine' })
  await withLock(path, async () => {}, release)
})

test('a lock that is older than any set-up is taken over, whoever has that process number now', async (t) => {
  const { path, hold, age } = place(t)
  hold({ pid: process.ppid })
  age(2)
  await withLock(path, async () => {}, neverWaits)
})

test('a lock without a note is just being taken, unless it is old', async (t) => {
  const { path, hold, age, release } = place(t)
  hold(null)
  const told = []
  await withLock(path, async () => {}, (holder) => {
    told.push(holder)
    release()
  })
  assert.deepEqual(told, [null])

  hold(null)
  age(1)
  await withLock(path, async () => {}, neverWaits)
})
