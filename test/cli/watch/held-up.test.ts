import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openScene, type Scene } from '#test/kit/feidi/scene.ts'
import { canMount, mountSilent } from '#test/unit/watch/mounts.ts'
import { startWatch } from './kit.ts'

/** A network drive without an answer in one of two watched folders. */
async function twoFolders(scene: Scene) {
  for (const dir of ['a', 'b/0', 'b/nas', 'b/z']) {
    mkdirSync(join(scene.folder, dir), { recursive: true })
  }
  for (const name of ['a/a.txt', 'b/0/b.txt', 'b/z/b.txt']) await scene.write(name, 100)
  for (const dir of ['a', 'b']) {
    const folder = join(scene.folder, dir)
    await scene.run(['rules', 'add', folder, '--to', scene.to, '--settle', '0.1s'])
  }
  await mountSilent(join(scene.folder, 'b/nas'))
}

const ALL = ['a/a.txt', 'b/0/b.txt', 'b/z/b.txt']

it.skipIf(!canMount)(
  'a drive that does not answer holds up neither its folder, nor others, nor the end',
  async (test) => {
    const [scene, single] = await Promise.all([openScene(test), openScene(test)])
    await Promise.all([twoFolders(scene), twoFolders(single)])
    const watching = startWatch(scene)
    const once = single.run(['watch', '--once'])
    await Promise.all(ALL.map((name) => watching.uploaded(join(scene.folder, name))))
    await watching.state('not-answering')
    const late = await scene.write('b/late.txt', 100)
    await watching.uploaded(late.path)
    const askedAtMs = performance.now()
    watching.child.kill('SIGINT')
    const { exitCode } = await watching.ended
    expect(exitCode).toBe(130)
    expect(performance.now() - askedAtMs).toBeLessThan(4_000)
    const { summary, lines, ...end } = await once
    expect(end.exitCode).toBe(1)
    expect(summary).toMatchObject({ done: 3, failed: 1 })
    const named = lines.filter(({ type }) => type === 'rule-problem')
    expect(named.map(({ path }) => path)).toEqual([join(single.folder, 'b/nas')])
  },
)
