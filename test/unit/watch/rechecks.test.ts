import { chmodSync, lstatSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stampOf } from '#main/watch/settle/stamp.ts'
import { aRule, type Bench, FakeQueue, openBench, tempFolder } from './watch-kit.ts'

/** More than are read at once. */
const MANY = 260
const LONG_AGO = new Date('2024-09-01T00:00:00Z')

const nameOf = (index: number) => `${index}.txt`

/** A folder of many files that are up, and a program that is about to start. */
async function manyFiles() {
  const folder = tempFolder()
  const home = tempFolder('feidi-home-')
  const queue = new FakeQueue()
  const path = (name: string) => join(folder, name)
  for (let index = 0; index < MANY; index++) {
    writeFileSync(path(nameOf(index)), `content ${index}`)
    utimesSync(path(nameOf(index)), LONG_AGO, LONG_AGO)
  }
  const rules = [aRule(folder, { createdAtMs: 0, settleMs: 0 })]
  const open = () => openBench(rules, { home, queue })
  const first = open()
  await first.settle()
  await first.service.stop()
  expect(queue.taken).toHaveLength(MANY)
  return {
    ...{ folder, queue, path, open },
    /** As `chmod -R` and restored backups do. */
    touchAll() {
      for (let index = 0; index < MANY; index++) chmodSync(path(nameOf(index)), 0o600)
    },
    /** Returns how many files are recorded as they are. */
    known({ stores }: Bench): number {
      const { files } = stores.files.scope(folder, aRule(folder).destination).directory('')
      const isKnown = (name: string) =>
        files.get(name)?.stamp === stampOf(lstatSync(path(name), { bigint: true }))
      return [...files.keys()].filter(isKnown).length
    },
  }
}

describe('files of which only the dates have changed', () => {
  it('are read in the background, which the rule says, and new files do not wait for them', async () => {
    const { open, touchAll, known, queue, path } = await manyFiles()
    touchAll()
    const bench = open()
    bench.service.holdReading(true)
    bench.service.start()
    const state = await bench.reaches('checking')
    expect(state).toMatchObject({ checked: 0 })
    const read = known(bench)
    expect(state).toMatchObject({ of: MANY - read })
    expect(read).toBeLessThan(MANY)
    writeFileSync(path('new.txt'), 'new')
    writeFileSync(path(nameOf(MANY - 1)), 'of another size')
    await queue.until((taken) => taken.length === MANY + 2)
    expect(known(bench)).toBeLessThan(MANY)
    bench.service.holdReading(false)
    await bench.reaches('watching')
    expect(known(bench)).toBe(MANY + 1)
    expect(queue.taken).toHaveLength(MANY + 2)
  })

  it('are all read before a single look is over, and what has changed after all goes up', async () => {
    const { open, touchAll, known, queue, path } = await manyFiles()
    const last = nameOf(MANY - 1)
    writeFileSync(path(last), `CONTENT ${MANY - 1}`)
    utimesSync(path(last), LONG_AGO, LONG_AGO)
    touchAll()
    const bench = open()
    await bench.service.sweepOnce()
    expect(known(bench)).toBe(MANY)
    expect(queue.taken.slice(MANY)).toMatchObject([{ path: last, reason: 'changed' }])
  })

  it('are not read again after a restart, as far as they were', async () => {
    const { open, touchAll, known, queue } = await manyFiles()
    touchAll()
    const stopped = open()
    stopped.service.holdReading(true)
    stopped.service.start()
    await stopped.reaches('checking')
    const read = known(stopped)
    await stopped.service.stop()
    const again = open()
    again.service.holdReading(true)
    again.service.start()
    const state = await again.reaches('checking')
    expect(read).toBeGreaterThan(0)
    expect(state.kind === 'checking' && state.of).toBeLessThanOrEqual(MANY - read)
    await again.service.stop()
    const last = open()
    await last.service.sweepOnce()
    expect(known(last)).toBe(MANY)
    expect(queue.taken).toHaveLength(MANY)
  })
})
