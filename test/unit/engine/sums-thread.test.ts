import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { expect, it, onTestFinished } from 'vitest'
import { sumsOf } from '#main/engine/sums.ts'
import { SumsThread } from '#main/engine/sums-thread.ts'

const KiB = 1024

function sharedBytes(sizeBytes: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(sizeBytes))
  for (const [index] of bytes.entries()) bytes[index] = (index * 31 + seed) % 251
  return bytes
}

/** A program for the thread, in a file of its own. */
function program(text: string): URL {
  const folder = mkdtempSync(join(tmpdir(), 'feidi-thread-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'worker.mjs')
  writeFileSync(file, text)
  return pathToFileURL(file)
}

it('has a program that sums up as this thread does, in parts of the memory as well', async () => {
  const worker = new Worker(new URL('../../../main/engine/sums-worker.ts', import.meta.url))
  onTestFinished(() => void worker.terminate())
  expect(await once(worker, 'message')).toEqual(['ready'])
  const whole = sharedBytes(700 * KiB)
  for (const [id, bytes] of [whole, whole.subarray(1, 200 * KiB), whole.subarray(9)].entries()) {
    worker.postMessage({ id, bytes, blockBytes: 256 * KiB })
    const sums = await sumsOf(bytes, 256 * KiB)
    expect(await once(worker, 'message')).toEqual([{ id, sums }])
  }
})

it('sums up memory that is not shared, and small things, as well', async () => {
  const thread = new SumsThread(program('throw new Error("nobody should start this")'), 0)
  for (const bytes of [new Uint8Array(700 * KiB).fill(3), sharedBytes(10)]) {
    expect(await thread.sumsOf(bytes, 5 * KiB)).toEqual(await sumsOf(bytes, 5 * KiB))
  }
})

it('starts no thread for a few small files', async () => {
  let threads = 0
  const count = () => void threads++
  process.on('worker', count)
  onTestFinished(() => void process.off('worker', count))
  const thread = new SumsThread(program(''), 1_000 * KiB)
  const bytes = sharedBytes(400 * KiB)
  const started: number[] = []
  for (let time = 0; time < 3; time++) {
    await thread.sumsOf(bytes, 400 * KiB)
    started.push(threads)
  }
  expect(started).toEqual([0, 0, 1])
})

it.each([
  ['is refused', 'http://example.invalid/a.js'],
  ['can not be started', 'import "no-such-package"'],
  ['ends at once', 'process.exit(1)'],
  [
    'ends when it is asked',
    `
    import { parentPort } from 'node:worker_threads'
    parentPort.on('message', () => { throw new Error('broken') })
    parentPort.postMessage('ready')`,
  ],
])('has an answer when the thread %s, again and again', async (_, text) => {
  const thread = new SumsThread(text.startsWith('http') ? new URL(text) : program(text), 0)
  for (let round = 0; round < 6; round++) {
    const pieces = [sharedBytes(100 * KiB, round), sharedBytes(200 * KiB, round)]
    const sums = await Promise.all(pieces.map((bytes) => thread.sumsOf(bytes, 64 * KiB)))
    expect(sums).toEqual(await Promise.all(pieces.map((bytes) => sumsOf(bytes, 64 * KiB))))
  }
})

it('goes on with another thread when one has ended', async () => {
  const thread = new SumsThread(
    program(`
      import { parentPort } from 'node:worker_threads'
      parentPort.on('message', ({ id, bytes }) => {
        if (bytes[0] === 255) process.exit(1)
        parentPort.postMessage({ id, sums: { checksum: 7, sha256s: [] } })
      })
      parentPort.postMessage('ready')`),
    0,
  )
  const isAtWork = async () => (await thread.sumsOf(sharedBytes(100 * KiB), KiB)).checksum === 7
  const fatal = sharedBytes(100 * KiB)
  fatal[0] = 255
  for (let round = 0; round < 2; round++) {
    await expect.poll(isAtWork).toBe(true)
    expect(await thread.sumsOf(fatal, KiB)).toEqual(await sumsOf(fatal, KiB))
  }
})

it.each([1, 50])('does not keep a process from ending, asked %i times', (times) => {
  const module = new URL('../../../main/engine/sums-thread.ts', import.meta.url)
  const text = `
    import { SumsThread } from ${JSON.stringify(module.href)}
    const bytes = new Uint8Array(new SharedArrayBuffer(300_000))
    const thread = new SumsThread(undefined, 0)
    for (let round = 1; round < ${times}; round++) await thread.sumsOf(bytes, 300_000)
    const { checksum } = await thread.sumsOf(bytes, 300_000)
    process.stdout.write(String(checksum))`
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', text], {
    encoding: 'utf8',
    timeout: 30_000,
  })
  expect({ stdout, status }).toEqual({
    stdout: String((((300_000 % 65_521) << 16) | 1) >>> 0),
    status: 0,
  })
})
