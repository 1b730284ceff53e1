import { appendFileSync } from 'node:fs'
import { chmod, chown, mkdir, rename, rm, symlink, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KiB, openScene, type Scene } from '#test/kit/feidi/scene.ts'
import { expectBytes, expectOnce, expectPolite } from '#test/kit/feidi/uploads.ts'
import { callsMade, pathsBelow, plansOf, planTotalOf, startWatch } from './kit.ts'

/** A user who owns nothing. */
const NOBODY = 65_534
const NOTHING = { done: 0, failed: 0, skipped: 0, unfinished: 0 }

function once(scene: Scene, ...options: string[]) {
  const args = ['watch', scene.folder, '--to', scene.to, '--once', '--settle', '0.1s', ...options]
  return scene.run(args)
}

describe.concurrent('watch --once', () => {
  it('makes documents of the files that match, each version a new one', async (test) => {
    const scene = await openScene(test)
    const text = await scene.write('周报.md', Buffer.from('# 一'))
    await scene.write('合同/图.png', 10)
    await scene.write('合同/a.md', Buffer.from('# 二'))
    const options = ['--as-document', '/*.md', '--on-change', 'overwrite']
    expect((await once(scene, ...options)).summary).toEqual({ ...NOTHING, done: 3 })
    expect(pathsBelow(scene)).toEqual({ 周报: 1, '合同/图.png': 1, '合同/a.md': 1 })
    expect((await scene.run(['watch', '--once'])).summary).toEqual(NOTHING)
    appendFileSync(text.path, ' 三')
    const changed = await scene.run(['watch', '--once'])
    expect(changed.summary).toEqual({ ...NOTHING, done: 1 })
    expect(changed.lines).toContainEqual(
      expect.objectContaining({ type: 'kept-both', because: 'document' }),
    )
    expect(scene.simulator.imported.map(({ bytes }) => String(bytes))).toEqual(['# 一', '# 一 三'])
  })

  it('uploads exactly what the rule says, and a second run sends nothing', async (test) => {
    const scene = await openScene(test)
    const files = await Promise.all([
      scene.write('top.pdf', 3000),
      scene.write('合同/2026/甲方.pdf', 4000),
      scene.write('合同/re\u0301sume\u0301.pdf', 50),
    ])
    await scene.write('合同/~$甲方.pdf', 10)
    await scene.write('half.crdownload', 10)
    await scene.write('.git/config', 10)
    await scene.write('notes.txt', 10)
    await scene.write('secret/plan.pdf', 10)
    await scene.write('empty.pdf', 0)
    await scene.write('large.pdf', 20 * KiB)
    await symlink(scene.home, join(scene.folder, 'link.pdf'))
    const rule = ['--include', '*.pdf', '--exclude', 'secret/', '--max-size', '10K']
    const first = await once(scene, ...rule)
    expect(first.exitCode, first.stdout).toBe(0)
    expect(first.summary).toEqual({ ...NOTHING, done: 3 })
    expect(pathsBelow(scene)).toEqual({
      'top.pdf': 1,
      '合同/2026/甲方.pdf': 1,
      '合同/résumé.pdf': 1,
    })
    for (const { path, bytes } of files) {
      await expectBytes(scene.simulator, first.transferOf(path)?.fileToken ?? '', bytes)
    }
    expectPolite(scene.simulator)
    scene.simulator.resetCounters()
    const second = await scene.run(['watch', '--once'])
    expect(second.exitCode).toBe(0)
    expect(second.summary).toEqual(NOTHING)
    expect(scene.simulator.calls).toEqual([])
  })

  it('keeps the copy of a renamed file when a new one gets its name, although changes overwrite', async (test) => {
    const scene = await openScene(test, { overwrite: 'supported' })
    const overwriting = ['--on-change', 'overwrite']
    const old = await scene.write('合同.docx', 1000)
    const first = (await once(scene, ...overwriting)).transferOf(old.path)?.fileToken ?? ''
    await rename(old.path, join(scene.folder, '合同-旧版.docx'))
    const second = await scene.write('合同.docx', 1001)
    const beside = (await once(scene, ...overwriting)).transferOf(second.path)?.fileToken ?? ''
    await expectBytes(scene.simulator, first, old.bytes)
    await expectBytes(scene.simulator, beside, second.bytes)
    const third = await scene.write('合同.docx', 1002)
    await once(scene, ...overwriting)
    // The second one had no other name.
    await expectBytes(scene.simulator, beside, third.bytes)
    expect(pathsBelow(scene)).toEqual({ '合同.docx': 2 })
  })

  it('sends nothing for files that were only touched or moved, and what has changed once more', async (test) => {
    const scene = await openScene(test)
    const touched = await scene.write('touched.txt', 1000)
    const moved = await scene.write('moved.txt', 2000)
    await scene.write('changed.txt', 3000)
    await once(scene)
    await utimes(touched.path, new Date(), new Date(Date.now() - 60_000))
    await mkdir(join(scene.folder, 'deep'))
    await rename(moved.path, join(scene.folder, 'deep', 'elsewhere.txt'))
    const changed = await scene.write('changed.txt', 3001)
    const second = await once(scene)
    expect(second.exitCode).toBe(0)
    expect(second.transferOf(changed.path)?.state).toBe('done')
    expect(pathsBelow(scene)).toEqual({ 'touched.txt': 1, 'moved.txt': 1, 'changed.txt': 2 })
  })

  it('uploads nothing again after the rule was removed and added anew', async (test) => {
    const scene = await openScene(test)
    await scene.write('a.txt', 1000)
    await once(scene)
    await scene.run(['rules', 'remove', scene.folder])
    scene.simulator.resetCounters()
    expect((await once(scene)).summary).toEqual(NOTHING)
    expect(scene.simulator.calls).toEqual([])
  })

  it('leaves out what was there with --only-new, and flattens folders on request', async (test) => {
    const scene = await openScene(test)
    await scene.write('old.txt', 1000)
    expect((await once(scene, '--only-new', '--flatten')).summary).toEqual(NOTHING)
    const late = await scene.write('deep/down/new.txt', 1000)
    expect((await scene.run(['watch', '--once'])).summary).toEqual({ ...NOTHING, done: 1 })
    await expectOnce(scene.simulator, scene.folderToken, { ...late, name: 'new.txt' })
    expect(pathsBelow(scene)).toEqual({ 'new.txt': 1 })
  })

  it('tries again what failed, as long as it is there', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.txt', 1000)
    const gone = await scene.write('b.txt', 1000)
    scene.simulator.faults.add({
      endpoint: 'files/upload_all',
      times: 2,
      do: { kind: 'answer', status: 400, code: 1061002 },
    })
    const first = await once(scene)
    expect(first.exitCode).toBe(1)
    expect(first.summary).toEqual({ ...NOTHING, failed: 2 })
    await rm(gone.path)
    const second = await once(scene)
    expect(second.exitCode, second.stdout).toBe(0)
    expect(second.summary).toEqual({ ...NOTHING, done: 1 })
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('says that a folder is away, and does not take that for an empty one', async (test) => {
    const scene = await openScene(test)
    await scene.write('album/a.txt', 1000)
    const album = join(scene.folder, 'album')
    await scene.run(['watch', album, '--to', scene.to, '--once', '--settle', '0.1s'])
    await rename(album, `${album}-away`)
    const away = await scene.run(['watch', '--once'])
    expect(away.exitCode).toBe(1)
    expect(away.lines).toContainEqual(
      expect.objectContaining({ type: 'rule', state: 'root-missing', folder: album }),
    )
    await rename(`${album}-away`, album)
    scene.simulator.resetCounters()
    expect((await scene.run(['watch', '--once'])).summary).toEqual(NOTHING)
    expect(scene.simulator.calls).toEqual([])
  })

  it.skipIf(process.platform === 'win32')('names a folder it may not read', async (test) => {
    const scene = await openScene(test)
    const secret = await scene.write('private/a.txt', 1000)
    await scene.write('b.txt', 1000)
    const unread = dirname(secret.path)
    await chmod(unread, 0)
    // Permissions do not stop root.
    const uid = process.getuid?.() === 0 ? { uid: NOBODY } : {}
    if ('uid' in uid) await chown(dirname(scene.folder), NOBODY, NOBODY)
    const args = ['watch', scene.folder, '--to', scene.to, '--settle', '0.1s', '--once']
    const run = await scene.run(args, uid)
    await chmod(unread, 0o700)
    expect(run.exitCode, run.stdout + run.stderr).toBe(1)
    expect(run.summary).toEqual({ ...NOTHING, done: 1, failed: 1 })
    expect(run.lines).toContainEqual(
      expect.objectContaining({ type: 'rule', state: 'no-permission', path: unread }),
    )
  })

  it('names the command that takes up a file which is still changing', async (test) => {
    const scene = await openScene(test)
    const log = await scene.write('app.log', 1000)
    const args = ['watch', scene.folder, '--to', scene.to, '--once', '--settle', '0.5s']
    const running = scene.start(['--lang', 'en', ...args])
    const growing = setInterval(() => appendFileSync(log.path, 'one more line\n'), 20)
    const run = await running.ended
    clearInterval(growing)
    expect(run.exitCode, run.stdout).toBe(75)
    expect(run.stdout).toContain('1 unfinished.\n1 file is not ready yet')
    expect(run.stdout).not.toContain('feidi resume')
    const [, named = ''] = /Run `feidi ([^`]+)` again/.exec(run.stdout) ?? []
    const again = await scene.run(named.split(' '))
    expect(again.summary).toEqual({ ...NOTHING, done: 1 })
  })

  it('needs a destination and credentials', async (test) => {
    const scene = await openScene(test)
    expect((await scene.run(['watch', scene.folder, '--once'])).exitCode).toBe(2)
    const anonymous = await scene.run(['watch', scene.folder, '--to', scene.to, '--once'], {
      env: { FEIDI_APP_ID: '' },
    })
    expect(anonymous.exitCode).toBe(3)
  })
})

describe.concurrent('watch --dry-run', () => {
  it('sends nothing, stores nothing, and foretells what the sweep does', async (test) => {
    const scene = await openScene(test)
    await scene.write('a.txt', 1000)
    await scene.write('x/b.txt', 2000)
    await scene.write('x/y/c.bin', 21 * KiB * KiB)
    await scene.write('x/y/d.tmp', 10)
    await scene.write('empty.txt', 0)
    const place = ['watch', scene.folder, '--to', scene.to]
    const plan = await scene.run([...place, '--dry-run'], { env: { FEIDI_APP_ID: '' } })
    expect(plan.exitCode, plan.stdout).toBe(0)
    expect(scene.simulator.calls).toEqual([])
    expect((await scene.run(['rules'])).lines).toEqual([])
    const verdicts = plansOf(plan).map(({ path, action, reason, to }) => [
      basename(path),
      action,
      reason,
      to.slice(scene.to.length + 1),
    ])
    expect(verdicts.toSorted()).toEqual([
      ['a.txt', 'upload', 'new', 'a.txt'],
      ['b.txt', 'upload', 'new', 'x/b.txt'],
      ['c.bin', 'upload', 'new', 'x/y/c.bin'],
      ['d.tmp', 'skip', 'excluded', 'x/y/d.tmp'],
      ['empty.txt', 'skip', 'empty', 'empty.txt'],
    ])
    const run = await once(scene)
    expect(run.summary).toEqual({ ...NOTHING, done: 3 })
    expect(planTotalOf(plan)).toMatchObject({ upload: 3, calls: callsMade(scene) })
  })

  it('knows what is up, what has changed and what is new', async (test) => {
    const scene = await openScene(test)
    await scene.write('a.txt', 1000)
    await scene.write('x/b.txt', 1000)
    await once(scene)
    await scene.write('a.txt', 1001)
    await scene.write('x/new.txt', 1000)
    scene.simulator.resetCounters()
    const plan = await scene.run(['watch', '--dry-run'])
    expect(scene.simulator.calls).toEqual([])
    const verdicts = plansOf(plan).map(({ path, action, reason }) => [
      basename(path),
      action,
      reason,
    ])
    expect(verdicts.toSorted()).toEqual([
      ['a.txt', 'upload', 'changed'],
      ['b.txt', 'skip', 'already-uploaded'],
      ['new.txt', 'upload', 'new'],
    ])
    const run = await once(scene)
    expect(run.summary).toEqual({ ...NOTHING, done: 2 })
    expect(planTotalOf(plan)).toMatchObject({ upload: 2, calls: callsMade(scene) })
  })

  it('can be asked while the watch is running', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.txt', 1000)
    const watch = startWatch(scene, scene.folder, '--to', scene.to, '--settle', '0.1s')
    await watch.uploaded(file.path)
    scene.simulator.resetCounters()
    const plan = await scene.run(['watch', '--dry-run'])
    expect(plan.exitCode, plan.stdout).toBe(0)
    expect(plansOf(plan)).toMatchObject([{ action: 'skip', reason: 'already-uploaded' }])
    expect(scene.simulator.calls).toEqual([])
  })
})
