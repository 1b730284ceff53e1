import { cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openScene } from '#test/kit/feidi/scene.ts'
import { filesNamed } from '#test/kit/feidi/uploads.ts'

it('a home that was put back brings nothing up a second time unasked', async (test) => {
  const scene = await openScene(test)
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => scene.write(name, 10)))
  const paths = [a, b, c].map((file) => file?.path ?? '')
  await scene.upload(paths.slice(0, 1))
  cpSync(scene.home, `${scene.home}-backup`, { recursive: true })
  await scene.upload(paths.slice(1, 2))
  rmSync(scene.home, { recursive: true })
  renameSync(`${scene.home}-backup`, scene.home)

  const refused = await scene.upload(paths)
  expect(refused.exitCode).toBe(2)
  expect(refused.lines.at(-1)).toMatchObject({ error: { code: 'home-restored' } })
  expect((await scene.run(['home', 'adopt'])).lines).toMatchObject([{ type: 'home', ok: true }])
  const run = await scene.upload(paths)
  expect(run.exitCode).toBe(1)
  expect(run.transferOf(paths[1] ?? '')?.error).toMatchObject({ code: 'maybe-there-already' })
  for (const name of ['a', 'b', 'c']) {
    expect(filesNamed(scene.simulator, scene.folderToken, name)).toHaveLength(1)
  }
})

it('a home that is deleted at work ends the work, and is not made again', async (test) => {
  const scene = await openScene(test)
  const watch = scene.start(['--json', 'watch', scene.folder, '--to', scene.to])
  await watch.line(({ type, state }) => type === 'rule' && state === 'watching')
  rmSync(scene.home, { recursive: true })
  const run = await watch.ended
  expect(run.exitCode).toBe(2)
  expect(run.lines.find(({ type }) => type === 'error')).toMatchObject({
    error: { code: 'home-gone' },
  })
  expect(existsSync(scene.home)).toBe(false)
})
