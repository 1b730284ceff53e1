/** Destinations by their names, on the command line. */
import { expect, it } from 'vitest'
import type { JsonLine } from '#test/kit/feidi/feidi-process.ts'
import { openScene } from '#test/kit/feidi/scene.ts'

it('lists places by their paths, makes a folder, and uploads to it by name', async (test) => {
  const scene = await openScene(test)
  const { simulator, run } = scene
  const say = (...args: string[]) => scene.start([...args, '--lang', 'en']).ended
  const projects = simulator.createFolder('', '项目')
  simulator.createFolder(projects, '2026')
  simulator.wiki.addSpace('7000000000000000001', '产品')

  const all = await say('destinations')
  expect(all.stdout.split('\n')).toEqual(
    expect.arrayContaining(['my-space:/项目', 'my-space:/Inbox', 'wiki-space:/产品']),
  )
  const made = await run(['destinations', 'my-space:/项目/2027/一月', '--create', '--json'])
  expect(made.exitCode).toBe(0)
  const [{ to = '' } = {}] = made.lines.filter(
    (line): line is JsonLine & { to: string } => line.type === 'destination',
  )
  expect(simulator.tree()['项目/2027/一月/']).toMatchObject([{ token: to.slice('folder:'.length) }])

  const file = await scene.write('报告.txt', 300)
  const up = await run(['upload', file.path, '--to', 'my-space:/项目/2027/一月'])
  expect(up.exitCode).toBe(0)
  expect(Object.keys(simulator.tree())).toContain('项目/2027/一月/报告.txt')
  const plan = await say('upload', file.path, '--again', '--dry-run', '--to', to)
  expect(plan.stdout).toContain('→ The app’s space › 项目 › 2027 › 一月 › 报告.txt')

  const missing = await say('upload', file.path, '--to', 'my-space:/项目/2028')
  expect(missing.exitCode).toBe(2)
  expect(missing.stderr).toContain('my-space:/项目/2028')
  expect(missing.stderr).toContain('--create')
})
