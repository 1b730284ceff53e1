import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RequestInput } from '#shared/contract/contract.ts'
import type { QueueAction } from '#shared/contract/queue-channels.ts'
import { isGroup } from '#shared/contract/queue-line.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { expectOnce, filesNamed } from '#test/kit/feidi/uploads.ts'
import { Adler32 } from '#test/simulator/adler.ts'
import { openWebScene, type Page, type WebScene } from './web-scene.ts'

const MiB = 1024 * 1024

function add(page: Page, { to }: WebScene, paths: readonly string[]) {
  return page.ask('queue.add', { paths: [...paths], uploads: [], destination: to, again: false })
}

async function rowNamed(page: Page, name: string): Promise<TransferRow> {
  const row = (await page.rows()).find(({ fileName }) => fileName === name)
  if (row === undefined) throw new Error(`no row ${name}`)
  return row
}

function act(page: Page, action: QueueAction, ...ids: string[]) {
  return page.ask('queue.act', { selection: { ids }, action })
}

/** A file of five parts of which the third is on its way and goes no further. */
async function halfSent(test: Parameters<typeof openWebScene>[0]) {
  const scene = await openWebScene(test, { alwaysInParts: true, blockSizeBytes: MiB })
  const file = await scene.write('film.mov', 5 * MiB)
  const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 2 })
  const page = await scene.signIn()
  const live = await page.follow()
  await add(page, scene, [file.path])
  await gate.reached
  await live.until(({ rows }) => Object.values(rows).some(({ sentBytes }) => sentBytes === 2 * MiB))
  const row = await rowNamed(page, 'film.mov')
  return { scene, file, gate, page, live, row }
}

it('what was added together is one group, which is paused and resumed as one', async (test) => {
  const scene = await openWebScene(test)
  const first = await scene.write('box/a.txt', 100)
  await scene.write('box/b.txt', 200)
  const alone = await scene.write('c.txt', 300)
  const page = await scene.signIn()
  const live = await page.follow()
  await page.ask('queue.pause-all', { paused: true })
  await add(page, scene, [dirname(first.path)])
  await add(page, scene, [alone.path])
  const read = async (unfolded: boolean) => {
    const groups = { mode: 'auto', unfolded, except: [] as string[] } as const
    const sort = { by: 'recent', direction: 'descending' } as const
    const window = { tab: 'all', search: '', sort, groups, offset: 0, limit: 50 } as const
    return (await page.ask('queue.window', window)).rows
  }
  const named = async (unfolded: boolean) =>
    (await read(unfolded)).map((line) => (isGroup(line) ? `${line.label}/` : line.fileName))
  expect(await named(false)).toEqual(['c.txt', 'box/'])
  expect(await named(true)).toEqual(['c.txt', 'box/', 'a.txt', 'b.txt'])
  const [box] = (await read(false)).filter(isGroup)
  expect(box).toMatchObject({ kind: 'folder', shown: 2, sizeBytes: 300, share: 0 })
  const selection = { filter: { tab: 'all', search: '', group: box?.group ?? '' } } as const
  expect(await page.ask('queue.act', { selection, action: 'pause' })).toMatchObject({ changed: 2 })
  await page.ask('queue.pause-all', { paused: false })
  await live.until(({ counts }) => counts.byState.done === 1 && counts.byState.paused === 2)
  await page.ask('queue.act', { selection, action: 'resume' })
  await live.until(({ counts }) => counts.byState.done === 3)
  const [done] = (await read(false)).filter(isGroup)
  expect(done).toMatchObject({ share: 1, byState: { done: 2 } })
})

it('keys are named before they are added, and stay here until the person allows them', async (test) => {
  const scene = await openWebScene(test)
  const key = await scene.write('box/.ssh/id_rsa', 100)
  await scene.write('box/note.txt', 100)
  const page = await scene.signIn()
  const live = await page.follow()
  const paths = [dirname(dirname(key.path))]
  expect(await page.ask('queue.sensitive', { paths })).toEqual({
    count: 1,
    named: [{ path: key.path, kind: 'private-key' }],
  })
  const request = { paths, uploads: [], destination: scene.to, again: false }
  const first = await page.ask('queue.add', request)
  expect(first).toMatchObject({ queued: 1, refused: 1, complete: true })
  expect((await rowNamed(page, 'id_rsa')).state).toMatchObject({
    kind: 'skipped',
    error: { code: 'sensitive-file' },
  })
  const second = await page.ask('queue.add', { ...request, allowSensitive: true })
  expect(second).toMatchObject({ refused: 0 })
  await live.until(({ counts }) => counts.byState.done === 2)
})

it('adding is foretold: what goes, what it costs, what is there, and what cannot go', async (test) => {
  const scene = await openWebScene(test)
  const page = await scene.signIn()
  const live = await page.follow()
  const here = await scene.write('box/a.pdf', 1_000)
  await add(page, scene, [here.path])
  await live.until(({ counts }) => counts.byState.done === 1)
  await scene.write('box/b.pdf', 2_000)
  await scene.write('box/.ssh/id_rsa', 100)
  const ask = (destination: string, paths: string[], allowSensitive = false) =>
    page.ask('queue.preview', { previewId: '1', paths, destination, again: false, allowSensitive })
  const paths = [here.path, `${dirname(here.path)}/b.pdf`]
  // The folder is listed before a file is added to it.
  const told = { files: 1, bytes: 2_000, unchanged: 1, refused: 0, calls: 2, days: 1 }
  expect(await ask(scene.to, paths)).toMatchObject({ ...told, complete: true })
  const folder = await ask(scene.to, [dirname(here.path)])
  expect(folder).toMatchObject({ files: 2, refused: 1, reasons: [{ fileName: 'id_rsa' }] })
  expect(await ask(scene.to, [dirname(here.path)], true)).toMatchObject({ files: 3, refused: 0 })
  const sheet = scene.simulator.addSpreadsheet()
  await page.ask('destination.check', { text: `sheet:${sheet.token}` })
  expect(await ask(`sheet:${sheet.token}`, paths)).toMatchObject({
    files: 0,
    refused: 2,
    reasons: [{ error: { code: 'sheet-only-images' } }],
  })
  // It has sent nothing and queued nothing.
  expect(scene.simulator.files()).toHaveLength(1)
  expect(await page.rows()).toHaveLength(1)
  await expect(ask(scene.to, ['/etc/hostname'])).rejects.toThrow('folder-not-allowed')
})

describe('a paused transfer', () => {
  it('keeps its acknowledged parts, and goes on from there', async (test) => {
    const { scene, file, gate, page, live, row } = await halfSent(test)
    expect(await act(page, 'pause', row.id)).toEqual({ changed: 1, undo: null })
    gate.abandon()
    const paused = await rowNamed(page, 'film.mov')
    expect(paused).toMatchObject({ state: { kind: 'paused' }, sentBytes: 2 * MiB })
    const details = await page.ask('transfer.details', { id: row.id })
    expect(details.parts).toMatchObject({
      count: 5,
      partBytes: MiB,
      runs: [{ state: 'acknowledged', from: 0, to: 1 }],
    })
    expect(details.transaction).not.toBeNull()

    await act(page, 'resume', row.id)
    await live.until(({ counts }) => counts.byState.done === 1)
    await expectOnce(scene.simulator, scene.folderToken, file)
    expect(scene.simulator.callsTo('files/upload_prepare')).toHaveLength(1)
    for (const seq of [0, 1]) {
      const sent = scene.simulator.callsTo('files/upload_part').filter((call) => call.seq === seq)
      expect(sent, `part ${seq}`).toHaveLength(1)
    }
    const after = await page.ask('transfer.details', { id: row.id })
    expect(after.timeline.map(({ kind }) => kind)).toEqual([
      'queued',
      // The scene remembers a line of a few bytes a second, so that the file goes in parts.
      'too-slow',
      'prepared',
      'parts',
      'paused',
      'continued',
      'resumed',
      'parts',
      'done',
    ])
    expect(after.receipt).toMatchObject({ partCount: 5, partBytes: MiB })
    expect(after.receipt?.checksums).toHaveLength(5)
  })

  it('stays paused over a restart', async (test) => {
    const { scene, gate, page, row } = await halfSent(test)
    await act(page, 'pause', row.id)
    gate.abandon()
    const again = await scene.restart()
    expect(await rowNamed(again, 'film.mov')).toMatchObject({
      state: { kind: 'paused' },
      sentBytes: 2 * MiB,
    })
  })

  it('lets the next one go', async (test) => {
    const { scene, gate, page, live, row } = await halfSent(test)
    await act(page, 'pause', row.id)
    gate.abandon()
    const next = await scene.write('next.bin', MiB)
    await add(page, scene, [next.path])
    await live.until(({ counts }) => counts.byState.done === 1)
    await expectOnce(scene.simulator, scene.folderToken, next)
    expect(filesNamed(scene.simulator, scene.folderToken, 'film.mov')).toEqual([])
  })
})

describe('a cancelled transfer', () => {
  it('goes back to where it was when that is undone', async (test) => {
    const { scene, file, gate, page, live, row } = await halfSent(test)
    const { changed, undo } = await act(page, 'cancel', row.id)
    gate.abandon()
    expect(changed).toBe(1)
    expect(await rowNamed(page, 'film.mov')).toMatchObject({ state: { kind: 'cancelled' } })
    expect(await page.ask('queue.undo', { token: undo?.token ?? '' })).toEqual({
      restored: 1,
      kept: 0,
    })
    await live.until(({ counts }) => counts.byState.done === 1)
    await expectOnce(scene.simulator, scene.folderToken, file)
    expect(scene.simulator.callsTo('files/upload_prepare')).toHaveLength(1)
    expect(await page.ask('queue.undo', { token: undo?.token ?? '' })).toMatchObject({
      restored: 0,
    })
  })

  it('is forgotten by the next start, and begins anew when it is tried again', async (test) => {
    const { scene, file, gate, page, row } = await halfSent(test)
    await act(page, 'cancel', row.id)
    gate.abandon()
    const again = await scene.restart()
    const details = await again.ask('transfer.details', { id: row.id })
    expect(details).toMatchObject({ transaction: null, row: { sentBytes: 0 } })
    const live = await again.follow()
    await act(again, 'retry', row.id)
    await live.until(({ counts }) => counts.byState.done === 1)
    await expectOnce(scene.simulator, scene.folderToken, file)
    // A line that has proved quick may now take it in one call.
    const begun = ['files/upload_prepare', 'files/upload_all'] as const
    expect(begun.flatMap((call) => scene.simulator.callsTo(call))).toHaveLength(2)
  })
})

describe('a refused transfer', () => {
  async function refused(test: Parameters<typeof openWebScene>[0], code: number) {
    const scene = await openWebScene(test)
    const file = await scene.write('a.bin', 1_000)
    scene.simulator.faults.add({
      endpoint: 'files/upload_all',
      do: { kind: 'answer', status: 403, code },
    })
    const page = await scene.signIn()
    const live = await page.follow()
    await add(page, scene, [file.path])
    await live.until(({ counts }) => counts.byTab.attention === 1)
    return { scene, file, page, live, row: await rowNamed(page, 'a.bin') }
  }

  it('goes up when it is tried again and the reason is gone', async (test) => {
    const { scene, file, page, live, row } = await refused(test, 1061004)
    const { error } = await page.ask('transfer.details', { id: row.id })
    expect(error).toMatchObject({ code: 1061004 })
    expect(await act(page, 'retry', row.id)).toMatchObject({ changed: 1 })
    await live.until(({ counts }) => counts.byState.done === 1)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('keeps its place from being offered first', async (test) => {
    const { scene, page } = await refused(test, 1061004)
    const other = `folder:${scene.simulator.createFolder('', 'Other')}`
    await page.ask('destination.check', { text: other })
    await page.ask('queue.pause-all', { paused: true })
    const another = await scene.write('b.bin', 1_000)
    for (const destination of [other, scene.to]) {
      const paths = [another.path]
      await page.ask('queue.add', { paths, uploads: [], destination, again: false })
    }
    const { recent } = await page.ask('destination.recent', {})
    expect(recent.map(({ text }) => text)).toEqual([other, scene.to])
  })

  it.for([
    ['blocked', 1061004],
    ['failed', 1061002],
  ] as const)(
    'that is %s can be put away, and comes back when that is undone',
    async ([kind, code], test) => {
      const { page, live, row } = await refused(test, code)
      expect(row.state.kind).toBe(kind)
      const { changed, undo } = await act(page, 'cancel', row.id)
      expect(changed).toBe(1)
      await live.until(({ counts }) => counts.byTab.attention === 0)
      await page.ask('queue.undo', { token: undo?.token ?? '' })
      expect((await rowNamed(page, 'a.bin')).state).toEqual(row.state)
    },
  )
})

describe('everything', () => {
  it('stops at once when all is paused, also over a restart, and goes on', async (test) => {
    const { scene, file, gate, page } = await halfSent(test)
    await page.ask('queue.pause-all', { paused: true })
    gate.abandon()
    expect(await rowNamed(page, 'film.mov')).toMatchObject({
      state: { kind: 'queued' },
      sentBytes: 2 * MiB,
    })
    const again = await scene.restart()
    const live = await again.follow()
    const state = await live.until(({ engine }) => engine.kind === 'paused')
    expect(state.overall.eta).toEqual({ kind: 'unknown' })
    await again.ask('queue.pause-all', { paused: false })
    await live.until(({ counts }) => counts.byState.done === 1)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('that a filter shows can be paused, put first and cancelled in one go', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    await page.ask('queue.pause-all', { paused: true })
    for (let index = 0; index < 250; index++) await scene.write(`many/${index}.txt`, 10)
    const added = await add(page, scene, [scene.folder])
    const live = await page.follow()
    const all = await live.until(
      ({ counts, adding }) => counts.byState.queued === 250 && adding.length === 0,
    )
    expect(all.overall.totalFiles).toBe(250)
    expect(added.undo).not.toBeNull()

    const nines = { filter: { tab: 'waiting', search: '9.txt' } } as const
    const sort = { by: 'queue', direction: 'ascending' } as const
    const window = { tab: 'all', search: '', sort, offset: 0, limit: 250 } as const
    const order = async () => {
      const { rows } = await page.ask('queue.window', window)
      return rows.map((line) => (isGroup(line) ? line.label : line.fileName))
    }
    const before = await order()
    const first = await page.ask('queue.act', { selection: nines, action: 'to-top' })
    expect(first.changed).toBe(25)
    expect((await order()).slice(0, 25).every((name) => name.endsWith('9.txt'))).toBe(true)
    expect(await page.ask('queue.undo', { token: first.undo?.token ?? '' })).toEqual({
      restored: 25,
      kept: 0,
    })
    expect(await order()).toEqual(before)

    const paused = await page.ask('queue.act', { selection: nines, action: 'pause' })
    expect(paused.changed).toBe(25)
    const rest = { filter: { tab: 'all', search: '' } } as const
    const cancelled = await page.ask('queue.act', { selection: rest, action: 'cancel' })
    expect(cancelled.changed).toBe(250)
    const undone = await page.ask('queue.undo', { token: cancelled.undo?.token ?? '' })
    expect(undone).toEqual({ restored: 250, kept: 0 })
    await live.until(
      ({ counts: { byState } }) =>
        byState.paused === 25 && byState.queued === 225 && byState.cancelled === 0,
    )
  })
})

describe('what was added by mistake', () => {
  it('leaves as if it had never been asked for; what was there before stays', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    await page.ask('queue.pause-all', { paused: true })
    const names = ['queued', 'cancelled', 'added']
    const files = await Promise.all(names.map((name) => scene.write(name, 10)))
    const paths = files.map(({ path }) => path)
    await add(page, scene, paths.slice(0, 2))
    await act(page, 'cancel', (await rowNamed(page, 'cancelled')).id)
    const answer = await add(page, scene, paths)
    expect(answer).toMatchObject({ queued: 2, there: 1, unchanged: 0, complete: true })
    const undone = await page.ask('queue.undo', { token: answer.undo?.token ?? '' })
    expect(undone).toEqual({ restored: 2, kept: 0 })
    const kinds = (await page.rows()).map(({ fileName, state }) => [fileName, state.kind])
    expect(Object.fromEntries(kinds)).toEqual({ queued: 'queued', cancelled: 'cancelled' })
    await page.ask('queue.pause-all', { paused: false })
    const live = await page.follow()
    await live.until(({ counts }) => counts.byState.done === 1)
    expect(scene.simulator.files().map(({ name }) => name)).toEqual(['queued'])
  })
})

describe('the list', () => {
  it('is cleared; the history and what is known to be in Feishu outlive that', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    const files = await Promise.all(['a', 'b', 'c'].map((name) => scene.write(name, 10)))
    const paths = files.map(({ path }) => path)
    await add(page, scene, paths)
    const live = await page.follow()
    await live.until(({ counts }) => counts.byState.done === 3)
    const all = { filter: { tab: 'all', search: '' } } as const
    const { changed, undo } = await page.ask('queue.act', { selection: all, action: 'clear' })
    expect(changed).toBe(3)
    expect(await page.rows()).toEqual([])
    await live.until(({ counts }) => counts.byTab.all === 0)
    await page.ask('queue.undo', { token: undo?.token ?? '' })
    expect(await page.rows()).toHaveLength(3)
    await act(page, 'remove', (await rowNamed(page, 'a')).id)
    expect(await page.rows()).toHaveLength(2)
    await page.ask('queue.act', { selection: all, action: 'clear' })

    const history = { search: '', result: 'all', fromMs: null, untilMs: null } as const
    const window = { ...history, direction: 'descending', offset: 0, limit: 9 } as const
    expect(await page.ask('history.window', window)).toMatchObject({ total: 3 })
    const uploads = scene.simulator.callsTo('files/upload_all').length
    expect(await add(page, scene, paths)).toMatchObject({ queued: 0, unchanged: 3 })
    expect(scene.simulator.callsTo('files/upload_all')).toHaveLength(uploads)
    for (const file of files) await expectOnce(scene.simulator, scene.folderToken, file)
  })
})

it('a page that follows all along knows what a new page is told', async (test) => {
  const scene = await openWebScene(test, { alwaysInParts: true, blockSizeBytes: MiB / 4 })
  const page = await scene.signIn()
  const live = await page.follow()
  const files = await Promise.all([1, 2, 3].map((n) => scene.write(`${n}.bin`, 2 * MiB)))
  await add(
    page,
    scene,
    files.map(({ path }) => path),
  )
  const done = await live.until(({ counts }) => counts.byState.done === 3)
  const fresh = await page.follow()
  const [snapshot] = fresh.events
  if (snapshot?.kind !== 'snapshot') throw new Error('no snapshot')
  expect(snapshot.seq).toBeGreaterThanOrEqual(live.events.at(-1)?.seq ?? 0)
  expect(done.counts).toEqual(snapshot.state.counts)
  for (const file of files) await expectOnce(scene.simulator, scene.folderToken, file)
})

describe('what is at stake', () => {
  it('is what Feishu has acknowledged of what would be cancelled, chosen one by one or by a filter', async (test) => {
    const { page, gate, row } = await halfSent(test)
    const all = { filter: { tab: 'all', search: '' } } as const
    const none = { filter: { tab: 'all', search: 'nothing like it' } } as const
    const stake = (selection: RequestInput<'queue.at-stake'>['selection']) =>
      page.ask('queue.at-stake', { selection })
    expect(await stake({ ids: [row.id, 'gone'] })).toEqual({ transfers: 1, sentBytes: 2 * MiB })
    expect(await stake(all)).toEqual({ transfers: 1, sentBytes: 2 * MiB })
    expect(await stake(none)).toEqual({ transfers: 0, sentBytes: 0 })
    await act(page, 'cancel', row.id)
    gate.abandon()
    expect(await stake(all)).toEqual({ transfers: 0, sentBytes: 0 })
  })
})

describe('a receipt', () => {
  it('has the checksum of every part that arrived, and only of what is up', async (test) => {
    const { scene, page, gate, live, row, file } = await halfSent(test)
    const refused = await page.post('transfer.receipt', { id: row.id })
    expect(refused.answer).toMatchObject({ ok: false, error: { code: 'transfer-gone' } })
    gate.release()
    await live.until(({ counts }) => counts.byState.done === 1)
    const token = await expectOnce(scene.simulator, scene.folderToken, file)

    const { fileName, text } = await page.ask('transfer.receipt', { id: row.id })
    expect(fileName).toBe('film.mov.feidi-receipt.json')
    const checksums = Array.from({ length: 5 }, (_, seq) =>
      checksumOf(file.bytes.subarray(seq * MiB, (seq + 1) * MiB)),
    )
    expect(JSON.parse(text)).toMatchObject({
      file: { name: 'film.mov', path: file.path, sizeBytes: 5 * MiB },
      destination: { place: scene.to, folders: [] },
      fileToken: token,
      link: `https://demo.feishu.cn/file/${token}`,
      content: { hash: contentHashOf(file.bytes), leafBytes: 4 * MiB },
      parts: { sizeBytes: MiB, adler32: checksums },
    })
    const { parts } = await page.ask('transfer.parts', { id: row.id, from: 3, limit: 100 })
    expect(parts.map(({ seq, checksum }) => [seq, checksum.toString(16).padStart(8, '0')])).toEqual(
      [
        [3, checksums[3]],
        [4, checksums[4]],
      ],
    )
  })
})

/** As a receipt tells anybody to make it. */
function contentHashOf(bytes: Uint8Array): string {
  const sha256 = (some: Uint8Array) => createHash('sha256').update(some).digest()
  const leaves = [bytes.subarray(0, 4 * MiB), bytes.subarray(4 * MiB)].map(sha256)
  return sha256(Buffer.concat(leaves)).toString('hex')
}

function checksumOf(bytes: Uint8Array): string {
  const checksum = new Adler32()
  checksum.update(bytes)
  return checksum.value.toString(16).padStart(8, '0')
}
