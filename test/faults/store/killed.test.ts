import type { ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import {
  aNewTransfer,
  aTransaction,
  makeTempFolder,
  openTempStores,
} from '#test/unit/store/store-kit.ts'
import { killHard, startChild } from './children.ts'

/** Kills the child when it has written so many lines; returns all it managed to write. */
async function killAfterLines(child: ChildProcess, lines: number): Promise<number[]> {
  if (child.stdout === null) throw new Error('no stdout')
  const written: number[] = []
  const reader = createInterface({ input: child.stdout })
  const killed = Promise.withResolvers<void>()
  reader.on('line', (line) => {
    written.push(Number(line))
    if (written.length === lines) killHard(child).then(killed.resolve, killed.reject)
  })
  const ended = new Promise((resolve) => reader.once('close', resolve))
  await killed.promise
  await ended
  return written
}

describe('a process killed at any moment', () => {
  it('has on disk every part whose acknowledgement had returned', async () => {
    const home = makeTempFolder()
    const { transfers, close } = openTempStores(home)
    const [transfer] = transfers.enqueue([aNewTransfer('a.bin')], 'b1', 1)
    const id = transfer?.id ?? ''
    transfers.openTransaction(id, aTransaction())
    transfers.saveState(id, { kind: 'sending' })
    close()

    let next = 0
    for (const lines of [1, 2, 7, 40, 333, 1_200]) {
      const child = startChild('./child-acknowledger.ts', { arguments: [home, id, String(next)] })
      const promised = await killAfterLines(child, lines)
      expect(promised.length).toBeGreaterThanOrEqual(lines)
      const stores = openTempStores(home)
      const parts = stores.transfers.acknowledgedParts(id)
      const seqs = parts.map(({ seq }) => seq)
      expect(seqs).toEqual(seqs.map((_, index) => index))
      // One more may have been on disk before the process could say so.
      expect(seqs.length - ((promised.at(-1) ?? 0) + 1)).toBeOneOf([0, 1])
      const sentBytes = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
      expect(stores.transfers.get(id)?.sentBytes).toBe(sentBytes)
      next = seqs.length
      stores.close()
    }
    expect(openTempStores(home).transfers.requeueInterrupted()).toBe(1)
  })

  it('has counted every call that was let go, with another process counting beside it', async () => {
    const home = makeTempFolder()
    openTempStores(home).close()
    const children = ['one', 'two'].map((name) =>
      startChild('./child-counter.ts', { arguments: [home, name] }),
    )
    const counts = await Promise.all(children.map((child) => killAfterLines(child, 200)))
    const told = counts.flat()
    // Each count was given to one call only, and none is missing but one that each had no time to tell.
    expect(new Set(told).size).toBe(told.length)
    const used = openTempStores(home).quota.callsUsed('app', 'upload_part', '2026-01-05')
    expect(used - told.length).toBeOneOf([0, 1, 2])
  })

  it('has queued whole chunks only, the promised ones among them', async () => {
    const home = makeTempFolder()
    let before = 0
    for (const [round, lines] of [1, 3, 20].entries()) {
      const child = startChild('./child-enqueuer.ts', { arguments: [home, String(round)] })
      const promised = await killAfterLines(child, lines)
      const stores = openTempStores(home)
      const { queued } = stores.transfers.counts({}).byState
      expect(queued % 50).toBe(0)
      expect(queued - before).toBeGreaterThanOrEqual(promised.length * 50)
      expect(stores.transfers.list({}, { offset: 0, limit: 100_000 })).toHaveLength(queued)
      before = queued
      stores.close()
    }
  })

  it('leaves a half-made database behind that is made again', () => {
    const home = makeTempFolder()
    writeFileSync(join(home, 'feidi.db.new'), 'half')
    writeFileSync(join(home, 'feidi.db.new-wal'), 'half')
    expect(openTempStores(home).transfers.counts({}).byState.queued).toBe(0)
  })
})
