import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type EventHandlers,
  type OpenDirectoryEvents,
  openDirectoryEvents,
} from '#main/watch/notice/directory-events.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { aRule, FakeQueue, openBench, SETTLE_MS, tempFolder } from './watch-kit.ts'
import { is, startWatcher, took } from './watcher-process.ts'

/** Events of the real kind, of which some can be kept back, or refused. */
function faultyEvents() {
  let handlers: EventHandlers | undefined
  const faults = { refusal: undefined as string | undefined, isDeaf: false }
  const open: OpenDirectoryEvents = (root, given) => {
    handlers = given
    const events = openDirectoryEvents(root, {
      changed: (folder, path) => {
        if (!faults.isDeaf) given.changed(folder, path)
      },
      failed: (error) => given.failed(error),
    })
    return {
      ...events,
      async watch(folder, options) {
        if (faults.refusal === undefined) return events.watch(folder, options)
        given.failed(Object.assign(new Error('refused'), { code: faults.refusal }))
        return false
      },
    }
  }
  return {
    open,
    faults,
    fail: (code: string) => handlers?.failed(Object.assign(new Error(code), { code })),
  }
}

describe('too many watches', () => {
  it.each([
    ['ENOSPC', 'fs.inotify.max_user_watches'],
    ['EMFILE', 'fs.inotify.max_user_instances'],
  ])(
    '%s: the setting is named, the folder is polled, and watched once it is raised',
    async (code, setting) => {
      const folder = tempFolder()
      mkdirSync(join(folder, 'sub'))
      const { open, faults } = faultyEvents()
      faults.refusal = code
      const timings = { pollEveryMs: 50 }
      const { service, queue, reaches } = openBench([aRule(folder)], { openEvents: open, timings })
      service.start()
      expect(await reaches('too-many-watches')).toEqual({ kind: 'too-many-watches', setting })
      writeFileSync(join(folder, 'sub/a.txt'), 'a')
      await queue.has('sub/a.txt')
      faults.refusal = undefined
      await reaches('watching')
      writeFileSync(join(folder, 'sub/b.txt'), 'b')
      await queue.has('sub/b.txt')
    },
  )
})

/** Limits of its own for one process, where the system lets us. */
const limited = (setting: string, limit: number) => [
  'unshare',
  '-Ur',
  'sh',
  '-c',
  `echo ${limit} > /proc/sys/user/${setting}; exec "$0" "$@"`,
]
const canLimit = spawnSync('unshare', ['-Ur', 'true']).status === 0

describe.skipIf(!canLimit)('too few watches in earnest', () => {
  it.each([
    ['max_inotify_watches', 2, 'fs.inotify.max_user_watches'],
    ['max_inotify_instances', 0, 'fs.inotify.max_user_instances'],
  ])('%s %d', async (limit, number, setting) => {
    const folder = tempFolder()
    for (const name of ['a', 'b', 'c', 'd']) mkdirSync(join(folder, name))
    for (const name of ['a', 'b', 'c', 'd']) writeFileSync(join(folder, name, 'x'), name)
    const { says } = startWatcher([folder, tempFolder('feidi-home-')], limited(limit, number))
    await says(took('d/x'))
    const { state } = await says(is('too-many-watches'))
    expect(state?.setting).toBe(setting)
  })
})

describe('events that are lost', () => {
  it('because the watcher failed are made up for', async () => {
    const folder = tempFolder()
    const { open, faults, fail } = faultyEvents()
    const { service, queue, reaches } = openBench([aRule(folder)], { openEvents: open })
    service.start()
    await reaches('watching')
    faults.isDeaf = true
    writeFileSync(join(folder, 'a.txt'), 'a')
    faults.isDeaf = false
    fail('EIO')
    await queue.has('a.txt')
  })

  it('while the machine slept are made up for', async () => {
    const folder = tempFolder()
    const { open, faults } = faultyEvents()
    const { service, queue, reaches } = openBench([aRule(folder)], { openEvents: open })
    service.start()
    await reaches('watching')
    faults.isDeaf = true
    writeFileSync(join(folder, 'a.txt'), 'a')
    service.wake()
    await queue.has('a.txt')
  })

  it('unsaid are made up for by the sweep that comes every so often', async () => {
    const folder = tempFolder()
    const { open, faults } = faultyEvents()
    faults.isDeaf = true
    const { service, queue, reaches } = openBench([aRule(folder)], {
      openEvents: open,
      timings: { sweepEveryMs: 100 },
    })
    service.start()
    await reaches('watching')
    writeFileSync(join(folder, 'a.txt'), 'a')
    await queue.has('a.txt')
  })

  it('in a burst are made up for when it is over', async () => {
    const folder = tempFolder()
    for (let dir = 0; dir < 5; dir++) mkdirSync(join(folder, `${dir}`))
    const { open, faults } = faultyEvents()
    const { service, queue, reaches } = openBench([aRule(folder)], {
      openEvents: open,
      timings: { burstEvents: 500 },
    })
    service.start()
    await reaches('watching')
    for (let file = 0; file < 3_000; file++) {
      writeFileSync(join(folder, `${file % 5}`, `${file}.txt`), `${file}`)
      if (file % 100 === 0) await new Promise(setImmediate)
      // As when the system's queue is full: the rest of the burst goes unsaid.
      if (file === 1_000) faults.isDeaf = true
    }
    await queue.until((taken) => taken.length === 3_000)
  })
})

describe('a storm', () => {
  it('of renaming ends with every file known once', async () => {
    const folder = tempFolder()
    const { service, queue, reaches, settle } = openBench([aRule(folder)])
    for (let file = 0; file < 50; file++) writeFileSync(join(folder, `${file}`), `${file}`)
    service.start()
    await queue.until((taken) => taken.length === 50)
    await reaches('watching')
    for (let round = 0; round < 20; round++) {
      for (let file = 0; file < 50; file++) {
        const [from, to] = round % 2 === 0 ? [`${file}`, `x${file}`] : [`x${file}`, `${file}`]
        renameSync(join(folder, from), join(folder, to))
      }
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS / 10))
    }
    for (let file = 0; file < 50; file++)
      renameSync(join(folder, `${file}`), join(folder, `y${file}`))
    await settle()
    expect(queue.taken).toHaveLength(50)
  })

  it('of folders that come and go ends as it should', async () => {
    const folder = tempFolder()
    const { service, queue, reaches, settle } = openBench([aRule(folder)])
    service.start()
    await reaches('watching')
    for (let round = 0; round < 60; round++) {
      mkdirSync(join(folder, 'd/e/f'), { recursive: true })
      writeFileSync(join(folder, 'd/e/f', `${round}`), `${round}`)
      if (round % 3 === 0) await new Promise(setImmediate)
      if (round < 59) rmSync(join(folder, 'd'), { recursive: true })
    }
    await queue.has('d/e/f/59')
    await settle()
    expect(queue.taken).toHaveLength(1)
  })
})

describe('when our own state fails', () => {
  it('it is told, and everything is taken once it works again', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'a.txt'), 'a')
    const queue = new FakeQueue()
    queue.refusal = new TransferError('disk-full', { detail: 'home' })
    const { service } = openBench([aRule(folder, { createdAtMs: 0 })], { queue })
    const told = new Promise((resolve) => service.events.once('problem', resolve))
    service.start()
    expect(await told).toMatchObject({ ruleId: 'r1', error: { code: 'disk-full' } })
    queue.refusal = undefined
    await queue.has('a.txt')
  })
})
