import {
  appendFileSync,
  closeSync,
  openSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { aRule, openBench, SETTLE_MS, tempFolder } from './watch-kit.ts'

async function watching() {
  const folder = tempFolder()
  const bench = openBench([aRule(folder)])
  bench.service.start()
  await bench.reaches('watching')
  return { ...bench, folder, path: (name: string) => join(folder, name) }
}

/** Calls `step` often enough that the file never settles. */
async function keepGoing(times: number, step: (time: number) => void) {
  for (let time = 0; time < times; time++) {
    step(time)
    await pause(SETTLE_MS / 3)
  }
}

describe('a file that is being written', () => {
  it('by a slow writer is taken once, complete', async () => {
    const { queue, path, settle } = await watching()
    const descriptor = openSync(path('slow.bin'), 'w')
    await keepGoing(9, (time) => writeSync(descriptor, `${time}`))
    expect(queue.taken).toEqual([])
    closeSync(descriptor)
    await queue.has('slow.bin')
    await settle()
    expect(queue.taken.map(({ content }) => content)).toEqual(['012345678'])
  })

  it('as a growing log waits, and says so', async () => {
    const { queue, path, service } = await watching()
    await keepGoing(6, () => appendFileSync(path('app.log'), 'line\n'))
    expect(service.waiting()).toMatchObject([{ path: 'app.log', reason: 'changing' }])
    expect(queue.taken).toEqual([])
    await queue.has('app.log')
    expect(queue.taken[0]?.content).toBe('line\n'.repeat(6))
  })

  it('with a time that is set back at the end is taken once', async () => {
    const { queue, path, settle } = await watching()
    writeFileSync(path('copied.jpg'), 'half')
    writeFileSync(path('copied.jpg'), 'half and half')
    utimesSync(path('copied.jpg'), 1_000_000_000, 1_000_000_000)
    await queue.has('copied.jpg')
    await settle()
    expect(queue.taken.map(({ content }) => content)).toEqual(['half and half'])
  })

  it('from the future settles all the same', async () => {
    const { queue, path } = await watching()
    writeFileSync(path('camera.jpg'), 'x')
    utimesSync(path('camera.jpg'), 4_000_000_000, 4_000_000_000)
    await queue.has('camera.jpg')
  })

  it('and vanishes before it is complete is not missed by anybody', async () => {
    const { queue, path, settle } = await watching()
    writeFileSync(path('gone.txt'), 'x')
    await pause(SETTLE_MS / 3)
    rmSync(path('gone.txt'))
    writeFileSync(path('kept.txt'), 'x')
    await queue.has('kept.txt')
    await settle()
    expect(queue.paths()).toEqual(['kept.txt'])
  })
})

describe('a file that is saved', () => {
  it('aside and renamed over the old one goes up as changed', async () => {
    const { queue, path, settle } = await watching()
    writeFileSync(path('plan.docx'), 'v1')
    await queue.has('plan.docx')
    writeFileSync(path('~WRD0001.tmp'), 'v2!')
    renameSync(path('plan.docx'), path('~WRL0001.tmp'))
    renameSync(path('~WRD0001.tmp'), path('plan.docx'))
    rmSync(path('~WRL0001.tmp'))
    await queue.until((taken) => taken.length === 2)
    await settle()
    expect(queue.taken).toMatchObject([
      { path: 'plan.docx', content: 'v1', reason: 'new' },
      { path: 'plan.docx', content: 'v2!', reason: 'changed' },
    ])
  })

  it('and replaced by one of the same size and time but another content goes up', async () => {
    const { queue, path, settle } = await watching()
    writeFileSync(path('a.bin'), 'one')
    utimesSync(path('a.bin'), 1_700_000_000, 1_700_000_000)
    await queue.has('a.bin')
    await settle()
    await pause(SETTLE_MS) // its hash is filled in meanwhile
    writeFileSync(path('.~a'), 'two')
    utimesSync(path('.~a'), 1_700_000_000, 1_700_000_000)
    renameSync(path('.~a'), path('a.bin'))
    await queue.until((taken) => taken.length === 2)
    expect(queue.taken[1]).toMatchObject({ content: 'two', reason: 'changed' })
  })

  it('again and again goes up in the end, whole', async () => {
    const { queue, path, settle } = await watching()
    await keepGoing(8, (time) => writeFileSync(path('often.txt'), `version ${time}`))
    await settle()
    expect(queue.taken.at(-1)?.content).toBe('version 7')
    expect(queue.taken.length).toBeLessThan(4)
  })
})

describe('a file that is locked', () => {
  it('waits with the reason and is taken when it is free', async () => {
    const folder = tempFolder()
    let isLocked = true
    const probe = async () => {
      if (isLocked) throw Object.assign(new Error('busy'), { code: 'EBUSY', syscall: 'open' })
    }
    const { service, queue } = openBench([aRule(folder)], { probe })
    writeFileSync(join(folder, 'open.xlsx'), 'x')
    const { waiting } = await service.sweepOnce()
    expect(waiting).toMatchObject([{ path: 'open.xlsx', reason: 'locked' }])
    isLocked = false
    await queue.has('open.xlsx')
    expect(service.waiting()).toEqual([])
  })
})
