import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openScene, type Scene } from '#test/kit/feidi/scene.ts'
import { callsMade, pathsBelow } from './kit.ts'

async function followOnce(scene: Scene, ...options: string[]) {
  const args = ['watch', scene.folder, '--to', scene.to, '--once', '--settle', '0.1s', '--follow']
  return scene.run([...args, ...options])
}

describe.concurrent('watch --follow', () => {
  it('renames and moves in Feishu what was renamed and moved here, without an upload', async (test) => {
    const scene = await openScene(test)
    const old = await scene.write('旧/合同.pdf', 100)
    for (let at = 0; at < 20; at++) await scene.write(`f${at}.txt`, 10 + at)
    const { transferOf } = await followOnce(scene)
    const token = transferOf(old.path)?.fileToken
    scene.simulator.resetCounters()
    await rename(join(scene.folder, '旧'), join(scene.folder, '新'))
    await rename(join(scene.folder, 'f0.txt'), join(scene.folder, 'g0.txt'))
    await mkdir(join(scene.folder, '空'))
    expect((await followOnce(scene)).exitCode).toBe(0)
    expect(pathsBelow(scene)).toMatchObject({ '新/合同.pdf': 1, 'g0.txt': 1 })
    expect(Object.keys(scene.simulator.tree())).toContain('Inbox/空/')
    expect(scene.simulator.tree()['Inbox/新/合同.pdf']?.[0]?.token).toBe(token)
    expect(callsMade(scene)).toEqual({ create_folder: 1 })
  })

  it('asks before it does much at once, and continues when a person has agreed', async (test) => {
    const scene = await openScene(test)
    for (let at = 0; at < 4; at++) await scene.write(`f${at}.txt`, 10 + at)
    await followOnce(scene)
    for (let at = 0; at < 4; at++) {
      await rename(join(scene.folder, `f${at}.txt`), join(scene.folder, `g${at}.txt`))
    }
    scene.simulator.resetCounters()
    const ahead = await followOnce(scene, '--dry-run')
    expect(ahead.lines.filter(({ type }) => type === 'follow')).toHaveLength(4)
    expect(ahead.lines).toContainEqual(expect.objectContaining({ type: 'follow-stop' }))
    expect(scene.simulator.calls).toEqual([])
    const before = await scene.run(['rules', 'show', scene.folder])
    expect(before.lines.filter(({ type }) => type === 'follow')).toEqual([])
    expect((await followOnce(scene)).exitCode).toBe(1)
    expect(pathsBelow(scene)).toHaveProperty('f0.txt')
    const shown = await scene.run(['rules', 'show', scene.folder])
    expect(shown.lines.filter(({ type }) => type === 'follow')).toHaveLength(4)
    expect(shown.lines).toContainEqual(
      expect.objectContaining({ type: 'follow-stop', kind: 'limit' }),
    )
    const planned = await followOnce(scene, '--dry-run')
    expect(planned.lines.filter(({ type }) => type === 'follow')).toHaveLength(4)
    expect((await scene.run(['rules', 'approve', scene.folder])).exitCode).toBe(0)
    expect((await followOnce(scene)).exitCode).toBe(0)
    expect(pathsBelow(scene)).toEqual({ 'g0.txt': 1, 'g1.txt': 1, 'g2.txt': 1, 'g3.txt': 1 })
  })
})
