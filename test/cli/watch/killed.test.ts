import { describe, expect, it } from 'vitest'
import { KiB, openScene } from '#test/kit/feidi/scene.ts'
import { expectBytes } from '#test/kit/feidi/uploads.ts'
import type { HoldTarget } from '#test/simulator/gates.ts'
import { pathsBelow, startWatch } from './kit.ts'

const MOMENTS: readonly (HoldTarget & { what: string })[] = [
  { what: 'before a folder is made', endpoint: 'files/create_folder' },
  { what: 'when a folder was made', endpoint: 'files/create_folder', when: 'after-commit' },
  { what: 'before a small file is up', endpoint: 'files/upload_all' },
  { what: 'when a small file is up', endpoint: 'files/upload_all', when: 'after-commit' },
  { what: 'between parts', endpoint: 'files/upload_part', seq: 3 },
  { what: 'when a part was taken', endpoint: 'files/upload_part', seq: 5, when: 'after-commit' },
  { what: 'when a large file is up', endpoint: 'files/upload_finish', when: 'after-commit' },
]

describe.concurrent('a watch that is killed', () => {
  it.for(MOMENTS)(
    '$what: each file arrives once, as it is',
    async ({ what: _, ...target }, test) => {
      const scene = await openScene(test, { blockSizeBytes: 2 * KiB * KiB })
      const files = await Promise.all([
        scene.write('a.txt', 1000),
        scene.write('x/b.txt', 2000),
        scene.write('x/y/film.mov', 21 * KiB * KiB),
        scene.write('z/c.txt', 3000),
      ])
      const gate = scene.simulator.hold(target)
      const killed = startWatch(scene, scene.folder, '--to', scene.to, '--settle', '0.1s')
      await gate.reached
      killed.signal('SIGKILL')
      await killed.ended
      if (target.when === 'after-commit') gate.release()
      else gate.abandon()
      const late = await scene.write('x/late.txt', 500)
      const again = await scene.run(['watch', '--once'])
      expect(again.exitCode, again.stdout).toBe(0)
      expect(again.transferOf(late.path)?.state).toBe('done')
      expect(pathsBelow(scene)).toEqual({
        'a.txt': 1,
        'x/b.txt': 1,
        'x/late.txt': 1,
        'x/y/film.mov': 1,
        'z/c.txt': 1,
      })
      for (const { name, bytes } of [...files, late]) {
        const [node] = scene.simulator.tree()[`Inbox/${name}`] ?? []
        await expectBytes(scene.simulator, node?.token ?? '', bytes)
      }
    },
  )
})
