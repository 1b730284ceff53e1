/** Watched folders behind the page: the real host, real files, a simulated Feishu. */
import { mkdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDestination } from '#main/destination/parse-destination.ts'
import { openRules } from '#main/store/rule-store.ts'
import type { RequestInput } from '#shared/contract/contract.ts'
import { DEFAULT_EXCLUDES } from '#shared/model/default-excludes.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import { MiB } from '#test/kit/feidi/scene.ts'
import { addPerson, HAN, LI } from '#test/kit/feidi/signed-in.ts'
import { expectOnce, filesNamed } from '#test/kit/feidi/uploads.ts'
import { openWebScene, type Page, type SceneOptions, type WebScene } from './web-scene.ts'

const SETTLE_MS = 50

type Wishes = RequestInput<'rules.save'>['rule']

function wishes(scene: WebScene, folder: string, more: Partial<Wishes> = {}): Wishes {
  return {
    folder,
    destination: scene.to,
    account: null,
    enabled: true,
    recursive: true,
    include: [],
    exclude: [...DEFAULT_EXCLUDES],
    initialFiles: 'upload',
    subfolders: 'mirror',
    onChange: 'upload-again',
    onVanished: 'tell',
    dedupe: false,
    minimumBytes: 1,
    maximumBytes: null,
    settleMs: SETTLE_MS,
    followLinks: false,
    allowSensitive: false,
    overflowFolders: false,
    follow: false,
    shareWith: null,
    noticing: null,
    ...more,
  }
}

async function open(test: Parameters<typeof openWebScene>[0], options?: SceneOptions) {
  const scene = await openWebScene(test, options)
  await mkdir(join(scene.folder, 'work'))
  const folder = await realpath(join(scene.folder, 'work'))
  const page = await scene.signIn()
  return { scene, folder, page, live: await page.follow() }
}

async function save(
  page: Page,
  scene: WebScene,
  folder: string,
  more: Partial<Wishes> = {},
  id: string | null = null,
) {
  const saved = await page.ask('rules.save', { id, rule: wishes(scene, folder, more) })
  if (saved.kind === 'refused') throw new Error(String(saved.problems[0]?.error.code))
  return saved.rule
}

/** A host whose home has two people in it, Li in use. */
async function openWithTwo(test: Parameters<typeof openWebScene>[0], options?: SceneOptions) {
  const opened = await open(test, { ...options, web: { credentials: undefined } })
  const { home, simulator } = opened.scene
  const li = await addPerson(home, simulator, LI)
  const han = await addPerson(home, simulator, HAN)
  const page = await opened.scene.restart()
  return { ...opened, page, live: await page.follow(), li, han }
}

const isUp = (files: number) => (state: { counts: { byState: { done: number } } }) =>
  state.counts.byState.done === files

describe('a watched folder', () => {
  it('is kept uploaded: what is there, what comes, what changes; its figures follow', async (test) => {
    const { scene, folder, page, live } = await open(test)
    const first = await scene.write('work/first.pdf', 30_000)
    const rule = await save(page, scene, folder)
    await live.until(isUp(1))
    const deep = await scene.write('work/2026/deep.mov', 200_000)
    await live.until(isUp(2))
    await expectOnce(scene.simulator, scene.folderToken, first)
    const sub = scene.simulator.files().find(({ name }) => name === 'deep.mov')
    expect(await scene.simulator.bytesOf(sub?.token ?? '')).toEqual(deep.bytes)
    await scene.write('work/notes.tmp', 10)
    await scene.write('work/empty.txt', 0)
    const { rules } = await live.until(({ rules: { standings } }) => {
      const counts = standings[rule.id]?.counts
      return counts?.up === 2 && counts.leftOut === 2 && counts.queued === 0
    })
    expect(rules.standings[rule.id]).toMatchObject({
      state: { kind: 'watching', files: 2 },
      lastChangeAtMs: expect.any(Number),
    })
    expect((await page.ask('rules.list', {})).rules).toMatchObject([
      { id: rule.id, folder, destinationText: scene.to, enabled: true },
    ])
  })

  it('rests while it is paused, and catches up', async (test) => {
    const { scene, folder, page, live } = await open(test)
    const rule = await save(page, scene, folder)
    await page.ask('rules.set-enabled', { id: rule.id, enabled: false })
    await live.until(({ rules }) => rules.standings[rule.id]?.state.kind === 'paused')
    await scene.write('work/a.txt', 10)
    await expect(page.ask('rules.scan-now', { id: rule.id })).resolves.toEqual({})
    expect(await page.rows()).toEqual([])
    await page.ask('rules.set-enabled', { id: rule.id, enabled: true })
    await live.until(isUp(1))
  })

  it('takes other patterns at once, and says beforehand what they leave out', async (test) => {
    const { scene, folder, page, live } = await open(test)
    for (const name of ['a.jpg', 'b.jpg', 'c.txt', '~$c.txt', '.git/HEAD']) {
      await scene.write(`work/${name}`, 100)
    }
    await symlink(join(folder, 'a.jpg'), join(folder, 'link.jpg'))
    const selection = {
      folder,
      recursive: true,
      include: ['*.jpg'],
      exclude: [...DEFAULT_EXCLUDES],
      minimumBytes: 1,
      maximumBytes: null,
      followLinks: false,
      allowSensitive: false,
    }
    const preview = { previewId: 'p', rule: selection, offset: 0, limit: 100 }
    expect(await page.ask('rules.preview', preview)).toEqual({
      progress: 'complete',
      files: 2,
      bytes: 200,
      leftOutFiles: 3,
      leftOutFolders: 1,
      sensitiveFiles: 0,
      sensitive: [],
      listed: 4,
      chosen: [
        { path: 'a.jpg', sizeBytes: 100 },
        { path: 'b.jpg', sizeBytes: 100 },
      ],
      listedChosen: 2,
      leftOut: [
        { path: '.git', isFolder: true, why: { kind: 'excluded', pattern: '.git' } },
        { path: 'c.txt', isFolder: false, why: { kind: 'not-included' } },
        { path: 'link.jpg', isFolder: false, why: { kind: 'link' } },
        { path: '~$c.txt', isFolder: false, why: { kind: 'excluded', pattern: '~$*' } },
      ],
    })
    const page2 = await page.ask('rules.preview', { ...preview, offset: 3, limit: 1 })
    expect(page2.leftOut).toMatchObject([{ path: '~$c.txt' }])
    const all = { ...selection, include: [] }
    expect(await page.ask('rules.preview', { ...preview, rule: all })).toMatchObject({ files: 3 })

    const rule = await save(page, scene, folder, { include: ['*.jpg'] })
    await live.until(isUp(2))
    await save(page, scene, folder, { include: ['*.txt'] }, rule.id)
    await live.until(isUp(3))
    expect(
      scene.simulator
        .files()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['a.jpg', 'b.jpg', 'c.txt'])
  })

  it('that was removed can be had back, with all that is known of it', async (test) => {
    const { scene, folder, page, live } = await open(test)
    await mkdir(join(scene.folder, 'other'))
    const other = await realpath(join(scene.folder, 'other'))
    const rule = await save(page, scene, folder)
    await save(page, scene, other)
    const file = await scene.write('work/a.txt', 500)
    await live.until(isUp(1))
    const { undo } = await page.ask('rules.remove', { id: rule.id, forget: true })
    await live.until(({ rules }) => rules.standings[rule.id] === undefined)
    await scene.write('work/b.txt', 20)
    const undone = await page.ask('queue.undo', { token: undo?.token ?? '' })
    expect(undone).toMatchObject({ restored: 1 })
    await live.until(isUp(2))
    await expectOnce(scene.simulator, scene.folderToken, file)
    const { rules } = await page.ask('rules.list', {})
    expect(rules.map(({ id }) => id)[0]).toBe(rule.id)
  })

  it('is waited for while its drive is away, and can be changed meanwhile', async (test) => {
    const { scene, folder, page, live } = await open(test)
    const rule = await save(page, scene, folder)
    await scene.write('work/a.txt', 10)
    await live.until(isUp(1))
    await rename(folder, `${folder}-away`)
    await live.until(({ rules }) => rules.standings[rule.id]?.state.kind === 'root-missing')
    await save(page, scene, folder, { exclude: ['*.log'] }, rule.id)
    await writeFile(join(`${folder}-away`, 'b.txt'), 'new')
    await rename(`${folder}-away`, folder)
    await live.until(isUp(2))
  })

  it('may be made by another process', async (test) => {
    const { scene, folder, page, live } = await open(test)
    const file = await scene.write('work/a.txt', 10)
    const { id } = openRules(scene.home).add(
      {
        ...WATCH_RULE_DEFAULTS,
        folder,
        destination: { kind: 'folder', folderToken: scene.folderToken },
        settleMs: SETTLE_MS,
      },
      Date.now(),
    )
    const { rules } = await live.until((state) => state.rules.standings[id] !== undefined)
    expect(rules.revision).toBeGreaterThan(0)
    await live.until(isUp(1))
    await expectOnce(scene.simulator, scene.folderToken, file)
    expect(openRules(scene.home).remove(id)).toBeDefined()
    await live.until((state) => state.rules.standings[id] === undefined)
    expect((await page.ask('rules.list', {})).rules).toEqual([])
  })

  it('lists what keeps files from going up', async (test) => {
    const { scene, folder, page, live } = await open(test)
    const deep = `work/${Array.from({ length: 16 }, (_, level) => `d${level}`).join('/')}/x.txt`
    await scene.write(deep, 10)
    await scene.write('work/young.txt', 10)
    const rule = await save(page, scene, folder, { settleMs: 3_600_000 })
    await live.until(({ rules }) => (rules.standings[rule.id]?.counts.waiting ?? 0) === 2)
    const ask = () => page.ask('rules.problems', { id: rule.id, offset: 0, limit: 10 })
    expect((await ask()).problems.map(({ kind }) => kind)).toEqual(['waiting', 'waiting'])
    await save(page, scene, folder, {}, rule.id)
    await live.until(({ rules }) => rules.standings[rule.id]?.counts.failed === 1)
    expect(await ask()).toMatchObject({
      total: 1,
      problems: [
        { kind: 'refused', path: join(scene.folder, deep), error: { code: 'folder-too-deep' } },
      ],
    })
    await rm(join(folder, 'd0'), { recursive: true })
    await page.ask('rules.scan-now', { id: rule.id })
    await live.until(({ rules }) => rules.standings[rule.id]?.counts.failed === 0)
  })

  it('says that its failed files are tried again at the next start, while it is watched', async (test) => {
    const { scene, folder, page, live } = await open(test)
    const fault = { kind: 'answer', status: 400, code: 1061109 } as const
    scene.simulator.faults.add({ endpoint: 'files/upload_all', do: fault })
    await scene.write('work/a.txt', 10)
    const rule = await save(page, scene, folder)
    await live.until(({ counts }) => counts.byState.failed === 1)
    const [{ id = '' } = {}] = await page.rows()
    const isTried = async () => (await page.ask('transfer.details', { id })).isTriedAtStart
    expect(await isTried()).toBe(true)
    await page.ask('rules.set-enabled', { id: rule.id, enabled: false })
    await expect.poll(isTried).toBe(false)
  })
})

describe('watching goes on', () => {
  it('without an account, and its files go up once there is one', async (test) => {
    const { scene, folder, page, live } = await open(test, { web: { credentials: undefined } })
    await save(page, scene, folder)
    const file = await scene.write('work/a.txt', 1_000)
    await live.until(({ counts }) => counts.byState.queued === 1)
    const account = { appId: 'cli_demo', appSecret: 'demo-secret', brand: 'feishu' } as const
    await page.ask('accounts.add-app', account)
    await live.until(isUp(1))
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('while everything is paused, and when the connection is replaced', async (test) => {
    const { scene, folder, page, live } = await open(test)
    const rule = await save(page, scene, folder)
    await page.ask('queue.pause-all', { paused: true })
    await scene.write('work/a.txt', 10)
    await live.until(({ counts }) => counts.byState.queued === 1)
    await page.ask('queue.pause-all', { paused: false })
    await live.until(isUp(1))
    await page.ask('settings.set', { change: { lanes: 'serial' } })
    const late = await scene.write('work/late.txt', 4_000)
    await live.until(isUp(2))
    await expectOnce(scene.simulator, scene.folderToken, late)
    await live.until(({ rules }) => rules.standings[rule.id]?.counts.up === 2)
  })

  it('after a restart of the host, and sends nothing twice', async (test) => {
    const { scene, folder, page, live } = await open(test)
    await save(page, scene, folder)
    const files = await Promise.all(
      ['a.txt', 'b.txt'].map((name) => scene.write(`work/${name}`, 3_000)),
    )
    await live.until(isUp(2))
    const again = await scene.restart()
    const after = await again.follow()
    const more = await scene.write('work/c.txt', 3_000)
    await after.until(isUp(3))
    for (const file of [...files, more]) {
      await expectOnce(scene.simulator, scene.folderToken, file)
    }
  })

  it('goes on with a half-sent file after a restart, and with the folder', async (test) => {
    const { scene, folder, page } = await open(test, { alwaysInParts: true, blockSizeBytes: MiB })
    const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 2 })
    const film = await scene.write('work/film.mov', 5 * MiB)
    await save(page, scene, folder)
    await gate.reached
    gate.abandon()
    const again = await scene.restart()
    const after = await again.follow()
    const late = await scene.write('work/late.txt', 100)
    await after.until(isUp(2))
    await expectOnce(scene.simulator, scene.folderToken, film)
    await expectOnce(scene.simulator, scene.folderToken, late)
    expect(scene.simulator.callsTo('files/upload_prepare')).toHaveLength(1)
    const seqs = scene.simulator.callsTo('files/upload_part').map(({ seq }) => seq)
    expect(seqs.filter((seq) => seq === 1)).toHaveLength(1)
  })

  it('leaves a file alone whose upload was cancelled, until it changes', async (test) => {
    const { scene, folder, page, live } = await open(test)
    await page.ask('queue.pause-all', { paused: true })
    const rule = await save(page, scene, folder)
    await scene.write('work/a.txt', 10)
    await live.until(({ counts }) => counts.byState.queued === 1)
    const [row] = await page.rows()
    await page.ask('queue.act', { selection: { ids: [row?.id ?? ''] }, action: 'cancel' })
    await live.until(({ rules }) => rules.standings[rule.id]?.counts.failed === 1)
    await page.ask('queue.pause-all', { paused: false })
    await page.ask('rules.scan-now', { id: rule.id })
    await scene.write('work/b.txt', 10)
    await live.until(isUp(1))
    expect(filesNamed(scene.simulator, scene.folderToken, 'a.txt')).toEqual([])
    await writeFile(join(folder, 'a.txt'), 'changed')
    await live.until(isUp(2))
  })
})

describe('a rule that can not be', () => {
  it('is refused with the reason, in the place it is about', async (test) => {
    const { scene, folder, page } = await open(test)
    await save(page, scene, folder)
    await mkdir(join(folder, 'inner'))
    const inner = await page.ask('rules.save', {
      id: null,
      rule: wishes(scene, join(folder, 'inner')),
    })
    expect(inner).toMatchObject({
      kind: 'refused',
      problems: [{ field: 'folder', error: { code: 'rule-overlaps', detail: folder } }],
    })
    const twin = await page.ask('rules.save', { id: null, rule: wishes(scene, folder) })
    expect(twin).toMatchObject({ problems: [{ error: { code: 'rule-exists' } }] })
    expect((await page.ask('rules.list', {})).rules).toHaveLength(1)
  })

  it('shows nothing of folders that are not the page’s business', async (test) => {
    const { scene, folder, page } = await open(test)
    const { include, exclude } = wishes(scene, '')
    const base = { recursive: true, include, exclude, minimumBytes: 1, maximumBytes: null }
    for (const other of [scene.home, '/etc', 'work', join(folder, '..', '..')]) {
      const { answer } = await page.post('rules.save', { id: null, rule: wishes(scene, other) })
      expect(answer).toMatchObject({ ok: false, error: { code: 'folder-not-allowed' } })
      const rule = { ...base, folder: other, followLinks: false, allowSensitive: false }
      const preview = { previewId: 'p', rule, offset: 0, limit: 10 }
      expect((await page.post('rules.preview', preview)).answer).toMatchObject({
        ok: false,
        error: { code: 'folder-not-allowed' },
      })
    }
    expect((await page.ask('rules.list', {})).rules).toEqual([])
  })

  const MORE: Readonly<Record<string, object>> = {
    'rules.problems': { offset: 0, limit: 1 },
    'rules.remove': { forget: false },
  }
  it.each(['rules.remove', 'rules.scan-now', 'rules.problems'])(
    'is not known to %s',
    async (channel) => {
      const clearing: (() => unknown)[] = []
      const test = { onTestFinished: (clear: () => unknown) => clearing.push(clear) }
      try {
        const { page } = await open(test as never)
        const page0 = MORE[channel] ?? {}
        const { answer } = await page.post(channel, { id: 'nobody', ...page0 })
        expect(answer).toMatchObject({ ok: false, error: { code: 'rule-unknown' } })
      } finally {
        for (const clear of clearing.reverse()) await clear()
      }
    },
  )
})

describe('the account of a rule', () => {
  it('is the one in use, or the one that was chosen; it can be changed', async (test) => {
    const { scene, folder, page, live, li, han } = await openWithTwo(test)
    const checked = { text: scene.to, account: han }
    expect(await page.ask('destination.check', checked)).toMatchObject({ kind: 'ok' })
    const rule = await save(page, scene, folder, { account: han })
    expect(rule.account).toBe(han)
    await scene.write('work/a.txt', 1_000)
    await live.until(isUp(1))
    const again = await save(page, scene, folder, { account: li }, rule.id)
    expect(again.account).toBe(li)
    await scene.write('work/b.txt', 1_000)
    await live.until(isUp(2))
    const owners = scene.simulator.files().map(({ name, identity }) => [name, identity])
    expect(Object.fromEntries(owners)).toEqual({ 'a.txt': 'user:ou_han', 'b.txt': 'user:ou_li' })
    await mkdir(join(scene.folder, 'more'))
    const more = await realpath(join(scene.folder, 'more'))
    expect((await save(page, scene, more)).account).toBe(li)
  })

  it('is somebody who is here; who has signed out keeps it, and its files wait', async (test) => {
    const { scene, folder, page, live, li, han } = await openWithTwo(test)
    const stranger = wishes(scene, folder, { account: 'user:ou_x@cli_demo@example.com' })
    const { answer } = await page.post('rules.save', { id: null, rule: stranger })
    expect(answer).toMatchObject({ ok: false, error: { code: 'account-unknown' } })
    const rule = await save(page, scene, folder, { account: han })
    await page.ask('accounts.remove', { identity: han })
    const kept = await save(page, scene, folder, { account: han, dedupe: true }, rule.id)
    expect(kept).toMatchObject({ account: han, dedupe: true })
    const check = await page.ask('destination.check', { text: scene.to, account: han })
    expect(check).toMatchObject({ kind: 'ok', verified: false, error: { code: 'signed-out' } })
    await scene.write('work/a.txt', 1_000)
    await live.until(({ counts }) => counts.byState.blocked === 1)
    expect(scene.simulator.files()).toEqual([])
    // The new account of the rule also gets the transfers that wait for it.
    await save(page, scene, folder, { account: li, dedupe: true }, rule.id)
    await live.until(isUp(1))
    expect(scene.simulator.files()).toMatchObject([{ name: 'a.txt', identity: 'user:ou_li' }])
  })
})

describe('sharing', () => {
  it('is part of a rule, and of everything that goes up for it', async (test) => {
    const { scene, folder, page, live } = await open(test)
    const rule = await save(page, scene, folder, { shareWith: 'ou_1' })
    expect((await page.ask('rules.list', {})).rules[0]?.shareWith).toBe('ou_1')
    await scene.write('work/a.txt', 1_000)
    await live.until(isUp(1))
    const granted = scene.simulator.callsTo('permissions/create_member')
    expect(granted).toMatchObject([{ answered: true }])
    await save(page, scene, folder, { shareWith: null }, rule.id)
    await scene.write('work/b.txt', 1_000)
    await live.until(isUp(2))
    expect(scene.simulator.callsTo('permissions/create_member')).toHaveLength(1)
  })
})

describe('somebody who signs in on the command line while the host runs', () => {
  it('uploads for their folders at once', async (test) => {
    const { scene, folder, live } = await openWithTwo(test)
    await scene.write('work/a.txt', 1_000)
    const wei = await addPerson(scene.home, scene.simulator, { ...LI, openId: 'ou_wei' })
    const { destination } = parseDestination(scene.to)
    if (destination.kind !== 'folder') throw new Error('no folder')
    openRules(scene.home).add(
      { ...WATCH_RULE_DEFAULTS, settleMs: SETTLE_MS, folder, destination, account: wei },
      Date.now(),
    )
    await live.until(isUp(1))
    expect(scene.simulator.files()).toMatchObject([{ name: 'a.txt', identity: 'user:ou_wei' }])
  })
})

describe('files that wait for somebody who has signed out', () => {
  it('go up as another account, from the first byte, once', async (test) => {
    const options = { alwaysInParts: true, blockSizeBytes: MiB }
    const { scene, page, live, li, han } = await openWithTwo(test, options)
    const film = await scene.write('film.mov', 3 * MiB)
    const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 1 })
    const paths = [film.path]
    await page.ask('queue.add', { paths, uploads: [], destination: scene.to, again: false })
    await gate.reached
    await page.ask('accounts.remove', { identity: li })
    gate.abandon()
    await live.until(({ counts }) => counts.byState.blocked === 1)
    const stranger = await page.post('queue.hand-over', { from: li, to: 'user:x', ids: null })
    expect(stranger.answer).toMatchObject({ ok: false, error: { code: 'account-unknown' } })
    const handed = await page.ask('queue.hand-over', { from: li, to: han, ids: null })
    expect(handed).toEqual({ changed: 1, left: 0 })
    await live.until(isUp(1))
    await expectOnce(scene.simulator, scene.folderToken, film)
    expect(scene.simulator.files()).toMatchObject([{ identity: 'user:ou_han' }])
  })
})
