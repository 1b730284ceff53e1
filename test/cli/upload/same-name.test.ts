import { describe, expect, it, type TestContext } from 'vitest'
import { openScene, type Scene, type SceneOptions, type SourceFile } from '#test/kit/feidi/scene.ts'
import { expectBytes, filesNamed } from '#test/kit/feidi/uploads.ts'

/** Opens a folder that has another user's file `a.txt`. */
async function openTaken(test: TestContext, options: SceneOptions = {}) {
  const scene = await openScene(test, options)
  const theirs = await scene.simulator.addFile({
    parentToken: scene.folderToken,
    name: 'a.txt',
    bytes: Buffer.from('theirs'),
  })
  return { scene, theirs, file: await scene.write('a.txt', 500) }
}

function tokens({ simulator, folderToken }: Scene): string[] {
  return filesNamed(simulator, folderToken, 'a.txt').map(({ token }) => token)
}

async function changed(scene: Scene, { name }: SourceFile, size: number): Promise<SourceFile> {
  return scene.write(name, size)
}

describe.concurrent('a file of that name in the folder', () => {
  it('stays beside the new one unless told otherwise', async (test) => {
    const { scene, file } = await openTaken(test)
    expect((await scene.upload([file.path])).summary).toMatchObject({ done: 1 })
    expect(tokens(scene)).toHaveLength(2)
  })

  it('is a reason to skip', async (test) => {
    const { scene, file, theirs } = await openTaken(test)
    const run = await scene.upload([file.path], '--same-name', 'skip')
    expect(run.exitCode).toBe(0)
    expect(run.summary).toMatchObject({ skipped: 1 })
    expect(run.transferOf(file.path)).toMatchObject({ reason: { code: 'name-taken' } })
    expect(tokens(scene)).toEqual([theirs])
  })

  it.for([{ alwaysInParts: true }, {}])(
    'is replaced where the tenant can, %j',
    async (how, test) => {
      const { scene, file, theirs } = await openTaken(test, { overwrite: 'supported', ...how })
      const run = await scene.upload([file.path], '--same-name', 'overwrite')
      expect(run.transferOf(file.path)).toMatchObject({ state: 'done', fileToken: theirs })
      expect(tokens(scene)).toEqual([theirs])
      await expectBytes(scene.simulator, theirs, file.bytes)
      const newer = await changed(scene, file, 700)
      await scene.upload([file.path], '--same-name', 'overwrite')
      expect(tokens(scene)).toEqual([theirs])
      await expectBytes(scene.simulator, theirs, newer.bytes)
    },
  )

  it('is kept, and that is said, where the tenant refuses to replace; it is not asked again', async (test) => {
    const { scene, file, theirs } = await openTaken(test, { overwrite: 'refused' })
    const run = await scene.upload([file.path], '--same-name', 'overwrite')
    expect(run.exitCode).toBe(0)
    expect(run.lines).toContainEqual(expect.objectContaining({ type: 'kept-both' }))
    expect(tokens(scene)).toHaveLength(2)
    await expectBytes(scene.simulator, theirs, Buffer.from('theirs'))
    scene.simulator.resetCounters()
    await changed(scene, file, 700)
    await scene.upload([file.path], '--same-name', 'overwrite')
    expect(scene.simulator.callsTo('files/upload_all').map(({ code }) => code)).toEqual([0])
  })

  it('is kept, and that is said, where the tenant makes a second file all the same', async (test) => {
    const { scene, file, theirs } = await openTaken(test, { overwrite: 'second-file' })
    const run = await scene.upload([file.path], '--same-name', 'overwrite')
    expect(run.exitCode).toBe(0)
    expect(run.lines).toContainEqual(expect.objectContaining({ type: 'kept-both' }))
    expect(tokens(scene)).toHaveLength(2)
    expect(run.transferOf(file.path)?.fileToken).not.toBe(theirs)
  })

  it('is replaced once although the answer was lost', async (test) => {
    const { scene, file, theirs } = await openTaken(test, { overwrite: 'supported' })
    scene.simulator.faults.add({ endpoint: 'files/upload_all', do: { kind: 'lose-answer' } })
    const run = await scene.upload([file.path], '--same-name', 'overwrite')
    expect(run.transferOf(file.path)).toMatchObject({ state: 'done', fileToken: theirs })
    expect(tokens(scene)).toEqual([theirs])
    await expectBytes(scene.simulator, theirs, file.bytes)
  })

  it('says what it takes when told something else', async (test) => {
    const { scene, file } = await openTaken(test)
    expect((await scene.upload([file.path], '--same-name', 'ask')).exitCode).toBe(2)
  })
})

describe.concurrent('the link of a file', () => {
  it('is a place for its next version', async (test) => {
    const { scene, file, theirs } = await openTaken(test, { overwrite: 'supported' })
    const link = `https://example.feishu.cn/file/${theirs}?from=x`
    const run = await scene.run(['upload', file.path, '--to', link])
    expect(run.transferOf(file.path)).toMatchObject({ state: 'done', fileToken: theirs })
    expect(scene.simulator.files()).toHaveLength(1)
    await expectBytes(scene.simulator, theirs, file.bytes)
  })

  it.for([{ alwaysInParts: true }, {}])(
    'is not said to have its next version where the tenant made a second file, %j',
    async (how, test) => {
      const { scene, file, theirs } = await openTaken(test, { overwrite: 'second-file', ...how })
      const to = `file:${theirs}?in=${scene.folderToken}`
      const refused = { state: 'blocked', error: { code: 'overwrite-made-second' } }
      const run = await scene.run(['upload', file.path, '--to', to])
      expect(run.transferOf(file.path)).toMatchObject(refused)
      await expectBytes(scene.simulator, theirs, Buffer.from('theirs'))
      const again = await scene.run(['resume', '--failed'])
      expect(again.exitCode).not.toBe(0)
      expect(tokens(scene), 'it is not tried again').toHaveLength(2)
    },
  )

  it('is refused for several files, and where nothing is replaced', async (test) => {
    const { scene, file, theirs } = await openTaken(test)
    const other = await scene.write('b.txt', 10)
    const two = await scene.run(['upload', file.path, other.path, '--to', `file:${theirs}`])
    expect(two.exitCode).toBe(2)
    const one = await scene.run(['upload', file.path, '--to', `file:${theirs}`])
    expect(one.transferOf(file.path)).toMatchObject({
      state: 'blocked',
      error: { code: 'overwrite-unsupported' },
    })
    expect(scene.simulator.files()).toHaveLength(1)
  })
})

describe.concurrent('sharing', () => {
  it('gives a person every right to what an app uploads', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.txt', 50)
    const run = await scene.upload([file.path], '--share-with', 'li@example.com')
    expect(run.exitCode).toBe(0)
    const token = String(run.transferOf(file.path)?.fileToken)
    expect(scene.simulator.members(token)).toEqual([
      { memberType: 'email', memberId: 'li@example.com', perm: 'full_access' },
    ])
  })

  it('that is refused keeps the file; allowed later, it is not sent again', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.txt', 50)
    scene.simulator.faults.add({
      endpoint: 'permissions/create_member',
      do: { kind: 'answer', status: 400, code: 1063001 },
    })
    const refused = await scene.upload([file.path], '--share-with', 'ou_1')
    expect(refused.transferOf(file.path)).toMatchObject({
      state: 'failed',
      error: { code: 1063001 },
    })
    const allowed = await scene.upload([file.path], '--share-with', 'ou_1')
    expect(allowed.transferOf(file.path)?.state).toBe('done')
    expect(scene.simulator.callsTo('files/upload_all')).toHaveLength(1)
    expect(scene.simulator.files()).toHaveLength(1)
  })
})
