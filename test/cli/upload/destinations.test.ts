import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { type Surroundings, type WorkResult, work } from '#test/kit/feidi/in-process.ts'
import { KiB, openScene, type Scene, type SceneOptions } from '#test/kit/feidi/scene.ts'
import { expectBytes } from '#test/kit/feidi/uploads.ts'

async function openPlace(test: TestContext, options: SceneOptions = {}): Promise<Scene> {
  return openScene(test, { requireRouteToken: true, ...options })
}

function bring(scene: Scene, to: string, ...paths: string[]): Promise<WorkResult> {
  return work({
    baseUrl: scene.simulator.baseUrl,
    home: scene.home,
    paths,
    to,
    clock: fastClock(scene.simulator, 20),
  })
}

/** Tokens in the attachment field of each record. */
function attachments({ simulator }: Scene, appToken: string, tableId: string): string[][] {
  return simulator
    .records(appToken, tableId)
    .map(({ fields }) =>
      (fields['附件'] as { file_token: string }[]).map((file) => file.file_token),
    )
}

describe.concurrent('a Base', () => {
  it('gets a record for each file, with what was asked for in other fields', async (test) => {
    const scene = await openPlace(test, { blockSizeBytes: 64 * KiB, singleCallBytes: 100 * KiB })
    const base = scene.simulator.addBase({
      tables: [
        {
          id: 'tbl1',
          fields: [
            { name: '名称', type: 'text' },
            { name: '附件', type: 'attachment' },
            { name: '路径', type: 'text' },
            { name: '大小', type: 'number' },
            { name: '时间', type: 'date' },
          ],
        },
      ],
    })
    const small = await scene.write('合同/2026/甲方.pdf', 900)
    const large = await scene.write('合同/乙方.pdf', 200 * KiB)
    const to = `base:${base.token}/tbl1?name=名称&path=路径&size=大小&time=时间`
    const { end, transfers } = await bring(scene, to, join(scene.folder, '合同'))
    expect(end).toEqual({ kind: 'settled' })
    expect(transfers.map(({ state }) => state.kind)).toEqual(['done', 'done'])
    const records = scene.simulator.records(base.token, 'tbl1')
    expect(new Set(records.map(({ fields }) => fields['路径']))).toEqual(
      new Set(['合同/2026/甲方.pdf', '合同/乙方.pdf']),
    )
    for (const { fields } of records) {
      const file = fields['名称'] === '甲方.pdf' ? small : large
      expect(fields['大小']).toBe(file.bytes.length)
      expect(Number(fields['时间'])).toBeGreaterThan(Date.now() - 3_600_000)
      const [attached] = fields['附件'] as { file_token: string }[]
      await expectBytes(scene.simulator, attached?.file_token ?? '', file.bytes)
    }
    const again = await bring(scene, to, join(scene.folder, '合同'))
    expect(again.end).toEqual({ kind: 'settled' })
    expect(scene.simulator.records(base.token, 'tbl1')).toHaveLength(2)
  })

  it('gets files into a given record beside those that are there', async (test) => {
    const scene = await openPlace(test)
    const base = scene.simulator.addBase({ tables: [{ id: 'tbl1' }] })
    const first = await scene.write('a.txt', 10)
    await bring(scene, `base:${base.token}/tbl1`, first.path)
    const [record] = scene.simulator.records(base.token, 'tbl1')
    const more = await Promise.all(['b.txt', 'c.txt', 'd.txt'].map((name) => scene.write(name, 20)))
    const to = `base:${base.token}/tbl1/附件?record=${record?.recordId}`
    await bring(scene, to, ...more.map(({ path }) => path))
    const [tokens, ...others] = attachments(scene, base.token, 'tbl1')
    expect(others).toEqual([])
    expect(tokens).toHaveLength(4)
    expect(new Set(tokens).size).toBe(4)
  })

  it('is written one record at a time, however fast the files go up', async (test) => {
    const scene = await openPlace(test)
    const base = scene.simulator.addBase({ tables: [{ id: 'tbl1' }], writesPerSecond: 2 })
    const files = await Promise.all(
      Array.from({ length: 8 }, (_, index) => scene.write(`${index}.txt`, 50 + index)),
    )
    await bring(scene, `base:${base.token}/tbl1`, ...files.map(({ path }) => path))
    expect(attachments(scene, base.token, 'tbl1')).toHaveLength(8)
    const writes = scene.simulator.callsTo('bitable/create_record')
    expect(writes.filter(({ code }) => code !== 0)).toEqual([])
  })

  it('is asked for a field when it has several, before anything is sent', async (test) => {
    const scene = await openPlace(test)
    const fields = [
      { name: '合同', type: 'attachment' },
      { name: '发票', type: 'attachment' },
    ] as const
    const base = scene.simulator.addBase({ tables: [{ id: 'tbl1', fields }] })
    const { path } = await scene.write('a.txt', 10)
    const { stateOf } = await bring(scene, `base:${base.token}/tbl1`, path)
    expect(stateOf(path)).toMatchObject({
      kind: 'blocked',
      error: { code: 'base-field-ambiguous', detail: '合同, 发票' },
    })
    expect(scene.simulator.files()).toEqual([])
    const named = await bring(scene, `base:${base.token}/tbl1/发票`, path)
    expect(named.transfers.at(-1)?.state.kind).toBe('done')
  })

  it('that refuses the record keeps the file, which is not sent again', async (test) => {
    const scene = await openPlace(test)
    const base = scene.simulator.addBase({ tables: [{ id: 'tbl1' }] })
    const { path } = await scene.write('a.txt', 10)
    scene.simulator.faults.add({
      endpoint: 'bitable/create_record',
      do: { kind: 'answer', status: 403, code: 1254304 },
    })
    const to = `base:${base.token}/tbl1`
    const refused = await bring(scene, to, path)
    expect(refused.stateOf(path)?.kind).toBe('blocked')
    const allowed = await bring(scene, to, path)
    expect(allowed.stateOf(path)?.kind).toBe('done')
    expect(attachments(scene, base.token, 'tbl1')).toHaveLength(1)
    expect(scene.simulator.callsTo('medias/upload_all')).toHaveLength(1)
  })

  it('that does not know the media gets it again, uploaded for this Base', async (test) => {
    const scene = await openPlace(test)
    const base = scene.simulator.addBase({ tables: [{ id: 'tbl1' }] })
    const { path } = await scene.write('a.txt', 10)
    scene.simulator.faults.add({
      endpoint: 'bitable/create_record',
      do: { kind: 'answer', status: 200, code: 1254303 },
    })
    const { stateOf } = await bring(scene, `base:${base.token}/tbl1`, path)
    expect(stateOf(path)?.kind).toBe('done')
    expect(scene.simulator.callsTo('medias/upload_all')).toHaveLength(2)
    expect(attachments(scene, base.token, 'tbl1')).toHaveLength(1)
  })
})

describe.concurrent('a document', () => {
  it('gets a block at its end for each file, pictures as pictures', async (test) => {
    const scene = await openPlace(test, { blockSizeBytes: 64 * KiB, singleCallBytes: 100 * KiB })
    const document = scene.simulator.addDocument({ paragraphs: 2 })
    const files = [
      await scene.write('1.pdf', 900),
      await scene.write('2.png', 300),
      await scene.write('3.mp4', 200 * KiB),
    ]
    const { end } = await bring(scene, `docx:${document.token}`, ...files.map(({ path }) => path))
    expect(end).toEqual({ kind: 'settled' })
    const shown = scene.simulator.blocks(document.token).filter(({ fileToken }) => fileToken !== '')
    expect(shown.map(({ type }) => type).sort()).toEqual([23, 23, 27])
    for (const file of files) {
      const stored = scene.simulator.files().find(({ name }) => name === file.name)
      expect(shown.map(({ fileToken }) => fileToken)).toContain(stored?.token)
      await expectBytes(scene.simulator, stored?.token ?? '', file.bytes)
    }
    const top = scene.simulator.blocks(document.token).filter(({ parentId }) => {
      return parentId === document.token
    })
    expect(top).toHaveLength(5)
    expect(top.slice(0, 2).map(({ type }) => type)).toEqual([2, 2])
  })

  it('keeps no empty block of a file that was refused', async (test) => {
    const scene = await openPlace(test)
    const document = scene.simulator.addDocument({ paragraphs: 1 })
    const { path } = await scene.write('big.pdf', 2_000)
    scene.simulator.faults.add({
      endpoint: 'medias/upload_all',
      do: { kind: 'answer', status: 400, code: 1061043 },
    })
    const { stateOf } = await bring(scene, `docx:${document.token}`, path)
    expect(stateOf(path)).toMatchObject({ kind: 'failed' })
    expect(scene.simulator.blocks(document.token).map(({ type }) => type)).toEqual([2])
  })

  it('keeps no empty block of a file that was cancelled, once that can not be taken back', async (test) => {
    const scene = await openPlace(test)
    const document = scene.simulator.addDocument({ paragraphs: 1 })
    const file = await scene.write('a.pdf', 2_000)
    const gate = scene.simulator.hold({ endpoint: 'medias/upload_all' })
    let stores: Surroundings['stores'] | undefined
    let cancelled: Promise<void> | undefined
    const { end } = await work({
      baseUrl: scene.simulator.baseUrl,
      home: scene.home,
      paths: [file.path],
      to: `docx:${document.token}`,
      clock: fastClock(scene.simulator, 20),
      replace: (all) => {
        stores = all.stores
        return all
      },
      onEngine: (engine) => {
        cancelled = gate.reached.then(async () => {
          const [transfer] = stores?.transfers.list({}, { offset: 0, limit: 1 }) ?? []
          const id = transfer?.id ?? ''
          stores?.controls.moveStates([id], 0, () => ({ kind: 'cancelled' }))
          // Final before the run has come to rest: the work is not over before the block is gone.
          stores?.controls.forgetCancelled([id])
          await engine.halt([id])
        })
      },
    })
    await cancelled
    gate.abandon()
    expect(end).toEqual({ kind: 'settled' })
    expect(scene.simulator.blocks(document.token).map(({ type }) => type)).toEqual([2])
    expect(scene.simulator.callsTo('docx/delete_blocks')).toHaveLength(1)
  })

  it('gets a new block when somebody deleted the one that was made', async (test) => {
    const scene = await openPlace(test, { blockSizeBytes: 64 * KiB, alwaysInParts: true })
    const document = scene.simulator.addDocument()
    const { path } = await scene.write('a.pdf', 100)
    scene.simulator.on('arrived', ({ endpoint }) => {
      if (endpoint !== 'medias/upload_prepare') return
      const blocks = scene.simulator.blocks(document.token)
      const [top] = blocks
      if (scene.simulator.callsTo('medias/upload_prepare').length > 1 || top === undefined) return
      scene.simulator.removeNode(blocks[1]?.blockId ?? '')
      document.remove(top.blockId)
    })
    const { stateOf } = await bring(scene, `docx:${document.token}`, path)
    expect(stateOf(path)?.kind).toBe('done')
    const shown = scene.simulator.blocks(document.token).filter(({ fileToken }) => fileToken !== '')
    expect(shown).toHaveLength(1)
    expect(scene.simulator.blocks(document.token)).toHaveLength(2)
  })
})

describe.concurrent('a spreadsheet', () => {
  it('gets pictures, each with a place of its own, and nothing else', async (test) => {
    const scene = await openPlace(test)
    const { simulator } = scene
    const sheet = simulator.addSpreadsheet({ sheets: [{ id: 's1' }, { id: 's2' }] })
    const pictures = await Promise.all(['a.png', 'b.jpg'].map((name) => scene.write(name, 99)))
    const text = await scene.write('c.txt', 10)
    const to = `sheet:${sheet.token}/s2`
    const { stateOf } = await bring(scene, to, ...pictures.map(({ path }) => path), text.path)
    expect(stateOf(text.path)).toMatchObject({
      kind: 'failed',
      error: { code: 'sheet-only-images' },
    })
    expect(sheet.images.map(({ sheetId }) => sheetId)).toEqual(['s2', 's2'])
    expect(new Set(sheet.images.map(({ range }) => range)).size).toBe(2)
    expect(simulator.files()).toHaveLength(2)
  })
})
