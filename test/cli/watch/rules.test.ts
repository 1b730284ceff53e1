import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FeidiResult } from '#test/kit/feidi/feidi-process.ts'
import { openScene, type Scene } from '#test/kit/feidi/scene.ts'

interface RuleLine {
  readonly id: string
  readonly state: string
  readonly folder: string
  readonly to: string
  readonly shareWith?: string
}

function rulesIn(result: FeidiResult): RuleLine[] {
  return result.lines.filter(({ type }) => type === 'rule') as unknown as RuleLine[]
}

function errorOf(result: FeidiResult) {
  return result.lines.find(({ type }) => type === 'error')?.['error']
}

async function folderIn({ folder }: Scene, name: string): Promise<string> {
  const path = join(folder, name)
  await mkdir(path, { recursive: true })
  return path
}

describe.concurrent('feidi rules', () => {
  it('adds, lists, pauses, resumes and removes', async (test) => {
    const scene = await openScene(test)
    const [one, two] = [await folderIn(scene, 'one'), await folderIn(scene, 'two')]
    expect((await scene.run(['rules', 'list'])).lines).toEqual([])
    const options = ['--exclude', '*.log', '--settle', '5s', '--only-new', '--no-recursive']
    const added = await scene.run(['rules', 'add', one, '--to', scene.to, ...options])
    expect(added.exitCode, added.stdout).toBe(0)
    const [rule] = rulesIn(added)
    expect(rule).toMatchObject({
      state: 'active',
      folder: one,
      to: scene.to,
      settleMs: 5_000,
      initialFiles: 'only-new',
      recursive: false,
      exclude: expect.arrayContaining(['~$*', '*.log']),
    })
    await scene.run(['rules', 'add', two, '--to', scene.to])
    const states = async () =>
      rulesIn(await scene.run(['rules'])).map(({ folder, state }) => [folder, state])
    expect(await states()).toEqual([
      [one, 'active'],
      [two, 'active'],
    ])
    await scene.run(['rules', 'pause', rule?.id ?? '', two])
    expect(await states()).toEqual([
      [one, 'paused'],
      [two, 'paused'],
    ])
    expect((await scene.run(['watch'])).exitCode).toBe(2)
    await scene.run(['rules', 'resume', rule?.id.slice(0, 5) ?? ''])
    await scene.run(['rules', 'remove', two])
    expect(await states()).toEqual([[one, 'active']])
    expect(scene.simulator.calls).toEqual([])
  })

  it('changes the rule for the same folder and destination instead of adding a second one', async (test) => {
    const scene = await openScene(test)
    const one = await folderIn(scene, 'one')
    const add = ['rules', 'add', one, '--to', scene.to]
    const share = ['--share-with', 'li@example.com']
    const [first] = rulesIn(await scene.run([...add, '--flatten', '--no-recursive', ...share]))
    expect(first?.shareWith).toBe('li@example.com')
    const [second] = rulesIn(await scene.run([...add, '--recursive', '--min-size', '1K']))
    expect(second).toEqual({ ...first, recursive: true, minimumBytes: 1024 })
    const [third] = rulesIn(await scene.run([...add, '--no-share-with']))
    const { shareWith: _, ...rest } = second ?? {}
    expect(third).toEqual(rest)
    expect(rulesIn(await scene.run(['rules']))).toEqual([third])
  })

  it('loses none of several that are added at the same moment', async (test) => {
    const scene = await openScene(test)
    const folders = await Promise.all(['a', 'b', 'c', 'd'].map((name) => folderIn(scene, name)))
    const added = await Promise.all(
      folders.map((folder) => scene.run(['rules', 'add', folder, '--to', scene.to])),
    )
    expect(added.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0])
    const listed = rulesIn(await scene.run(['rules'])).map(({ folder }) => folder)
    expect(listed.toSorted()).toEqual(folders)
  })

  it('refuses folders that overlap, and says with which rule', async (test) => {
    const scene = await openScene(test)
    const inner = await folderIn(scene, 'outer/inner')
    const outer = join(scene.folder, 'outer')
    await scene.run(['rules', 'add', outer, '--to', scene.to])
    await symlink(inner, join(scene.folder, 'elsewhere'))
    for (const folder of [inner, scene.folder, join(scene.folder, 'elsewhere')]) {
      const refused = await scene.run(['rules', 'add', folder, '--to', 'folder:other'])
      expect(refused.exitCode).toBe(2)
      expect(errorOf(refused)).toMatchObject({
        code: 'rule-overlaps',
        message: expect.stringContaining(outer),
        remedy: expect.stringContaining('remove the other rule'),
      })
      const watched = await scene.run(['watch', folder, '--to', 'folder:other', '--once'])
      expect(errorOf(watched)).toMatchObject({ code: 'rule-overlaps' })
    }
  })

  it.for([
    { what: 'the whole disk', folder: () => '/', code: 'rule-folder-is-disk' },
    { what: 'its own home', folder: ({ home }: Scene) => home, code: 'rule-folder-holds-home' },
    {
      what: 'a folder with its own home in it',
      folder: ({ home }: Scene) => join(home, '..'),
      code: 'rule-folder-holds-home',
    },
    {
      what: 'a folder that is not there',
      folder: ({ folder }: Scene) => join(folder, 'nowhere'),
      code: 'rule-folder-missing',
    },
  ])('refuses $what', async ({ folder, code }, test) => {
    const scene = await openScene(test)
    await mkdir(scene.home)
    const refused = await scene.run(['rules', 'add', folder(scene), '--to', scene.to])
    expect(refused.exitCode).toBe(2)
    expect(errorOf(refused)).toMatchObject({ code })
    expect(rulesIn(await scene.run(['rules']))).toEqual([])
  })

  it.for([
    [['--share-with', 'somebody'], 'usage'],
    [['--on-change', 'sometimes'], 'usage'],
    [['--settle', 'long'], 'usage'],
    [['--max-size', 'big'], 'usage'],
  ] as const)('refuses %s', async ([options, code], test) => {
    const scene = await openScene(test)
    const refused = await scene.run(['rules', 'add', scene.folder, '--to', scene.to, ...options])
    expect(refused.exitCode).toBe(2)
    expect(errorOf(refused)).toMatchObject({ code })
  })

  it('keeps a damaged settings file and says where', async (test) => {
    const scene = await openScene(test)
    await mkdir(scene.home)
    const damaged = '{"version":2,"watchRules":[{"id":"a"'
    await writeFile(join(scene.home, 'settings.json'), damaged)
    const result = await scene.run(['rules', 'list'])
    expect(result.exitCode).toBe(2)
    expect(errorOf(result)).toMatchObject({ code: 'settings-corrupt' })
    const files = await readdir(scene.home)
    const [aside, ...others] = files.filter((name) => name !== 'logs')
    expect(others).toEqual([])
    expect(await readFile(join(scene.home, aside ?? ''), 'utf8')).toBe(damaged)
    expect(JSON.stringify(errorOf(result))).toContain(aside)
    expect((await scene.run(['rules', 'list'])).exitCode).toBe(0)
    expect(existsSync(join(scene.home, aside ?? ''))).toBe(true)
  })

  it('shows rules to people in their language', async (test) => {
    const scene = await openScene(test)
    expect((await scene.start(['rules', '--lang', 'zh']).ended).stdout).toContain('还没有监视规则')
    const added = await scene.start([
      'rules',
      'add',
      scene.folder,
      '--to',
      scene.to,
      '--include',
      '*.pdf',
      '--dedupe',
    ]).ended
    expect(added.stdout).toMatch(/^[0-9a-f]{8} {2}active {2}.* → Folder …/)
    expect(added.stdout).toContain('--include *.pdf --dedupe')
  })
})

describe('feidi settings', () => {
  it('takes rules to another home, where they are paused', async (test) => {
    const scene = await openScene(test)
    const one = await folderIn(scene, '工作')
    await scene.run(['rules', 'add', one, '--to', scene.to, '--share-with', 'boss@example.com'])
    const printed = await scene.run(['settings', 'export'])
    const file = join(scene.folder, 'feidi.json')
    await writeFile(file, printed.stdout)
    const other = ['--home', join(scene.folder, 'other')]
    // Without a person to ask, nothing is taken over.
    const asked = await scene.run([...other, 'settings', 'import', file])
    expect(asked.exitCode).not.toBe(0)
    expect(asked.stderr).toContain('boss@example.com')
    expect(rulesIn(await scene.run([...other, 'rules']))).toEqual([])
    const taken = await scene.run([...other, 'settings', 'import', file, '--yes'])
    expect(taken.exitCode, taken.stdout).toBe(0)
    expect(rulesIn(await scene.run([...other, 'rules']))).toMatchObject([
      { folder: one, state: 'paused', to: scene.to, shareWith: 'boss@example.com' },
    ])
    await writeFile(file, '{"kind":"feidi-settings"}')
    const spoiled = await scene.run([...other, 'settings', 'import', file, '--yes'])
    expect(errorOf(spoiled)).toMatchObject({ code: 'settings-file-invalid' })
  })
})
