import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { openScene } from '#test/kit/feidi/scene.ts'
import { pathsBelow } from './kit.ts'

describe.concurrent('a file that somebody has deleted in Feishu', () => {
  it('is told, and goes up again once the rule says so', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.txt', 100)
    const once = ['watch', scene.folder, '--to', scene.to, '--once', '--settle', '0s']
    const first = await scene.run(once)
    const { fileToken = '' } = first.transferOf(file.path) ?? {}
    // A listing proves nothing about what has only just landed.
    const database = new DatabaseSync(join(scene.home, 'feidi.db'))
    database.exec('UPDATE copies SET landed_at_ms = landed_at_ms - 60000')
    database.close()
    scene.simulator.removeNode(fileToken)
    await scene.write('b.txt', 200)

    const told = await scene.run(once)
    const problem = told.lines.filter(({ type }) => type === 'rule-problem')
    expect(problem).toMatchObject([{ path: file.path, error: { code: 'copy-vanished' } }])
    expect(told.exitCode).toBe(0)
    expect(pathsBelow(scene)).toEqual({ 'b.txt': 1 })

    await scene.run([...once, '--on-vanished', 'again'])
    expect(pathsBelow(scene)).toEqual({ 'a.txt': 1, 'b.txt': 1 })
  })
})
