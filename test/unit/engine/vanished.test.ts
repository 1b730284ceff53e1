import { describe, expect, it } from 'vitest'
import { noteVanished } from '#main/destination/vanished-copies.ts'
import { failure } from './engine-kit.ts'
import { openWorld, someBytes, type World } from './engine-world.ts'

const ROOT = { kind: 'folder', folderToken: 'root' } as const

/** Uploads a file, and tells which files the listing for it no longer had. */
async function upload(world: World, name: string, remoteFolders: readonly string[] = []) {
  world.put(name, someBytes(50, name.length), remoteFolders)
  const vanished: string[] = []
  const engine = world.engine()
  engine.events.on('vanished', (copies) => vanished.push(...copies.map(({ path }) => path)))
  await world.clock.runUntil(engine.work())
  return vanished
}

function missed({ stores }: World, name: string, remoteFolders: readonly string[] = []) {
  return stores.copies.at(`/in/${name}`, ROOT, remoteFolders)?.missedAtMs
}

/** A world with a file that went up a while ago. */
async function worldWith(name: string, remoteFolders: readonly string[] = []) {
  const world = openWorld()
  await upload(world, name, remoteFolders)
  await world.clock.advance(60_000)
  const [file] = world.drive.nodes.filter((node) => node.name === name)
  return { world, token: file?.token ?? '' }
}

describe('a copy that somebody has deleted in Feishu', () => {
  it('is noticed when its folder is listed anyway, and told once', async () => {
    const { world, token } = await worldWith('a.txt')
    world.drive.removeFile(token)
    world.api.calls.splice(0)
    expect(await upload(world, 'b.txt')).toEqual(['/in/a.txt'])
    expect(missed(world, 'a.txt')).toBeGreaterThan(0)
    expect(world.api.made('listFolder'), 'no call is made for it').toHaveLength(1)
    await world.clock.advance(60_000)
    expect(await upload(world, 'c.txt')).toEqual([])
  })

  it('is no longer missing once it is there again', async () => {
    const { world, token } = await worldWith('a.txt')
    const [node] = world.drive.nodes.filter((each) => each.token === token)
    world.drive.removeFile(token)
    await upload(world, 'b.txt')
    if (node !== undefined) world.drive.nodes.push(node)
    await world.clock.advance(60_000)
    await upload(world, 'c.txt')
    expect(missed(world, 'a.txt')).toBeNull()
  })

  it('is noticed with the folder that it went with', async () => {
    const { world } = await worldWith('a.txt', ['sub'])
    const [folder] = world.drive.nodes.filter(({ name }) => name === 'sub')
    world.drive.removeFolder(folder?.token ?? '')
    expect(await upload(world, 'b.txt', ['sub'])).toEqual(['/in/a.txt'])
    expect(missed(world, 'a.txt', ['sub'])).toBeGreaterThan(0)
  })

  it('is not taken for missing by a listing that failed, or lags behind what has just landed', async () => {
    const { world, token } = await worldWith('a.txt')
    world.drive.removeFile(token)
    world.line.before = ({ method }) => {
      if (method === 'listFolder') throw failure(1061004)
    }
    expect(await upload(world, 'b.txt')).toEqual([])
    expect(missed(world, 'a.txt')).toBeNull()
    world.line.before = () => {}

    const fresh = openWorld()
    await upload(fresh, 'a.txt')
    fresh.drive.removeFile(fresh.drive.nodes.find(({ name }) => name === 'a.txt')?.token ?? '')
    await fresh.clock.advance(11_000)
    expect(await upload(fresh, 'b.txt')).toEqual([])
  })

  it('is not taken for missing by another account, which may not see it', async () => {
    const { world } = await worldWith('a.txt')
    const copies = world.stores.copies.inFolder(ROOT, [])
    const place = { destination: ROOT, remoteFolders: [] }
    const seen = { files: [], askedAtMs: world.clock.nowMs() }
    const vanishedFor = (owner: string) =>
      noteVanished(
        {
          copies: {
            inFolder: () => copies.map((copy) => ({ ...copy, identity: owner })),
            missed: () => {},
          },
          clock: world.clock,
          identity: 'app:me',
        },
        place,
        seen,
      )
    expect(vanishedFor('app:me')).toHaveLength(1)
    expect(vanishedFor('app:other')).toEqual([])
  })
})
