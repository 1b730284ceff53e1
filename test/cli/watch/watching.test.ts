import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openScene } from '#test/kit/feidi/scene.ts'
import { steadyMsUntil } from '#test/kit/feidi/steady-steps.ts'
import { expectBytes, expectOnce, filesNamed } from '#test/kit/feidi/uploads.ts'
import { pathsBelow, startWatch } from './kit.ts'

const QUICK = ['--settle', '0.2s']

describe.concurrent('feidi watch', () => {
  it('picks up new, changed and atomically saved files, each once', async (test) => {
    const scene = await openScene(test)
    const first = await scene.write('first.txt', 1000)
    const watch = startWatch(scene, scene.folder, '--to', scene.to, ...QUICK)
    await watch.uploaded(first.path)
    await watch.state('watching')

    const fresh = await scene.write('新建/深/fresh.txt', 2000)
    const { fileToken } = await watch.uploaded(fresh.path)
    await expectBytes(scene.simulator, fileToken ?? '', fresh.bytes)

    const changed = await scene.write('first.txt', 1500)
    const again = await watch.uploaded(changed.path)
    await expectBytes(scene.simulator, again.fileToken ?? '', changed.bytes)

    const saved = Buffer.from('saved aside, then renamed')
    await writeFile(join(scene.folder, '.first.txt.tmp'), saved)
    await rename(join(scene.folder, '.first.txt.tmp'), first.path)
    const third = await watch.uploaded(first.path)
    await expectBytes(scene.simulator, third.fileToken ?? '', saved)

    watch.signal('SIGINT')
    const { exitCode, summary } = await watch.ended
    expect(exitCode).toBe(130)
    expect(summary).toEqual({ done: 4, failed: 0, skipped: 0, unfinished: 0 })
    expect(pathsBelow(scene)).toEqual({ 'first.txt': 3, '新建/深/fresh.txt': 1 })
  })

  it("replaces its own file version by version, and never a colleague's", async (test) => {
    const scene = await openScene(test, { overwrite: 'supported' })
    const { simulator, folderToken } = scene
    const first = await scene.write('plan.txt', 100)
    const args = [scene.folder, '--to', scene.to, ...QUICK, '--on-change', 'overwrite']
    const watch = startWatch(scene, ...args)
    const { fileToken = '' } = await watch.uploaded(first.path)
    await scene.write('plan.txt', 200)
    expect(await watch.uploaded(first.path)).toMatchObject({ fileToken })
    const bytes = Buffer.from('theirs')
    const theirs = await simulator.addFile({ parentToken: folderToken, name: 'plan.txt', bytes })
    const last = await scene.write('plan.txt', 300)
    expect(await watch.uploaded(first.path)).toMatchObject({ fileToken })
    await expectBytes(simulator, fileToken, last.bytes)
    await expectBytes(simulator, theirs, bytes)
    expect(pathsBelow(scene)).toEqual({ 'plan.txt': 2 })
  })

  it('leaves no failed file behind when a folder is renamed in the middle of its upload', async (test) => {
    const scene = await openScene(test, { alwaysInParts: true, blockSizeBytes: 64 * 1024 })
    const film = await scene.write('项目A/film.mov', 640 * 1024)
    const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 4 })
    const watch = startWatch(scene, scene.folder, '--to', scene.to, ...QUICK)
    await gate.reached
    await rename(join(scene.folder, '项目A'), join(scene.folder, '项目B'))
    gate.release()
    const renamed = join(scene.folder, '项目B', 'film.mov')
    const { fileToken } = await watch.uploaded(renamed)
    await expectBytes(scene.simulator, fileToken ?? '', film.bytes)
    watch.signal('SIGINT')
    expect((await watch.ended).summary).toMatchObject({ done: 1, failed: 0, skipped: 1 })
    expect(pathsBelow(scene)).toEqual({ '项目B/film.mov': 1 })
  })

  it('stops within two seconds in the middle of an upload, and goes on later', async (test) => {
    const scene = await openScene(test, { alwaysInParts: true, blockSizeBytes: 64 * 1024 })
    const film = await scene.write('film.mov', 640 * 1024)
    const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 4 })
    const watch = startWatch(scene, scene.folder, '--to', scene.to, ...QUICK)
    await gate.reached
    watch.signal('SIGTERM')
    expect(await steadyMsUntil(watch.ended)).toBeLessThan(2_000)
    const { exitCode, summary } = await watch.ended
    expect(exitCode).toBe(130)
    expect(summary?.unfinished, watch.stdout + watch.stderr).toBe(1)
    gate.abandon()
    const again = startWatch(scene)
    await again.uploaded(film.path)
    await expectOnce(scene.simulator, scene.folderToken, film)
    expect(scene.simulator.callsTo('files/upload_prepare')).toHaveLength(1)
  })

  it('takes over rules that are added, paused, resumed and removed while it runs', async (test) => {
    const scene = await openScene(test)
    const a = await scene.write('a/1.txt', 1000)
    const folders = { a: join(scene.folder, 'a'), b: join(scene.folder, 'b') }
    await mkdir(folders.b)
    await scene.run(['rules', 'add', folders.a, '--to', scene.to, ...QUICK])
    const watch = startWatch(scene)
    await watch.uploaded(a.path)
    const b = await scene.write('b/1.txt', 1000)
    await scene.run(['rules', 'add', folders.b, '--to', scene.to, ...QUICK])
    await watch.uploaded(b.path)
    await scene.run(['rules', 'pause', folders.a])
    await watch.state('paused')
    await scene.write('a/2.txt', 1000)
    const b2 = await scene.write('b/2.txt', 1000)
    await watch.uploaded(b2.path)
    expect(filesNamed(scene.simulator, scene.folderToken, '2.txt')).toHaveLength(1)
    await scene.run(['rules', 'resume', folders.a])
    await watch.uploaded(join(folders.a, '2.txt'))
    watch.signal('SIGINT')
    expect((await watch.ended).exitCode).toBe(130)
  })

  it('waits for a folder that is away, and goes on when it is back', async (test) => {
    const scene = await openScene(test)
    const usb = join(scene.folder, 'usb')
    const before = await scene.write('usb/before.txt', 1000)
    const watch = startWatch(scene, usb, '--to', scene.to, ...QUICK)
    await watch.uploaded(before.path)
    await rename(usb, `${usb}-unplugged`)
    await watch.state('root-missing')
    await scene.write('usb-unplugged/meanwhile.txt', 1000)
    await rename(`${usb}-unplugged`, usb)
    await watch.uploaded(join(usb, 'meanwhile.txt'))
    await rm(usb, { recursive: true })
    await watch.line((line) => line['state'] === 'root-missing')
    const anew = await scene.write('usb/anew.txt', 1000)
    await watch.uploaded(anew.path)
    expect(pathsBelow(scene)).toEqual({ 'before.txt': 1, 'meanwhile.txt': 1, 'anew.txt': 1 })
  })

  it('says in words what it does', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.txt', 1000)
    const args = ['watch', scene.folder, '--to', scene.to, ...QUICK, '--lang', 'zh']
    const watch = scene.start(args)
    await scene.simulator.waitForCall(
      ({ endpoint, answered }) => endpoint === 'files/upload_all' && answered,
    )
    await scene.write('b.txt', 1000)
    await scene.simulator.waitForCall(({ fileName, answered }) => fileName === 'b.txt' && answered)
    watch.signal('SIGINT')
    const { stdout, stderr } = await watch.ended
    expect(stdout).toContain('正在监视（')
    expect(stdout).toContain(`${file.path}  1000 B  已完成`)
    expect(stderr).toContain('正在停止')
  })
})
