import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStores } from '#main/store/open-stores.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { RemoteModel } from './remote-model.ts'
import { aRule, contentHashOf, tempFolder } from './watch-kit.ts'

const LONG_AGO = new Date('2024-09-01T00:00:00Z')

/** A folder that is kept uploaded. */
function scene(more: Partial<WatchRule> = {}) {
  const folder = tempFolder()
  const stores = openStores(tempFolder('feidi-home-'))
  const remote = new RemoteModel(stores)
  const rule = aRule(folder, { createdAtMs: 0, settleMs: 0, ...more })
  onTestFinished(() => stores.close())
  const path = (name: string) => join(folder, name)
  return {
    ...{ folder, stores, remote, rule, path },
    write(name: string, content: string, time?: Date) {
      mkdirSync(join(path(name), '..'), { recursive: true })
      writeFileSync(path(name), content)
      if (time !== undefined) utimesSync(path(name), time, time)
    },
    /** A program that starts, looks at everything once, and ends when all is up. */
    async once(another: Partial<WatchRule> = {}) {
      const service = remote.watch([{ ...rule, ...another }])
      await service.sweepOnce()
      await remote.uploadAll()
      await service.stop()
    },
    /** Starts a program that keeps running. Resolves once it is at rest. */
    start() {
      const service = remote.watch([rule], { quietMs: 50 })
      onTestFinished(() => service.stop())
      service.start()
      return async () => {
        for (;;) {
          const { waiting, handedOver } = await service.sweepOnce()
          await remote.uploadAll()
          if (waiting.length === 0 && handedOver === 0) return
        }
      }
    },
  }
}

describe('a file that only looks like a known one is uploaded', () => {
  it('when it got the number, the size and the time of one that was deleted', async () => {
    const { write, once, remote, path } = scene()
    write('工资单-7月.txt', 'july ', LONG_AGO)
    await once()
    rmSync(path('工资单-7月.txt'))
    write('工资单-8月.txt', 'augus', LONG_AGO)
    await once()
    expect(remote.contents).toEqual(['augus', 'july '])
  })

  it('when it was made again under the same name, with size and time', async () => {
    const { write, once, remote, path } = scene()
    write('a.txt', 'first', LONG_AGO)
    await once()
    rmSync(path('a.txt'))
    write('a.txt', 'other', LONG_AGO)
    await once()
    expect(remote.contents).toEqual(['first', 'other'])
  })

  it.each(['once', 'running'])(
    'when it was written in place and its time put back (%s)',
    async (how) => {
      const { write, once, start, remote } = scene()
      write('vault.hc', 'sealed 1', LONG_AGO)
      const settle = how === 'once' ? once : start()
      await settle()
      write('vault.hc', 'sealed 2', LONG_AGO)
      await settle()
      expect(remote.contents).toEqual(['sealed 1', 'sealed 2'])
    },
  )

  it.each(['once', 'running'])(
    'when another was copied over it with its times (%s)',
    async (how) => {
      const { write, once, start, remote, path } = scene()
      write('A', 'content A', LONG_AGO)
      write('B', 'content B', LONG_AGO)
      const settle = how === 'once' ? once : start()
      await settle()
      copyFileSync(path('B'), path('A'))
      utimesSync(path('A'), LONG_AGO, LONG_AGO)
      await settle()
      expect(remote.uploads.slice(2)).toEqual([{ path: path('A'), content: 'content B' }])
    },
  )
})

describe('a file that only looks changed is not uploaded again', () => {
  it('when its rights or times were touched', async () => {
    const { write, once, remote, path } = scene()
    write('a.txt', 'same', LONG_AGO)
    await once()
    utimesSync(path('a.txt'), LONG_AGO, LONG_AGO)
    await once()
    utimesSync(path('a.txt'), new Date(), new Date())
    await once()
    expect(remote.uploads).toHaveLength(1)
  })

  it('when it was restored: another number, another time of change, the same content', async () => {
    const { write, once, remote, path } = scene()
    write('a.txt', 'same', LONG_AGO)
    await once()
    write('new', 'same', LONG_AGO)
    renameSync(path('new'), path('a.txt'))
    await once()
    expect(remote.uploads).toHaveLength(1)
  })
})

it('many files that went up are known by their content without being read for it', async () => {
  const { write, remote, rule, folder, stores } = scene()
  // Of so many, none is read before it is handed over.
  const names = Array.from({ length: 40 }, (_, index) => `${index}.txt`)
  for (const name of names) write(name, `content of ${name}`)
  const service = remote.watch([rule])
  service.holdReading(true)
  await service.sweepOnce()
  await remote.uploadAll()
  await service.stop()
  const scope = stores.files.scope(folder, rule.destination)
  expect(names.map((name) => scope.hash('', name))).toEqual(
    names.map((name) => contentHashOf(Buffer.from(`content of ${name}`))),
  )
})

/** The contents that lie in a folder. */
function localContents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .sort()
}

describe.each(['once', 'running'])(
  'what a renamed file is up through is not replaced (%s)',
  (how) => {
    const withSettle = () => {
      const one = scene({ onChange: 'overwrite' })
      return { ...one, settle: how === 'once' ? () => one.once() : one.start() }
    }

    it('when a new version is saved under the old name', async () => {
      const { write, settle, remote, path, folder } = withSettle()
      write('合同.docx', '合同 第一版')
      await settle()
      renameSync(path('合同.docx'), path('合同-旧版.docx'))
      write('合同.docx', '合同 第二版 改')
      await settle()
      expect(remote.contents).toEqual(localContents(folder))
      write('合同.docx', '合同 第三版')
      await settle()
      // No other file had the second version.
      expect(remote.contents).toEqual(localContents(folder))
    })

    it('when logs are rotated', async () => {
      const { write, settle, remote, path, folder } = withSettle()
      write('app.log', 'monday')
      await settle()
      renameSync(path('app.log'), path('app.log.1'))
      write('app.log', 'tuesday')
      await settle()
      renameSync(path('app.log.1'), path('app.log.2'))
      renameSync(path('app.log'), path('app.log.1'))
      write('app.log', 'wednesday')
      await settle()
      expect(localContents(folder)).toEqual(['monday', 'tuesday', 'wednesday'])
      expect(remote.contents).toEqual(localContents(folder))
      // A watch may see the folder between two of the renamings.
      if (how === 'once') expect(remote.uploads).toHaveLength(3)
    })

    it('when a program keeps the last version as plan.bak', async () => {
      const { write, settle, remote, path, folder } = withSettle()
      write('plan.dwg', 'plan 1')
      await settle()
      for (const version of ['plan 2', 'plan 3']) {
        renameSync(path('plan.dwg'), path('plan.bak'))
        write('plan.dwg', version)
        await settle()
        expect(remote.contents).toEqual(expect.arrayContaining(localContents(folder)))
      }
    })

    it('when a folder is renamed and made again', async () => {
      const { write, settle, remote, path, folder } = withSettle()
      write('2025/报表.xlsx', 'last year')
      write('2025/说明.txt', 'how to')
      await settle()
      renameSync(path('2025'), path('2025-旧'))
      write('2025/报表.xlsx', 'this year')
      await settle()
      expect(remote.contents).toEqual(localContents(folder))
      if (how === 'once') expect(remote.uploads).toHaveLength(3)
    })

    it('when its copy was left out as a copy', async () => {
      const { write, remote, path, once, start, stores, folder } = scene({
        onChange: 'overwrite',
        dedupe: true,
      })
      const settle = how === 'once' ? once : start()
      write('a.txt', 'v1')
      await settle()
      write('b.txt', 'v1')
      await settle()
      expect(remote.uploads).toHaveLength(1)
      write('a.txt', 'v2')
      await settle()
      expect(remote.contents).toEqual(localContents(folder))
      const places = stores.copies.ofPath(path('b.txt'), aRule(folder).destination)
      expect(places.map(({ path }) => path)).toEqual([path('b.txt')])
    })
  },
)

describe('when a file takes the path of one that turns up elsewhere at the same time', () => {
  const swap = async (more: Partial<WatchRule> = {}) => {
    const one = scene(more)
    const { write, once, path } = one
    write('d/a', 'the first')
    write('b', 'the other')
    await once()
    const away = join(tempFolder(), 'd')
    renameSync(path('d'), away)
    await once()
    renameSync(away, path('f'))
    mkdirSync(path('d'))
    renameSync(path('b'), path('d/a'))
    write('b', 'a new one')
    await once()
    return one
  }

  it('neither goes up again', async () => {
    const { once, remote, folder } = await swap()
    await once()
    expect(remote.contents).toEqual(localContents(folder))
  })

  it('each is replaced by its own next version', async () => {
    const { once, write, remote, folder } = await swap({
      onChange: 'overwrite',
      subfolders: 'flatten',
    })
    write('f/a', 'the first, second version')
    await once()
    expect(remote.contents).toEqual(localContents(folder))
    write('d/a', 'the other, second version')
    await once()
    expect(remote.contents).toEqual(localContents(folder))
  })
})

it.each(['once', 'running'])(
  'where changes are ignored, a new file under the name of a renamed one goes up (%s)',
  async (how) => {
    const { write, once, start, remote, path, folder } = scene({ onChange: 'ignore' })
    const settle = how === 'once' ? once : start()
    write('draft.txt', 'the first')
    await settle()
    renameSync(path('draft.txt'), path('final.txt'))
    write('draft.txt', 'the next')
    await settle()
    expect(remote.contents).toEqual(localContents(folder))
  },
)

describe('a copy that is left out because its content is on its way', () => {
  it('goes up itself when the other changes before its turn', async () => {
    const { write, remote, once, folder } = scene({ dedupe: true })
    remote.isHeld = true
    write('a.txt', 'the text')
    write('b.txt', 'the text')
    await once()
    write('a.txt', 'another text')
    remote.isHeld = false
    await once()
    await once()
    expect(remote.contents).toEqual(localContents(folder))
  })
})
