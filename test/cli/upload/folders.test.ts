import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KiB, openScene, type Scene, type SourceFile } from '#test/kit/feidi/scene.ts'
import { expectBytes, expectOnce, expectPolite } from '#test/kit/feidi/uploads.ts'

/** The server's tree below the scene's folder: path -> how often. */
function pathsBelow({ simulator }: Scene): Record<string, number> {
  const entries = Object.entries(simulator.tree())
    .filter(([path]) => path.startsWith('Inbox/') && path !== 'Inbox/')
    .map(([path, nodes]) => [path.slice('Inbox/'.length), nodes.length] as const)
  return Object.fromEntries(entries)
}

async function expectAt({ simulator }: Scene, path: string, { bytes }: SourceFile) {
  const nodes = simulator.tree()[`Inbox/${path}`] ?? []
  expect(nodes, path).toHaveLength(1)
  await expectBytes(simulator, nodes[0]?.token ?? '', bytes)
}

describe.concurrent('a whole folder', () => {
  it('is mirrored with Chinese, emoji and decomposed names, and a second run adds nothing', async (test) => {
    const scene = await openScene(test)
    const nfd = 'Cafe\u0301'
    const files = {
      '合同/2026/甲方.pdf': await scene.write('合同/2026/甲方.pdf', 3000),
      '合同/2026/🚀 plan.txt': await scene.write('合同/2026/🚀 plan.txt', 40),
      '合同/📁/a b%20c&=?.txt': await scene.write('合同/📁/a b%20c&=?.txt', 50),
      [`合同/${nfd.normalize('NFC')}/re\u0301sume\u0301.doc`.normalize('NFC')]: await scene.write(
        `合同/${nfd}/re\u0301sume\u0301.doc`,
        60,
      ),
      '合同/top.txt': await scene.write('合同/top.txt', 70),
    }
    const root = join(scene.folder, '合同')
    const first = await scene.upload([root])
    expect(first.exitCode).toBe(0)
    expect(first.summary).toEqual({ done: 5, failed: 0, skipped: 0, unfinished: 0 })
    const tree = pathsBelow(scene)
    expect(tree).toEqual(
      Object.fromEntries(
        ['合同/', '合同/2026/', '合同/📁/', '合同/Café/', ...Object.keys(files)].map((path) => [
          path,
          1,
        ]),
      ),
    )
    for (const [path, file] of Object.entries(files)) await expectAt(scene, path, file)
    const late = await scene.write('合同/2026/late.txt', 80)
    const second = await scene.upload([root])
    expect(second.summary).toEqual({ done: 1, failed: 0, skipped: 5, unfinished: 0 })
    expect(pathsBelow(scene)).toEqual({ ...tree, '合同/2026/late.txt': 1 })
    await expectAt(scene, '合同/2026/late.txt', late)
    expectPolite(scene.simulator)
  })

  it('uses folders that are there already, and another home makes no second ones', async (test) => {
    const scene = await openScene(test)
    const album = scene.simulator.createFolder(scene.folderToken, 'album')
    const year = scene.simulator.createFolder(album, '2026')
    const one = await scene.write('album/2026/one.jpg', 1000)
    expect((await scene.upload([join(scene.folder, 'album')])).exitCode).toBe(0)
    await expectOnce(scene.simulator, year, { ...one, name: 'one.jpg' })
    expect(scene.simulator.callsTo('files/create_folder')).toHaveLength(0)
    const two = await scene.write('album/2026/two.jpg', 1000)
    const other = await scene.run(
      ['upload', join(scene.folder, 'album'), '--to', scene.to, '--again'],
      { env: { FEIDI_HOME: `${scene.home}-2` } },
    )
    expect(other.exitCode).toBe(0)
    await expectOnce(scene.simulator, year, { ...two, name: 'two.jpg' })
    expect(scene.simulator.callsTo('files/create_folder')).toHaveLength(0)
  })

  it('makes a folder anew that somebody deleted between two runs', async (test) => {
    const scene = await openScene(test)
    await scene.write('album/deep/one.jpg', 1000)
    await scene.upload([join(scene.folder, 'album')])
    const [album] = scene.simulator.tree()['Inbox/album/'] ?? []
    scene.simulator.removeNode(album?.token ?? '')
    const two = await scene.write('album/deep/two.jpg', 2000)
    const run = await scene.upload([join(scene.folder, 'album')])
    expect(run.exitCode).toBe(0)
    await expectAt(scene, 'album/deep/two.jpg', two)
    expect(pathsBelow(scene)).toMatchObject({ 'album/': 1, 'album/deep/': 1 })
  })

  it('sends files of different folders and parts side by side, each byte in its place', async (test) => {
    const scene = await openScene(test, { alwaysInParts: true, blockSizeBytes: 32 * KiB })
    const names = ['x/a.bin', 'x/b.bin', 'x/y/a.bin']
    const files = await Promise.all(names.map((name, n) => scene.write(name, (n + 2) * 30 * KiB)))
    const run = await scene.upload([join(scene.folder, 'x')])
    expect(run.exitCode).toBe(0)
    for (const [n, file] of files.entries()) await expectAt(scene, names[n] ?? '', file)
    expectPolite(scene.simulator)
  })

  it('leaves out links and says so, the rest goes up', async (test) => {
    const scene = await openScene(test)
    const real = await scene.write('x/a.bin', 1000)
    await symlink(real.path, join(scene.folder, 'x', 'link.bin'))
    await symlink(scene.folder, join(scene.folder, 'x', 'round'))
    const run = await scene.upload([join(scene.folder, 'x')])
    expect(run.exitCode).toBe(0)
    expect(run.summary).toEqual({ done: 1, failed: 0, skipped: 2, unfinished: 0 })
    expect(run.transferOf(join(scene.folder, 'x', 'link.bin'))).toMatchObject({
      state: 'skipped',
      reason: { code: 'source-is-link' },
    })
    await expectAt(scene, 'x/a.bin', real)
  })

  it('takes the files of a folder one by one for a document', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('x/y/a.bin', 1000)
    const run = await scene.run([
      'upload',
      join(scene.folder, 'x'),
      '--to',
      'media:docx_file:doxcnA',
    ])
    expect(run.exitCode).toBe(0)
    await expectOnce(scene.simulator, 'doxcnA', { ...file, name: 'a.bin' })
    expect(scene.simulator.callsTo('files/create_folder')).toHaveLength(0)
  })
})
