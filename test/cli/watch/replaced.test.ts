import { mkdir, rename, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openScene } from '#test/kit/feidi/scene.ts'
import { pathsBelow } from './kit.ts'

it.skipIf(process.platform === 'win32')(
  'a watched folder that was replaced by a link goes up when that was confirmed, not before',
  async (test) => {
    const scene = await openScene(test)
    await scene.write('other/b.txt', 100)
    const folder = join(scene.folder, 'in')
    await mkdir(folder)
    await scene.run(['rules', 'add', folder, '--to', scene.to, '--settle', '0.1s'])
    await rename(folder, `${folder}-before`)
    await symlink(join(scene.folder, 'other'), folder)
    const [refused, planned] = await Promise.all([
      scene.run(['watch', '--once']),
      scene.run(['watch', '--dry-run']),
    ])
    expect(refused.exitCode).toBe(1)
    expect(refused.lines).toContainEqual(
      expect.objectContaining({ type: 'rule', state: 'root-replaced' }),
    )
    expect(planned.lines).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ code: 'rule-folder-replaced' }) }),
    )
    expect(pathsBelow(scene)).toEqual({})
    expect((await scene.run(['rules', 'confirm', folder])).exitCode).toBe(0)
    expect((await scene.run(['watch', '--once'])).exitCode).toBe(0)
    expect(pathsBelow(scene)).toEqual({ 'b.txt': 1 })
  },
)
