import { describe, expect, it } from 'vitest'
import type { Handling } from '#shared/model/transfer.ts'
import type { RunNote } from '#shared/model/work.ts'
import { openWorld, someBytes, type World } from './engine-world.ts'

type SameName = NonNullable<Handling['sameName']>

/** Uploads these bytes under a name, from a path of their own if need be, and says what was noted. */
async function upload(world: World, bytes: Uint8Array, sameName: SameName, path = 'a.txt') {
  world.put(path, bytes, [], undefined, { sameName, fileName: 'a.txt' })
  const notes: RunNote[] = []
  const engine = world.engine()
  engine.events.on('note', ({ note }) => notes.push(note))
  await world.clock.runUntil(engine.work())
  return notes
}

/** The contents of the files `a.txt` in the folder. */
function contents({ drive }: World): Uint8Array[] {
  return drive.filesIn('root').map(({ bytes }) => Uint8Array.from(bytes ?? []))
}

const V1 = someBytes(100, 1)
const V2 = someBytes(110, 2)
const V3 = someBytes(120, 3)
const THEIRS = someBytes(50, 9)

describe('many versions in one process', () => {
  it.for(['overwrite', 'overwrite-ours'] as const)('are one file with %s', async (sameName) => {
    const world = openWorld()
    for (const version of [V1, V2, V3]) {
      expect(await upload(world, version, sameName)).toEqual([])
      await world.clock.advance(4_000)
    }
    expect(contents(world)).toEqual([V3])
  })

  it("leave a colleague's file of that name alone, and see it", async () => {
    const world = openWorld()
    await upload(world, V1, 'overwrite-ours')
    await world.clock.advance(15_000)
    world.drive.addFile('a.txt', 'root', THEIRS)
    await upload(world, V2, 'overwrite-ours')
    expect(contents(world)).toEqual([V2, THEIRS])
  })

  it("are skipped once a colleague's file is there", async () => {
    const world = openWorld()
    world.put('other.txt', V1, [], undefined, { sameName: 'skip' })
    await world.work()
    await world.clock.advance(10_000)
    world.drive.addFile('a.txt', 'root', THEIRS)
    await upload(world, V2, 'skip')
    expect(world.store.counts({}).byState.skipped).toBe(1)
    expect(world.drive.filesIn('root')).toHaveLength(2)
  })

  it('cost few looks at the folder: less than one for five files', async () => {
    const world = openWorld()
    for (let file = 0; file < 100; file++) {
      world.put(`f${file}.txt`, someBytes(50, file), [], undefined, { sameName: 'overwrite-ours' })
    }
    await world.work()
    expect(world.drive.filesIn('root')).toHaveLength(100)
    expect(world.api.made('listFolder').length).toBeLessThanOrEqual(20)
  })
})

describe("somebody else's file", () => {
  it('is kept by watching, and that is said', async () => {
    const world = openWorld()
    world.drive.addFile('a.txt', 'root', THEIRS)
    expect(await upload(world, V1, 'overwrite-ours')).toEqual([
      { kind: 'kept-both', because: 'not-ours' },
    ])
    expect(contents(world)).toEqual([THEIRS, V1])
  })

  it('is replaced if a person says so and it is the only one, and that is said', async () => {
    const world = openWorld()
    world.drive.addFile('a.txt', 'root', THEIRS)
    expect(await upload(world, V1, 'overwrite')).toEqual([{ kind: 'replaced-other' }])
    expect(contents(world)).toEqual([V1])
  })

  it('is kept if there are several', async () => {
    const world = openWorld()
    world.drive.addFile('a.txt', 'root', THEIRS)
    world.drive.addFile('a.txt', 'root', THEIRS)
    expect(await upload(world, V1, 'overwrite')).toEqual([
      { kind: 'kept-both', because: 'several' },
    ])
    expect(contents(world)).toEqual([THEIRS, THEIRS, V1])
  })
})

describe('a file that another local file counts as up through', () => {
  it.for(['overwrite', 'overwrite-ours'] as const)(
    'is kept when its name was given to a new file: %s',
    async (sameName) => {
      const world = openWorld()
      await upload(world, V1, sameName)
      // Renamed, and a new one saved under the old name.
      world.sources.write('/in/old.txt', V1)
      world.stores.copies.share('/in/old.txt', {
        path: '/in/a.txt',
        destination: { kind: 'folder', folderToken: 'root' },
      })
      expect(await upload(world, V2, sameName)).toEqual([
        { kind: 'kept-both', because: 'in-use', heldBy: '/in/old.txt' },
      ])
      expect(contents(world)).toEqual([V1, V2])
      await upload(world, V3, sameName)
      expect(contents(world), 'its own is replaced from here on').toEqual([V1, V3])
      world.sources.files.delete('/in/old.txt')
    },
  )

  it('is kept when a twin of that name comes from elsewhere', async () => {
    const world = openWorld()
    await upload(world, V1, 'overwrite', 'nfc/a.txt')
    expect(await upload(world, V2, 'overwrite', 'nfd/a.txt')).toEqual([
      { kind: 'kept-both', because: 'in-use', heldBy: '/in/nfc/a.txt' },
    ])
    expect(contents(world)).toEqual([V1, V2])
  })

  it('may be replaced once that file is gone', async () => {
    const world = openWorld()
    await upload(world, V1, 'overwrite', 'one/a.txt')
    world.sources.files.delete('/in/one/a.txt')
    expect(await upload(world, V2, 'overwrite', 'two/a.txt')).toEqual([])
    expect(contents(world)).toEqual([V2])
  })

  it.for(['sendPart', 'finish'] as const)(
    'is no longer replaced by an upload in parts that stopped at %s',
    async (method) => {
      const world = openWorld()
      const old = someBytes(3_000, 4)
      world.slowLine()
      await upload(world, old, 'overwrite')
      let shares = 1
      world.line.before = (call) => {
        if (call.method !== method || shares-- < 1) return
        world.sources.write('/in/old.txt', old)
        world.stores.copies.share('/in/old.txt', {
          path: '/in/a.txt',
          destination: { kind: 'folder', folderToken: 'root' },
        })
        throw new Error('the process ends')
      }
      const newer = someBytes(3_100, 5)
      await upload(world, newer, 'overwrite')
      await upload(world, newer, 'overwrite')
      expect(contents(world)).toEqual([old, newer])
    },
  )
})
