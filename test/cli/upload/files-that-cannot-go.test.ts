import { chmod, mkdir, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openScene } from '#test/kit/feidi/scene.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'

const isRoot = process.getuid?.() === 0

describe.concurrent('a file that can not be uploaded', () => {
  it('gets its own outcome, and the others go up', async (test) => {
    const scene = await openScene(test)
    const good = await scene.write('good.txt', 1000)
    const empty = await scene.write('empty.txt', 0)
    const missing = join(scene.folder, 'missing.txt')
    const last = await scene.write('last.txt', 2000)
    const run = await scene.upload([good.path, empty.path, missing, last.path])
    expect(run.exitCode).toBe(1)
    expect(run.summary).toEqual({ done: 2, failed: 1, skipped: 1, unfinished: 0 })
    expect(run.transferOf(empty.path)).toMatchObject({
      state: 'skipped',
      reason: { code: 'source-empty' },
    })
    expect(run.transferOf(missing)).toMatchObject({
      state: 'failed',
      error: { code: 'source-missing' },
    })
    for (const file of [good, last]) await expectOnce(scene.simulator, scene.folderToken, file)
    expect(scene.simulator.files()).toHaveLength(2)
  })

  it('is told apart from an empty folder, in which there is nothing to do', async (test) => {
    const scene = await openScene(test)
    await mkdir(join(scene.folder, 'nothing'))
    const run = await scene.upload([join(scene.folder, 'nothing')])
    expect(run.exitCode).toBe(0)
    expect(run.summary).toEqual({ done: 0, failed: 0, skipped: 0, unfinished: 0 })
  })

  it('belongs to Feidi itself: nothing of the folder around it is sent either', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('file.txt', 1000)
    expect((await scene.upload([file.path])).exitCode).toBe(0)
    await symlink(scene.home, join(scene.folder, 'a-link'))
    for (const path of [scene.home, dirname(scene.home), join(scene.folder, 'a-link')]) {
      for (const more of [[], ['--dry-run']]) {
        const run = await scene.upload([file.path, path], ...more)
        expect(run.exitCode).toBe(2)
        expect(run.lines).toMatchObject([{ type: 'error', error: { code: 'holds-own-state' } }])
      }
    }
    expect(scene.simulator.files()).toHaveLength(1)
  })

  it('is a key that nobody was asked about: it stays here until that is allowed', async (test) => {
    const scene = await openScene(test)
    const key = await scene.write('工作/.ssh/id_ed25519', 100)
    const report = await scene.write('工作/报告.txt', 100)
    const folder = join(scene.folder, '工作')
    const run = await scene.upload([folder])
    expect(run.exitCode).toBe(1)
    expect(run.summary).toEqual({ done: 1, failed: 1, skipped: 0, unfinished: 0 })
    expect(run.transferOf(key.path)?.reason).toMatchObject({ code: 'sensitive-file' })
    expect((await scene.run(['resume', '--failed'])).summary?.done).toBe(0)
    expect(scene.simulator.files().map(({ name }) => name)).toEqual([basename(report.path)])
    expect((await scene.upload([folder], '--allow-sensitive')).summary).toMatchObject({ done: 1 })
    expect(scene.simulator.files()).toHaveLength(2)
  })

  it('has a name that the API would refuse: no call is wasted on it', async (test) => {
    const scene = await openScene(test)
    const tooLong = await scene.write(`${'n'.repeat(251)}.txt`.slice(-251), 100)
    const justFits = await scene.write(`${'长'.repeat(80)}.txt`, 100)
    const run = await scene.upload([tooLong.path, justFits.path])
    expect(run.exitCode).toBe(1)
    expect(run.summary).toEqual({ done: 1, failed: 1, skipped: 0, unfinished: 0 })
    expect(run.transferOf(tooLong.path)?.error).toMatchObject({ code: 'name-too-long' })
    await expectOnce(scene.simulator, scene.folderToken, justFits)
    expect(scene.simulator.callsTo('files/upload_all')).toHaveLength(1)
  })

  it.runIf(isRoot)('may not be read by this user', async (test) => {
    const scene = await openScene(test)
    const secret = await scene.write('x/secret.txt', 100)
    await scene.write('x/closed/inside.txt', 100)
    const open = await scene.write('x/open.txt', 100)
    await chmod(secret.path, 0o000)
    await chmod(join(scene.folder, 'x', 'closed'), 0o000)
    // The user that runs the command owns nothing here but may look.
    await chmod(join(scene.folder, '..'), 0o777)
    const home = join(scene.folder, '..', 'home-of-nobody')
    const run = await scene.run(['upload', join(scene.folder, 'x'), '--to', scene.to], {
      uid: 65_534,
      env: { FEIDI_HOME: home },
    })
    expect(run.exitCode).toBe(1)
    expect(run.summary).toEqual({ done: 1, failed: 2, skipped: 0, unfinished: 0 })
    for (const path of [secret.path, join(scene.folder, 'x', 'closed')]) {
      expect(run.transferOf(path)?.error).toMatchObject({ code: 'source-unreadable' })
    }
    expect(scene.simulator.files().map((file) => file.name)).toEqual([open.name.slice(2)])
    await chmod(join(scene.folder, 'x', 'closed'), 0o700)
  })

  it('can be put right, and the same command takes it up', async (test) => {
    const scene = await openScene(test)
    const path = join(scene.folder, 'late.txt')
    expect((await scene.upload([path])).exitCode).toBe(1)
    const file = await scene.write('late.txt', 500)
    const run = await scene.upload([path])
    expect(run.exitCode).toBe(0)
    expect(run.summary).toEqual({ done: 1, failed: 0, skipped: 0, unfinished: 0 })
    await expectOnce(scene.simulator, scene.folderToken, file)
  })
})
