/** Every failure's remedy, carried out as its text says: the file is in Feishu afterwards, once. */
import { mkdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { type Remedy, remedyFor } from '#shared/errors/remedy-for.ts'
import { expectOnce, filesNamed } from '#test/kit/feidi/uploads.ts'
import type { Simulator } from '#test/simulator/simulator.ts'
import { openWebScene, type Page, type WebScene } from './web-scene.ts'

interface Trouble {
  readonly scene: WebScene
  readonly page: Page
  readonly file: Awaited<ReturnType<WebScene['write']>>
  readonly id: string
  /** As after "Retry". */
  retry(): Promise<void>
}

/** A file that has met a failure, of which this is the remedy. */
async function trouble(
  test: TestContext,
  code: ErrorCode,
  remedy: Remedy,
  cause: (simulator: Simulator, folder: string) => void,
): Promise<Trouble> {
  const scene = await openWebScene(test)
  const { simulator, folderToken } = scene
  cause(simulator, folderToken)
  const file = await scene.write('report.pdf', 3_000)
  const page = await scene.signIn()
  const live = await page.follow()
  await page.ask('queue.add', add([file.path], scene.to))
  // A failure of the whole account blocks that, and its files stay queued.
  const { engine } = await live.until(
    ({ counts, engine }) => counts.byTab.attention === 1 || engine.kind === 'blocked',
  )
  const [row] = await page.rows()
  if (row === undefined) throw new Error('no row')
  const error = 'error' in row.state ? row.state.error : engine.error
  expect(error?.code).toBe(code)
  expect(error && remedyFor(error)).toBe(remedy)
  return {
    ...{ scene, page, file, id: row.id },
    async retry() {
      await page.ask('queue.act', { selection: { ids: [row.id] }, action: 'retry' })
      await live.until(({ counts }) => counts.byState.done === 1)
    },
  }
}

function add(paths: readonly string[], destination: string) {
  return { paths: [...paths], uploads: [], destination, again: false }
}

/** This answer to the first upload. */
function refusing(code: number, status = 400) {
  return ({ faults }: Simulator) =>
    faults.add({ endpoint: 'files/upload_all', do: { kind: 'answer', status, code } })
}

describe('a name that is refused', () => {
  it('is changed on the disk, and the file is found under the new one', async (test) => {
    const { scene, file, retry } = await trouble(test, 1061109, 'show-file', refusing(1061109))
    await rename(file.path, join(dirname(file.path), '报告.pdf'))
    await retry()
    await expectOnce(scene.simulator, scene.folderToken, { ...file, name: '报告.pdf' })
    expect(filesNamed(scene.simulator, scene.folderToken, 'report.pdf')).toEqual([])
  })

  it('is not changed to one that another transfer has', async (test) => {
    const { scene, page, file, id } = await trouble(test, 1061109, 'show-file', refusing(1061109))
    const path = join(dirname(file.path), 'b.pdf')
    await page.ask('queue.pause-all', { paused: true })
    await rename(file.path, path)
    await page.ask('queue.add', add([path], scene.to))
    await page.ask('queue.act', { selection: { ids: [id] }, action: 'retry' })
    const paths = (await page.rows()).map((row) => row.path)
    expect(paths.toSorted()).toEqual([path, file.path].toSorted())
  })
})

it('a file that has moved to another folder is chosen again', async (test) => {
  const { scene, page, file, id } = await trouble(test, 1061109, 'show-file', refusing(1061109))
  const moved = join(dirname(file.path), 'archive', 'report.pdf')
  await mkdir(dirname(moved))
  await rename(file.path, moved)
  const live = await page.follow()
  await page.ask('queue.act', { selection: { ids: [id] }, action: 'retry' })
  await expect
    .poll(async () => (await page.rows())[0]?.state)
    .toMatchObject({ kind: 'failed', error: { code: 'source-missing' } })
  expect(remedyFor({ code: 'source-missing' })).toBe('find-file')
  await page.ask('queue.add', add([moved], scene.to))
  await page.ask('queue.act', { selection: { ids: [id] }, action: 'cancel' })
  await live.until(({ counts }) => counts.byState.done === 1 && counts.byTab.attention === 0)
  await expectOnce(scene.simulator, scene.folderToken, file)
})

it.for([
  ['a full folder', 1062507, refusing(1062507)],
  ['a folder that may not be edited', 1061004, refusing(1061004, 403)],
] as const)('%s is exchanged for another destination', async ([, code, cause], test) => {
  const { scene, page, file, id } = await trouble(test, code, 'other-destination', cause)
  const other = scene.simulator.createFolder('', 'Other')
  const live = await page.follow()
  await page.ask('queue.add', add([file.path], `folder:${other}`))
  await page.ask('queue.act', { selection: { ids: [id] }, action: 'cancel' })
  await live.until(({ counts }) => counts.byState.done === 1 && counts.byTab.attention === 0)
  await expectOnce(scene.simulator, other, file)
})

it('a full folder is exchanged for all of its files at once, and that can be undone', async (test) => {
  const scene = await openWebScene(test)
  const { simulator } = scene
  const other = simulator.createFolder('', 'Other')
  const files = await Promise.all(['a', 'b', 'c'].map((name) => scene.write(`${name}.pdf`, 3_000)))
  simulator.faults.add({
    endpoint: 'files/upload_all',
    times: 'always',
    do: { kind: 'answer', status: 400, code: 1062507 },
  })
  const page = await scene.signIn()
  const live = await page.follow()
  const paths = files.map(({ path }) => path)
  await page.ask('queue.add', add(paths, scene.to))
  const { failures } = await live.until((state) => state.failures.length > 0)
  expect(failures).toMatchObject([{ failed: 0, blocked: 3, filter: { account: null } }])
  await page.ask('queue.pause-all', { paused: true })
  simulator.faults.clear()
  const [alike] = failures
  if (alike === undefined) throw new Error('no failures')
  const selection = { filter: { tab: 'attention', search: '', trouble: alike.filter } } as const
  const redirect = { selection, destination: `folder:${other}` }
  const { changed, left, undo } = await page.ask('queue.redirect', redirect)
  expect({ changed, left }).toEqual({ changed: 3, left: 0 })
  expect(await page.ask('queue.undo', { token: undo?.token ?? '' })).toEqual({
    ...{ restored: 3, kept: 0 },
  })
  expect((await page.rows()).map(({ state }) => state.kind)).toEqual([
    'blocked',
    'blocked',
    'blocked',
  ])
  await page.ask('queue.redirect', redirect)
  await page.ask('queue.pause-all', { paused: false })
  await live.until((state) => state.counts.byState.done === 3 && state.failures.length === 0)
  for (const file of files) await expectOnce(simulator, other, file)
})

it('a file that can not become a document is uploaded as it is', async (test) => {
  const scene = await openWebScene(test)
  const file = await scene.write('report.docx', 3_000)
  const page = await scene.signIn()
  const live = await page.follow()
  await page.ask('queue.add', { ...add([file.path], scene.to), handling: { asDocument: {} } })
  await live.until(({ counts }) => counts.byTab.attention === 1)
  const [row] = await page.rows()
  if (row?.state.kind !== 'failed') throw new Error('not failed')
  expect(remedyFor(row.state.error)).toBe('as-file')
  await page.ask('queue.act', { selection: { ids: [row.id] }, action: 'as-file' })
  await live.until(({ counts }) => counts.byState.done === 1)
  await expectOnce(scene.simulator, scene.folderToken, file)
})

it('a scope that the app lacks is added, and retrying is enough', async (test) => {
  const { scene, file, retry } = await trouble(test, 99991672, 'add-scopes', (simulator) =>
    simulator.registerApp('cli_demo', 'demo-secret', { scopes: ['drive:drive:readonly'] }),
  )
  scene.simulator.registerApp('cli_demo', 'demo-secret')
  await retry()
  await expectOnce(scene.simulator, scene.folderToken, file)
})

it('the storage of the person is there again, and retrying is enough', async (test) => {
  const { scene, file, retry } = await trouble(test, 1061061, 'retry', refusing(1061061))
  await retry()
  await expectOnce(scene.simulator, scene.folderToken, file)
})
