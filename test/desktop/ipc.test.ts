import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, type TestContext } from 'vitest'
import { APP_ORIGIN, isOurPage } from '#main/desktop/app-protocol.ts'
import { handleIpc } from '#main/desktop/handle-ipc.ts'
import { FOLLOW, LIVE, REQUEST_PREFIX, UNFOLLOW } from '#main/desktop/ipc-names.ts'
import { openDesktopApp } from '#main/desktop/open-desktop-app.ts'
import { openLog } from '#main/lib/log/open-log.ts'
import { REQUESTS, type RequestChannel } from '#shared/contract/contract.ts'
import { StandInIpc, StandInPage } from './stand-in/ipc.ts'

const CHANNELS = Object.keys(REQUESTS) as RequestChannel[]
const ALL_ROWS = {
  ...{ tab: 'all', search: '', offset: 0, limit: 500 },
  sort: { by: 'added', direction: 'ascending' },
}
const OURS = 'app://feidi/'

async function openShell(test: TestContext) {
  const root = await mkdtemp(join(tmpdir(), 'feidi-shell-'))
  test.onTestFinished(() => rm(root, { recursive: true, force: true }))
  const home = join(root, 'home')
  // As homes are that were moved to another drive.
  await mkdir(join(root, 'drive'))
  await symlink(join(root, 'drive'), home)
  const faults: unknown[] = []
  const app = await openDesktopApp({
    home,
    keyStorage: () => 'system',
    canStartAtLogin: false,
    hasTray: true,
    canNotify: () => true,
    // There is no listener, and nothing leaves this machine.
    baseUrl: 'http://127.0.0.1:9',
    caFile: undefined,
    log: openLog(home),
    version: '0.0.0-test',
    systemLanguage: 'en',
    keychain: { seal: async (secret) => `sealed ${secret.length}`, open: async () => 'secret' },
    pick: async (kind) => (kind === 'files' ? ['/a', '/b'] : null),
    reveal: async () => {},
    openOutside: async () => {},
    onFault: (what, error) => faults.push([what, error]),
  })
  test.onTestFinished(async () => {
    await app.close(0)
    expect(faults).toEqual([])
  })
  const ipc = new StandInIpc()
  handleIpc({
    ipcMain: ipc,
    app,
    isTrusted: (sender) => isOurPage(sender, APP_ORIGIN),
    nowMs: Date.now,
  })
  const page = new StandInPage(1, OURS)
  const ask = (channel: string, input: unknown, from = page) =>
    ipc.call(from.event, `${REQUEST_PREFIX}${channel}`, input)
  return { ipc, page, ask, root }
}

describe('requests', () => {
  it('have a channel each, and there is no other', async (test) => {
    const { ipc } = await openShell(test)
    const names = CHANNELS.map((channel) => `${REQUEST_PREFIX}${channel}`)
    expect([...ipc.handlers.keys()]).toEqual(names)
  })

  it('of our page are answered', async (test) => {
    const { ask } = await openShell(test)
    expect(await ask('app.info', {})).toMatchObject({ ok: true, value: { host: 'desktop' } })
    expect(await ask('files.pick', { kind: 'files' })).toEqual({
      ok: true,
      value: { paths: ['/a', '/b'] },
    })
    expect(await ask('files.pick', { kind: 'folder' })).toEqual({
      ok: true,
      value: { paths: null },
    })
    expect(await ask('folders.browse', { path: null, showHidden: false })).toMatchObject({
      ok: false,
      error: { code: 'not-available-here' },
    })
  })

  it.each([
    ['another site', 'https://evil.example/', false],
    ['a file', 'file:///tmp/page.html', false],
    ['another host of our scheme', 'app://evil/', false],
    ['a name that begins like ours', 'app://feidi.evil/', false],
    ['a frame in our page', OURS, true],
    ['a page that is gone', null, false],
  ])('of %s are refused on every channel', async (_, url, isFrame) => {
    const clearing: (() => unknown)[] = []
    const test = { onTestFinished: (clear: () => unknown) => clearing.push(clear) }
    try {
      const { ask, ipc } = await openShell(test as unknown as TestContext)
      const stranger = new StandInPage(2, url, isFrame ? ({} as never) : null)
      for (const channel of CHANNELS) {
        const answer = await ask(channel, {}, stranger)
        expect(answer, channel).toMatchObject({ ok: false, error: { code: 'request-refused' } })
      }
      ipc.tell(stranger.event, FOLLOW)
      expect(stranger.sent).toEqual([])
    } finally {
      for (const clear of clearing.reverse()) await clear()
    }
  })

  it('that do not fit are refused and change nothing', async (test) => {
    const { ask } = await openShell(test)
    const stateOf = async () => [
      await ask('settings.get', {}),
      await ask('queue.window', ALL_ROWS),
      await ask('account.get', {}),
    ]
    const before = await stateOf()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...CHANNELS),
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
        async (channel, input) => {
          if (REQUESTS[channel].input.safeParse(input).success) return
          expect(await ask(channel, input)).toMatchObject({
            ok: false,
            error: { code: 'request-invalid' },
          })
        },
      ),
      { numRuns: 400 },
    )
    expect(await stateOf()).toEqual(before)
  })

  it.for([
    ['a file of it', 'home/feidi.db'],
    ['all of it', 'home'],
    ['where it really lies', 'drive/feidi.db'],
    ['a folder around it', '.'],
  ] as const)('for the state of Feidi itself are refused: %s', async ([, path], test) => {
    const { ask, root } = await openShell(test)
    const paths = [join(root, path)]
    const input = { paths, uploads: [], destination: 'folder:x', again: false }
    expect(await ask('queue.add', input)).toMatchObject({
      ok: false,
      error: { code: 'holds-own-state' },
    })
  })
})

describe('live events', () => {
  it('go to a page that asked for them, until it leaves', async (test) => {
    const { ipc, page, ask } = await openShell(test)
    ipc.tell(page.event, FOLLOW)
    expect(page.sent).toMatchObject([{ channel: LIVE, content: { kind: 'snapshot' } }])
    const patched = Promise.withResolvers<void>()
    page.send = (channel, content) => {
      expect(channel).toBe(LIVE)
      expect(content).toMatchObject({ kind: 'patch', seq: 1 })
      patched.resolve()
    }
    await ask('accounts.add-app', {
      ...{ appId: 'cli_demo', appSecret: 'demo-secret', brand: 'feishu' },
    })
    await patched.promise
    ipc.tell(page.event, UNFOLLOW)
  })

  it('begin anew for a page that was loaded anew', async (test) => {
    const { ipc, page } = await openShell(test)
    ipc.tell(page.event, FOLLOW)
    ipc.tell(page.event, FOLLOW)
    expect(page.sent).toHaveLength(2)
    expect(page.listenerCount('destroyed')).toBe(1)
  })

  it('are not sent to a page that is gone', async (test) => {
    const { ipc, page, ask } = await openShell(test)
    ipc.tell(page.event, FOLLOW)
    page.destroy()
    await ask('accounts.add-app', {
      ...{ appId: 'cli_demo', appSecret: 'demo-secret', brand: 'feishu' },
    })
    expect(page.sent).toHaveLength(1)
  })
})
