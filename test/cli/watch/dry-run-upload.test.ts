import { existsSync } from 'node:fs'
import { symlink, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KiB, MiB, openScene } from '#test/kit/feidi/scene.ts'
import { callsMade, plansOf, planTotalOf } from './kit.ts'

describe.concurrent('upload --dry-run', () => {
  it('tells what a first upload will do and cost, needs no credentials, and leaves no trace', async (test) => {
    const scene = await openScene(test)
    await scene.write('album/a.jpg', 3 * KiB)
    await scene.write('album/2026/b.jpg', 4 * KiB)
    await scene.write('album/2026/11/film.mov', 21 * MiB)
    await scene.write('album/empty.txt', 0)
    await symlink(scene.folder, join(scene.folder, 'album', 'round'))
    const album = join(scene.folder, 'album')
    const plan = await scene.run(['upload', album, '--to', scene.to, '--dry-run'], {
      env: { FEIDI_APP_ID: '', FEIDI_APP_SECRET: '' },
    })
    expect(plan.exitCode, plan.stderr).toBe(0)
    expect(
      plansOf(plan).map(({ path, action, reason, to }) => [basename(path), action, reason, to]),
    ).toEqual([
      ['a.jpg', 'upload', 'new', `${scene.to}/album/a.jpg`],
      ['empty.txt', 'skip', 'source-empty', `${scene.to}/album/empty.txt`],
      ['round', 'skip', 'source-is-link', `${scene.to}/album/round`],
      ['b.jpg', 'upload', 'new', `${scene.to}/album/2026/b.jpg`],
      ['film.mov', 'upload', 'new', `${scene.to}/album/2026/11/film.mov`],
    ])
    expect(scene.simulator.calls).toEqual([])
    expect(existsSync(scene.home)).toBe(false)
    const run = await scene.upload([album])
    expect(run.summary).toEqual({ done: 3, failed: 0, skipped: 2, unfinished: 0 })
    expect(planTotalOf(plan)).toEqual({
      type: 'plan-total',
      upload: 3,
      resume: 0,
      skip: 2,
      fail: 0,
      sizeBytes: 7 * KiB + 21 * MiB,
      calls: { ...callsMade(scene), list_folder: 1 },
      plan: { days: expect.any(Array), doneAtMs: expect.any(Number) },
    })
  })

  it('knows what is up, what has changed, and what was only touched', async (test) => {
    const scene = await openScene(test)
    await scene.write('album/same.txt', 1000)
    await scene.write('album/changed.txt', 1000)
    const touched = await scene.write('album/sub/touched.txt', 1000)
    const album = join(scene.folder, 'album')
    await scene.upload([album])
    await scene.write('album/changed.txt', 1001)
    await scene.write('album/sub/new.txt', 1000)
    await utimes(touched.path, new Date(), new Date(Date.now() + 5_000))
    scene.simulator.resetCounters()
    const plan = await scene.run(['upload', album, '--to', scene.to, '--dry-run'])
    expect(scene.simulator.calls).toEqual([])
    const verdicts = plansOf(plan).map(({ path, action, reason }) => [
      basename(path),
      action,
      reason,
    ])
    expect(verdicts).toEqual([
      ['changed.txt', 'upload', 'changed'],
      ['same.txt', 'skip', 'already-uploaded'],
      ['new.txt', 'upload', 'new'],
      ['touched.txt', 'skip', 'already-uploaded'],
    ])
    const run = await scene.upload([album])
    expect(run.summary).toEqual({ done: 2, failed: 0, skipped: 2, unfinished: 0 })
    expect(planTotalOf(plan)).toMatchObject({ upload: 2, skip: 2, calls: callsMade(scene) })
  })

  it('counts only what is left of an upload that was killed', async (test) => {
    const scene = await openScene(test)
    const film = await scene.write('film.mov', 30 * MiB)
    const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 3 })
    const running = scene.start(['upload', film.path, '--to', scene.to])
    await gate.reached
    running.signal('SIGKILL')
    await running.ended
    gate.abandon()
    scene.simulator.resetCounters()
    const plan = await scene.run(['upload', film.path, '--to', scene.to, '--dry-run'])
    expect(scene.simulator.calls).toEqual([])
    expect(plansOf(plan)).toMatchObject([{ action: 'resume', reason: 'unfinished' }])
    const run = await scene.upload([film.path])
    expect(run.exitCode).toBe(0)
    expect(planTotalOf(plan)).toMatchObject({ resume: 1, calls: callsMade(scene) })
  })

  it('knows that a file of the same name will be skipped, as it then is', async (test) => {
    const scene = await openScene(test)
    const upload = async (sizeBytes: number, ...more: string[]) => {
      const { path } = await scene.write('a.txt', sizeBytes)
      return scene.upload([path], '--same-name', 'skip', ...more)
    }
    const first = await upload(1_000, '--dry-run')
    expect(plansOf(first)).toMatchObject([{ action: 'upload', sameName: 'may-skip' }])
    await upload(1_000)
    scene.simulator.resetCounters()
    const plan = await upload(1_001, '--dry-run')
    expect(plansOf(plan)).toMatchObject([{ action: 'skip', reason: 'name-taken' }])
    expect((await upload(1_001)).summary).toMatchObject({ skipped: 1 })
    expect(planTotalOf(plan)).toMatchObject({ calls: callsMade(scene) })
  })

  it('says in words what it found, in either language', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.txt', 1000)
    const upload = ['upload', file.path, '--to', scene.to, '--dry-run']
    const english = await scene.start(upload).ended
    expect(english.stdout).toContain('(new, 2 calls)')
    expect(english.stdout).toContain('Dry run: nothing was sent.')
    const chinese = await scene.start([...upload, '--lang', 'zh']).ended
    expect(chinese.stdout).toContain('新文件，2 次调用')
    const careful = await scene.start([...upload, '--same-name', 'skip']).ended
    expect(careful.stdout).toContain('(new, skipped if a file of the same name exists, 2 calls)')
  })
})
