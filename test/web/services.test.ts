import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAccounts } from '#main/store/account-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { API_URLS } from '#shared/model/account.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'
import { openWebScene, type Page, type WebScene } from './web-scene.ts'

const SECRET = 'demo-secret'

describe('the account', () => {
  it('is typed in once; the secret works, is sealed on disk and never comes back', async (test) => {
    const scene = await openWebScene(test, { web: { credentials: undefined } })
    const page = await scene.signIn()
    const live = await page.follow()
    await live.until(({ engine }) => engine.kind === 'no-account')
    expect(await page.ask('account.get', {})).toMatchObject({ kind: 'none', source: 'none' })
    const account = { appId: 'cli_demo', appSecret: SECRET, brand: 'feishu' } as const
    await page.ask('accounts.add-app', account)
    const set = await page.ask('account.get', {})
    expect(set).toEqual({ kind: 'app', appId: 'cli_demo', brand: 'feishu', source: 'stored' })

    const file = await scene.write('a.bin', 1_000)
    await page.ask('queue.add', {
      paths: [file.path],
      uploads: [],
      destination: scene.to,
      again: false,
    })
    await live.until(({ counts }) => counts.byState.done === 1)
    await expectOnce(scene.simulator, scene.folderToken, file)

    const diagnostics = await page.ask('diagnostics.export', { withFileNames: false })
    const settings = await readFile(join(scene.home, 'settings.json'), 'utf8')
    for (const text of [JSON.stringify(live.events), diagnostics.text, settings]) {
      expect(text).not.toContain(SECRET)
    }
    expect(diagnostics.text).not.toContain(scene.folder)
    const key = await stat(join(scene.home, 'secret.key'))
    expect(key.mode & 0o777).toBe(0o600)

    const again = await scene.restart()
    expect(await again.ask('account.get', {})).toEqual(set)
    const [{ identity } = { identity: '' }] = (await again.ask('accounts.list', {})).accounts
    expect((await again.ask('accounts.remove', { identity })).accounts).toEqual([])
    await (await again.follow()).until(({ engine }) => engine.kind === 'no-account')
  })

  it('of the environment can not be changed by a page', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    const [own] = (await page.ask('accounts.list', {})).accounts
    const { answer } = await page.post('accounts.remove', { identity: own?.identity })
    expect(answer).toMatchObject({ ok: false, error: { code: 'account-fixed' } })
    expect(await page.ask('account.get', {})).toMatchObject({ source: 'environment' })
  })
})

describe('accounts of both Feishu and Lark', () => {
  it('each have links to where their files are', async (test) => {
    const scene = await openWebScene(test)
    const lark = await openAccounts(scene.home, keyFileBox(scene.home)).addApp(
      { appId: 'cli_lark', appSecret: SECRET, baseUrl: API_URLS.lark },
      Date.now(),
    )
    const page = await scene.signIn()
    // No call may leave for the one that is not on this machine.
    await page.ask('queue.pause-all', { paused: true })
    const again = await scene.restart()
    const add = async (name: string, account?: string) => {
      const { path } = await scene.write(name, 10)
      await again.ask('queue.add', {
        ...{ paths: [path], uploads: [], destination: scene.to, again: false },
        ...(account !== undefined && { account }),
      })
    }
    await add('feishu.bin')
    await add('lark.bin', lark.identity)
    const linkOf = async (name: string) => {
      const row = (await again.rows()).find(({ fileName }) => fileName === name)
      const { destinationLink } = await again.ask('transfer.details', { id: row?.id ?? '' })
      return new URL(destinationLink ?? '').host
    }
    expect(await linkOf('feishu.bin')).toBe('www.feishu.cn')
    expect(await linkOf('lark.bin')).toBe('www.larksuite.com')
  })
})

describe('an account that signs out', () => {
  it('keeps its files, although credentials of another server are in the environment', async (test) => {
    const scene = await openWebScene(test)
    const lark = await openAccounts(scene.home, keyFileBox(scene.home)).addApp(
      { appId: 'cli_lark', appSecret: SECRET, baseUrl: API_URLS.lark },
      Date.now(),
    )
    const page = await scene.signIn()
    // No call may leave for a server that is not on this machine.
    await page.ask('queue.pause-all', { paused: true })
    const { path } = await scene.write('lark.bin', 10)
    const toLark = { paths: [path], uploads: [], destination: scene.to, again: false }
    await page.ask('queue.add', { ...toLark, account: lark.identity })
    await page.ask('accounts.remove', { identity: lark.identity })
    await expect
      .poll(() => page.rows())
      .toMatchObject([
        { account: lark.identity, state: { kind: 'blocked', error: { code: 'signed-out' } } },
      ])
  })
})

describe('settings', () => {
  it('spare whoever has uploaded before the first steps', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    expect((await page.ask('settings.get', {})).settings.welcomed).toBe(false)
    const { path } = await scene.write('a.bin', 1_000)
    await page.ask('queue.add', { paths: [path], uploads: [], destination: scene.to, again: false })
    await (await page.follow()).until(({ counts }) => counts.byState.done === 1)
    const again = await scene.restart()
    expect((await again.ask('settings.get', {})).settings.welcomed).toBe(true)
  })

  it('are kept', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    await page.ask('settings.set', { change: { theme: 'dark', lanes: 3 } })
    const again = await scene.restart()
    const { settings } = await again.ask('settings.get', {})
    expect(settings).toMatchObject({ theme: 'dark', lanes: 3, density: 'comfortable' })
  })

  it('that hold the work at this time of day hold it', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    const live = await page.follow()
    const never = { from: '00:00', until: '00:00', days: [] }
    await page.ask('settings.set', { change: { schedule: never } })
    const { engine } = await live.until(({ engine }) => engine.kind === 'paused')
    expect(engine).toEqual({ kind: 'paused', error: null, pausedBy: 'schedule' })
    await page.ask('settings.set', { change: { schedule: null } })
    await live.until(({ engine }) => engine.kind === 'idle')
  })
})

describe('a destination', () => {
  it('is checked before it is accepted, and remembered when it was used', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    const check = (text: string) => page.ask('destination.check', { text })
    const found = await check(`https://example.feishu.cn/drive/folder/${scene.folderToken}`)
    expect(found).toMatchObject({ kind: 'ok', verified: true, text: scene.to, error: null })
    expect(await check('folder:nowhere')).toMatchObject({
      kind: 'refused',
      error: { code: expect.any(Number) },
    })
    expect(await check('hello')).toMatchObject({
      kind: 'refused',
      error: { code: 'destination-invalid' },
    })
    expect(await check('media:docx_file:doxcn1')).toMatchObject({ kind: 'ok', verified: false })
    const offline = { kind: 'reset', where: 'before-body' } as const
    scene.simulator.faults.add({ endpoint: 'files/list', times: 'always', do: offline })
    // A recent result is trusted for a moment, so this is another place that cannot be looked up.
    expect(await check('folder:another')).toMatchObject({
      kind: 'ok',
      verified: false,
      error: { code: 'connection-lost' },
    })

    expect(await page.ask('destination.recent', {})).toEqual({ recent: [] })
    await page.ask('queue.pause-all', { paused: true })
    const file = await scene.write('a.bin', 1)
    await page.ask('queue.add', {
      paths: [file.path],
      uploads: [],
      destination: scene.to,
      again: false,
    })
    const { recent } = await page.ask('destination.recent', {})
    expect(recent).toMatchObject([{ text: scene.to }])
  })
})

describe('folders', () => {
  it('are shown with what is in them, folders leading', async (test) => {
    const scene = await openWebScene(test)
    await scene.write('2.txt', 2)
    await scene.write('10.txt', 10)
    await scene.write('.hidden', 1)
    await mkdir(join(scene.folder, 'zoo'))
    const page = await scene.signIn()
    const browse = (showHidden: boolean) =>
      page.ask('folders.browse', { path: scene.folder, showHidden })
    const { entries, parent, roots, truncated } = await browse(false)
    expect(entries.map(({ name, kind }) => [name, kind])).toEqual([
      ['zoo', 'folder'],
      ['2.txt', 'file'],
      ['10.txt', 'file'],
    ])
    expect(parent).toBeNull()
    expect(truncated).toBe(false)
    expect(roots.map(({ path }) => path)).toContain(scene.folder)
    expect((await browse(true)).entries).toHaveLength(4)
    const inner = await page.ask('folders.browse', {
      path: join(scene.folder, 'zoo'),
      showHidden: false,
    })
    expect(inner.parent).toBe(scene.folder)
  })
})

describe('a file from the browser', () => {
  function send(scene: WebScene, page: Page, name: string, body: Buffer) {
    const headers = { ...page.headers, 'content-type': 'application/octet-stream' }
    return scene.raw({
      method: 'POST',
      path: `/upload?name=${encodeURIComponent(name)}`,
      headers,
      body,
    })
  }

  const spooled = (scene: WebScene) => readdir(join(scene.home, 'spool')).catch(() => [])

  it('is kept until it is up, and then no longer', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    const live = await page.follow()
    const bytes = Buffer.from('from far away')
    const reply = await send(scene, page, '..\\..\\合同 2026.pdf', bytes)
    expect(reply.status).toBe(200)
    const { value } = JSON.parse(reply.text) as { value: { uploadId: string } }
    expect(await spooled(scene)).toHaveLength(1)
    const uploads = [value.uploadId]
    await page.ask('queue.add', { paths: [], uploads, destination: scene.to, again: false })
    await live.until(({ counts }) => counts.byState.done === 1)
    await expectOnce(scene.simulator, scene.folderToken, { name: '合同 2026.pdf', bytes })
    await expect.poll(() => spooled(scene)).toEqual([])
  })

  /** Sends a file, and queues it to go somewhere. */
  async function queued(scene: WebScene, page: Page, destination: string) {
    const reply = await send(scene, page, 'a.bin', Buffer.from('from far away'))
    const { value } = JSON.parse(reply.text) as { value: { uploadId: string } }
    const uploads = [value.uploadId]
    return page.ask('queue.add', { paths: [], uploads, destination, again: false })
  }

  it('is not kept for an upload that was taken back', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    await page.ask('queue.pause-all', { paused: true })
    const { undo } = await queued(scene, page, scene.to)
    expect(await spooled(scene)).toHaveLength(1)
    await page.ask('queue.undo', { token: undo?.token ?? '' })
    await expect.poll(() => spooled(scene)).toEqual([])
  })

  it('can go to another place when the first one refuses it', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    const live = await page.follow()
    await queued(scene, page, 'folder:nowhere')
    await live.until(({ counts }) => counts.byTab.attention === 1)
    const [row] = await page.rows()
    const paths = [row?.path ?? '']
    await page.ask('queue.add', { paths, uploads: [], destination: scene.to, again: false })
    await live.until(({ counts }) => counts.byState.done === 1)
    const bytes = Buffer.from('from far away')
    await expectOnce(scene.simulator, scene.folderToken, { name: 'a.bin', bytes })
    // The other one still waits for the person, and needs it.
    expect(await spooled(scene)).toHaveLength(1)
    await page.ask('queue.act', { selection: { ids: [row?.id ?? ''] }, action: 'cancel' })
    await scene.restart()
    expect(await spooled(scene)).toEqual([])
  })

  it.each([['..'], ['/'], [''], ['x'.repeat(300)]])(
    'is refused without a proper name: %j',
    async (name) => {
      const clearing: (() => unknown)[] = []
      const test = { onTestFinished: (clear: () => unknown) => clearing.push(clear) }
      try {
        const scene = await openWebScene(test as never)
        const reply = await send(scene, await scene.signIn(), name, Buffer.from('x'))
        expect(reply.status).toBe(413)
        expect(await spooled(scene)).toEqual([])
      } finally {
        for (const clear of clearing.reverse()) await clear()
      }
    },
  )

  it('is refused when it is too large, and nothing is left of it', async (test) => {
    const scene = await openWebScene(test, { web: { mostUploadBytes: 1_000 } })
    const page = await scene.signIn()
    const reply = await send(scene, page, 'big.bin', Buffer.alloc(1_001))
    expect(JSON.parse(reply.text)).toMatchObject({ ok: false, error: { code: 'spool-too-large' } })
    expect(await spooled(scene)).toEqual([])
  })

  it('that nobody queued is gone after the next start; one that is queued is not', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    await page.ask('queue.pause-all', { paused: true })
    await send(scene, page, 'lost.bin', Buffer.from('x'))
    const kept = await send(scene, page, 'kept.bin', Buffer.from('y'))
    const { value } = JSON.parse(kept.text) as { value: { uploadId: string } }
    const uploads = [value.uploadId]
    await page.ask('queue.add', { paths: [], uploads, destination: scene.to, again: false })
    await scene.restart()
    expect(await spooled(scene)).toEqual([value.uploadId])
  })
})

describe('the history', () => {
  it('tells what came to its end, and exports it', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    const live = await page.follow()
    await scene.write('=1+1.txt', 5)
    await scene.write('a, "b".txt', 5)
    await writeFile(join(scene.folder, 'empty.txt'), '')
    await page.ask('queue.add', {
      paths: [scene.folder],
      uploads: [],
      destination: scene.to,
      again: false,
    })
    await live.until(({ counts }) => counts.byState.done === 2)
    const filter = { search: '', result: 'all', fromMs: null, untilMs: null } as const
    const window = { ...filter, direction: 'descending', offset: 0, limit: 10 } as const
    const { rows, total } = await page.ask('history.window', window)
    expect(total).toBe(3)
    expect(rows.map(({ settledAtMs }) => settledAtMs)).toEqual(
      rows.map(({ settledAtMs }) => settledAtMs).toSorted((a, b) => b - a),
    )
    expect(rows.find(({ state }) => state.kind === 'done')?.link).toMatch(
      /^https:\/\/demo\.feishu\.cn\/file\//,
    )
    const answer = await page.ask('history.export', { ...filter, language: 'zh-CN' })
    expect(answer).toMatchObject({ rows: 3, truncated: false })
    const [headings, ...lines] = answer.text.split('\r\n')
    expect(headings).toMatch(/^\uFEFF结束时间,结果,原因,文件名,/)
    const lineOf = (name: string) => lines.find((line) => line.includes(`,${name},`))
    expect(lineOf(`"a, ""b"".txt"`)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,已完成,,/)
    expect(lineOf(`'=1+1.txt`)).toBeDefined()
    // The reason in words, besides the code for programs.
    expect(lineOf('empty.txt')).toMatch(/,已跳过,\p{Script=Han}+.*,source-empty,/u)
    const done = await page.ask('history.window', { ...window, result: 'skipped' })
    expect(done.total).toBe(1)
  })
})

it('today’s quota counts every call', async (test) => {
  const scene = await openWebScene(test)
  const page = await scene.signIn()
  const live = await page.follow()
  const file = await scene.write('a.bin', 10)
  await page.ask('queue.add', {
    paths: [file.path],
    uploads: [],
    destination: scene.to,
    again: false,
  })
  await live.until(({ counts }) => counts.byState.done === 1)
  const quota = await page.ask('quota.today', {})
  expect(quota).toMatchObject({ left: 9_999, limit: 10_000, needed: 0 })
  await live.until(({ callsLeft }) => callsLeft === 9_999)
  await page.ask('settings.set', { change: { limits: { callsPerDay: 500, shared: null } } })
  expect(await page.ask('quota.today', {})).toMatchObject({ left: 499 })
  await live.until(({ callsLeft }) => callsLeft === 499)
})
