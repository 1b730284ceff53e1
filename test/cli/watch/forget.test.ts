import { describe, expect, it } from 'vitest'
import { openScene } from '#test/kit/feidi/scene.ts'
import { pathsBelow } from './kit.ts'

describe.concurrent('what was uploaded', () => {
  it('stays known without its rule and its place in the list, and is forgotten only when a person says so', async (test) => {
    const scene = await openScene(test)
    await scene.write('a.txt', 100)
    const file = await scene.write('b.txt', 200)
    const once = ['watch', scene.folder, '--to', scene.to, '--once', '--settle', '0s']
    await scene.run(once)
    await scene.run(['rules', 'remove', scene.folder])
    expect((await scene.run(['clear'])).lines).toEqual([{ type: 'cleared', transfers: 2 }])
    expect((await scene.run(once)).summary).toMatchObject({ done: 0 })

    const forgot = await scene.run(['forget', file.path])
    expect(forgot.lines).toEqual([{ type: 'forgotten', path: file.path, copies: 1 }])
    await scene.run(once)
    expect(pathsBelow(scene)).toEqual({ 'a.txt': 1, 'b.txt': 2 })

    await scene.run(['rules', 'remove', scene.folder, '--forget'])
    await scene.run(once)
    expect(pathsBelow(scene)).toEqual({ 'a.txt': 2, 'b.txt': 3 })
  })
})
