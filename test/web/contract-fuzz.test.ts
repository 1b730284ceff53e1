import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REQUESTS, type RequestChannel } from '#shared/contract/contract.ts'
import { openWebScene, type Page, type WebScene } from './web-scene.ts'

const CHANNELS = Object.keys(REQUESTS) as RequestChannel[]

/** Texts that have hurt programs before. */
const HOSTILE = [
  '',
  '__proto__',
  'constructor',
  '../../../etc/passwd',
  '/etc/passwd\0.txt',
  "'; DROP TABLE transfers; --",
  '%',
  '{{7*7}}',
  '<img src=x onerror=alert(1)>',
  '\u202Egnp.exe',
  '\uD800',
  'a'.repeat(100_000),
  'folder:../x',
  'javascript:alert(1)',
  '-1',
  'NaN',
]

const hostileText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 40 }))

const leaf = fc.oneof(
  hostileText,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, [], {}, Number.MAX_SAFE_INTEGER, -1, 1e308),
)

/** Names that the contract knows, so that values get past the first look. */
const field = fc.constantFrom(
  'ids',
  'id',
  'tab',
  'search',
  'sort',
  'by',
  'direction',
  'offset',
  'limit',
  'selection',
  'filter',
  'action',
  'token',
  'paused',
  'paths',
  'uploads',
  'destination',
  'again',
  'text',
  'kind',
  'path',
  'showHidden',
  'change',
  'account',
  'appId',
  'appSecret',
  'from',
  'rule',
  'folder',
  'previewId',
  'enabled',
  'include',
  'recursive',
  '__proto__',
  'constructor',
)

const { payload } = fc.letrec<{ payload: unknown }>((tie) => ({
  payload: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('payload'), { maxLength: 4 }),
    fc.dictionary(field, tie('payload'), { maxKeys: 5 }),
  ),
}))

/** Returns a person's state: their queue, history, settings, account. */
async function stateOf(page: Page): Promise<unknown> {
  const { settings } = await page.ask('settings.get', {})
  return {
    rows: await page.rows(),
    settings,
    account: await page.ask('account.get', {}),
    recent: await page.ask('destination.recent', {}),
    rules: (await page.ask('rules.list', {})).rules,
  }
}

async function filled(test: Parameters<typeof openWebScene>[0]) {
  const scene = await openWebScene(test)
  const page = await scene.signIn()
  await page.ask('queue.pause-all', { paused: true })
  const paths = await Promise.all(
    ['a', 'b'].map(async (name) => (await scene.write(name, 10)).path),
  )
  await page.ask('queue.add', { paths, uploads: [], destination: scene.to, again: false })
  const [first] = await page.rows()
  const selection = { ids: [first?.id ?? ''] }
  expect(await page.ask('queue.act', { selection, action: 'pause' })).toMatchObject({ changed: 1 })
  return { scene, page }
}

describe('whatever a page sends', () => {
  it('that does not fit is refused, and changes nothing', async (test) => {
    const { page } = await filled(test)
    const before = await stateOf(page)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CHANNELS), payload, async (channel, input) => {
        const fits = REQUESTS[channel].input.safeParse(JSON.parse(JSON.stringify(input))).success
        if (fits) return
        const { status, answer } = await page.post(channel, input)
        expect(status).toBe(400)
        if (answer.ok) throw new Error('answered')
        expect(answer.error.code).toBe('request-invalid')
      }),
      { numRuns: 400 },
    )
    expect(await stateOf(page)).toEqual(before)
  })

  it('is refused on a channel that does not exist', async (test) => {
    const { page } = await filled(test)
    const before = await stateOf(page)
    await fc.assert(
      fc.asyncProperty(hostileText, payload, async (channel, input) => {
        const name = encodeURIComponent(channel.toWellFormed().slice(0, 60))
        const { status, answer } = await page.post(name, input)
        expect([400, 404]).toContain(status)
        expect(answer).toMatchObject({ ok: false, error: { code: 'request-invalid' } })
      }),
      { numRuns: 100 },
    )
    expect(await stateOf(page)).toEqual(before)
  })

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['a planted prototype', '{"__proto__":{"isAdmin":true}}'],
    ['a planted constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
    ['too deep', '['.repeat(100_000)],
    ['too long', JSON.stringify({ text: 'x'.repeat(9_000_000) })],
    ['no text', '\u0000\u0001'],
  ])('%s is refused', async (_, body) => {
    const clearing: (() => unknown)[] = []
    const test = { onTestFinished: (clear: () => unknown) => clearing.push(clear) }
    try {
      const { page } = await filled(test as never)
      for (const channel of ['settings.set', 'quota.today']) {
        const { status, answer } = await page.post(channel, body).catch(cutOff)
        expect([400, 413]).toContain(status)
        expect(answer).toMatchObject({ ok: false })
      }
      expect(await page.rows()).toHaveLength(2)
    } finally {
      for (const clear of clearing.reverse()) await clear()
    }
  })

  it('about transfers that are not there, is answered so', async (test) => {
    const { page } = await filled(test)
    const before = await stateOf(page)
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 64 }), async (id) => {
        const details = await page.post('transfer.details', { id })
        expect(details.answer).toMatchObject({ ok: false, error: { code: 'transfer-gone' } })
        const selection = { ids: [id] }
        for (const action of ['pause', 'resume', 'retry', 'cancel', 'to-top']) {
          const acted = await page.post('queue.act', { selection, action })
          expect(acted.answer).toMatchObject({ ok: true, value: { changed: 0 } })
        }
        const undone = await page.post('queue.undo', { token: id })
        expect(undone.answer).toMatchObject({ ok: true, value: { restored: 0 } })
      }),
      { numRuns: 40 },
    )
    expect(await stateOf(page)).toEqual(before)
  })

  it('can search for anything', async (test) => {
    const { page } = await filled(test)
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const search = text.slice(0, 200)
        const sort = { by: 'name', direction: 'ascending' } as const
        const window = { tab: 'all', search, sort, offset: 0, limit: 10 } as const
        const { answer } = await page.post('queue.window', window)
        expect(answer.ok).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('files of the machine', () => {
  it.each(['/etc/passwd', '/', '..', 'files', '/proc/self/environ', '/nowhere/at/all'])(
    '%s can neither be looked at nor sent',
    async (path) => {
      const clearing: (() => unknown)[] = []
      const test = { onTestFinished: (clear: () => unknown) => clearing.push(clear) }
      try {
        const { scene, page } = await filled(test as never)
        await expectNotAllowed(scene, page, path)
      } finally {
        for (const clear of clearing.reverse()) await clear()
      }
    },
  )

  it('of Feidi itself are nobody’s business', async (test) => {
    const { scene, page } = await filled(test)
    await expectNotAllowed(scene, page, scene.home)
    await expectNotAllowed(scene, page, `${scene.home}/feidi.db`)
    await expectNotAllowed(scene, page, `${scene.folder}/../home/feidi.db`)
  })

  async function expectNotAllowed(scene: WebScene, page: Page, path: string): Promise<void> {
    const browsed = await page.post('folders.browse', { path, showHidden: true })
    expect(browsed.answer).toMatchObject({ ok: false, error: { code: 'folder-not-allowed' } })
    const input = { paths: [path], uploads: [], destination: scene.to, again: false }
    const added = await page.post('queue.add', input)
    expect(added.answer).toMatchObject({ ok: false, error: { code: 'folder-not-allowed' } })
    expect(await page.rows()).toHaveLength(2)
  }
})

/** A body that is too long may be cut off before it was sent. */
function cutOff(error: Error) {
  expect(error).toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) })
  return { status: 413, answer: { ok: false } }
}
