import { cpSync, renameSync, rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { filesNamed } from '#test/kit/feidi/uploads.ts'
import { openWebScene, type Page } from './web-scene.ts'

it('a home that was put back stands still until a page adopts it, and brings nothing up twice', async (test) => {
  const scene = await openWebScene(test)
  const backup = `${scene.home}-backup`
  const add = async (page: Page, name: string) => {
    const { path } = await scene.write(name, 10)
    const live = await page.follow()
    await page.ask('queue.add', {
      ...{ paths: [path], uploads: [], destination: scene.to, again: false },
    })
    return live
  }
  const before = await add(await scene.signIn(), 'a.txt')
  await before.until(({ counts }) => counts.byState.done === 1)
  const lost = await add(
    await scene.restart(() => cpSync(scene.home, backup, { recursive: true })),
    'b.txt',
  )
  await lost.until(({ counts }) => counts.byState.done === 2)

  const page = await scene.restart(() => {
    rmSync(scene.home, { recursive: true })
    renameSync(backup, scene.home)
  })
  const live = await add(page, 'b.txt')
  await live.until(({ engine }) => engine.error?.code === 'home-restored')
  await page.ask('home.adopt', {})
  await live.until(({ counts }) => counts.byState.failed === 1)
  const state = (await page.rows()).find(({ fileName }) => fileName === 'b.txt')?.state
  expect(state).toMatchObject({ error: { code: 'maybe-there-already' } })
  expect(filesNamed(scene.simulator, scene.folderToken, 'b.txt')).toHaveLength(1)
})
