/** Files that become online documents, with everything that can go wrong on the way: never two, never none unsaid. */
import { describe, expect, it, type TestContext } from 'vitest'
import { confirmMine } from '#main/app/settle-uncertain.ts'
import { openStores } from '#main/store/open-stores.ts'
import type { Handling } from '#shared/model/transfer.ts'
import type { RunNote } from '#shared/model/work.ts'
import { type FastClock, fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { openScene, type SourceFile } from '#test/kit/feidi/scene.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'
import type { FaultAction } from '#test/simulator/faults.ts'
import { LOST_ANSWERS } from './lost-answers.ts'
import { officeContent } from './places.ts'

const CREATE = 'import/create_task'
const LOOK = 'import/get_task'

/** A scene whose files are uploaded as documents. */
async function openDocuments(test: TestContext) {
  const scene = await openScene(test, { rate: 'off' })
  const { simulator, home, folderToken, to } = scene
  const notes: RunNote[] = []
  let clock: FastClock | undefined
  const upload = async (
    file: SourceFile,
    asDocument: Handling['asDocument'] | null = {},
    more: Handling = {},
    place = to,
  ) => {
    clock ??= fastClock(simulator, 1_000)
    const { end, transfers, stateOf } = await work({
      ...{ baseUrl: simulator.baseUrl, home, paths: [file.path], to: place, clock },
      // By the fast clock the usual patience is less than a second of the machine's.
      longestWaitMs: 86_400_000,
      handling: { ...more, ...(asDocument && { asDocument }) },
      onEngine: ({ events }) => void events.on('note', ({ note }) => notes.push(note)),
    })
    expect(end).toEqual({ kind: 'settled' })
    return { state: stateOf(file.path), transfer: transfers.at(-1) }
  }
  return {
    ...scene,
    notes,
    upload,
    write: (name: string, content = officeContent(name, 3_000)) => scene.write(name, content),
    fault: (endpoint: string, action: FaultAction, times = 1) =>
      simulator.faults.add({ endpoint, do: action, times }),
    /** Titles of the documents in the folder. */
    titles: () => simulator.childrenOf(folderToken).map(({ name }) => name),
    uploads: () => simulator.callsTo('medias/upload_all').length,
    /** Says for the person that a document found in Feishu is this file. */
    confirm: (fileToken: string) => {
      const { transfers, close } = openStores(home)
      try {
        const [transfer] = transfers.list({ kinds: ['failed'] }, { offset: 0, limit: 1 })
        if (transfer !== undefined) confirmMine(transfers, transfer, fileToken)
      } finally {
        close()
      }
    },
  }
}

describe.concurrent('a file that becomes a document', () => {
  it('is told with its link and what was cut off; unchanged, it needs nothing', async (test) => {
    const { simulator, write, upload, titles, notes } = await openDocuments(test)
    simulator.importRules.cut = [1000, 1005]
    const file = await write('周报.DOCX')
    const { state, transfer } = await upload(file)
    const [made] = simulator.imported
    expect(state).toMatchObject({ kind: 'done', fileToken: made?.token, document: 'docx' })
    expect(transfer?.pageUrl).toBe(`https://demo.feishu.cn/docx/${made?.token}`)
    expect(notes).toEqual([{ kind: 'cut', codes: [1000, 1005] }])
    expect(made?.bytes.equals(file.bytes)).toBe(true)
    const calls = simulator.calls.length
    await upload(file)
    expect(simulator.calls).toHaveLength(calls)
    expect(titles()).toEqual(['周报'])
  })

  it('stays beside its earlier version, which a person may have edited', async (test) => {
    const { write, upload, titles, notes } = await openDocuments(test)
    await upload(await write('a.md'))
    const changed = await write('a.md', officeContent('a.md', 4_000))
    expect((await upload(changed, {}, { sameName: 'overwrite' })).state?.kind).toBe('done')
    expect(titles()).toEqual(['a', 'a'])
    expect(notes).toContainEqual({ kind: 'kept-both', because: 'document' })
    const again = await write('a.md', officeContent('a.md', 5_000))
    const { state } = await upload(again, {}, { sameName: 'skip' })
    expect(state).toMatchObject({ kind: 'skipped', error: { code: 'name-taken' } })
    // A file is another thing than a document made of it.
    expect((await upload(again, null)).state).toMatchObject({ kind: 'done' })
    expect(titles()).toEqual(['a', 'a', 'a.md'])
  })

  it('is uploaded again when it waited for too long', async (test) => {
    const { fault, write, upload, titles, uploads } = await openDocuments(test)
    fault(CREATE, { kind: 'answer', status: 400, code: 1069913 })
    expect((await upload(await write('a.md'))).state?.kind).toBe('done')
    expect([titles(), uploads()]).toEqual([['a'], 2])
  })

  it.for(Object.entries(LOST_ANSWERS))(
    'is never made twice unsaid: %s',
    async ([, action], test) => {
      const { simulator, fault, write, upload, titles, confirm } = await openDocuments(test)
      fault(CREATE, action)
      const file = await write('a.md')
      const startMs = simulator.clock.nowMs()
      const { state } = await upload(file)
      expect(titles()).toEqual(['a'])
      if (state?.kind === 'done') return
      expect(simulator.clock.nowMs() - startMs).toBeGreaterThan(5 * 60_000)
      const [made] = simulator.imported
      const candidates = [
        { fileToken: made?.token, url: `https://demo.feishu.cn/docx/${made?.token}` },
      ]
      expect(state).toMatchObject({
        kind: 'failed',
        error: { code: 'document-uncertain', candidates },
      })
      confirm(made?.token ?? '')
      const settled = await upload(file)
      expect(settled.state).toMatchObject({
        kind: 'done',
        fileToken: made?.token,
        document: 'docx',
      })
      expect(titles()).toEqual(['a'])
    },
  )

  it('names the other document when one of a lost task turns up late', async (test) => {
    const { simulator, folderToken, fault, write, upload, notes } = await openDocuments(test)
    fault(CREATE, { kind: 'reset', where: 'after-body' })
    let isThere = false
    simulator.on('committed', ({ endpoint }) => {
      if (endpoint !== CREATE || isThere) return
      isThere = true
      void simulator.addFile({ parentToken: folderToken, name: 'a', type: 'docx' })
    })
    expect((await upload(await write('a.md'))).state?.kind).toBe('done')
    expect(notes).toMatchObject([{ kind: 'maybe-twice', documents: [expect.any(String)] }])
  })

  it('is looked for in the folder when its task is not known any more', async (test) => {
    const { fault, write, upload, titles } = await openDocuments(test)
    fault(LOOK, { kind: 'answer', status: 400, code: 1069904 })
    const { state } = await upload(await write('a.md'))
    expect(state).toMatchObject({ kind: 'failed', error: { code: 'document-uncertain' } })
    expect(titles()).toEqual(['a'])
  })

  it('is looked at for as long as it takes', async (test) => {
    const { simulator, write, upload, titles, uploads } = await openDocuments(test)
    simulator.importRules.looks = 40
    expect((await upload(await write('a.md'))).state?.kind).toBe('done')
    expect([titles(), uploads()]).toEqual([['a'], 1])
  })

  it('comes into a folder that is made again when it was deleted', async (test) => {
    const { simulator, folderToken, folder, write, home, to } = await openDocuments(test)
    await write('箱/a.md')
    simulator.on('committed', ({ endpoint }) => {
      const box = simulator.childrenOf(folderToken).find(({ name }) => name === '箱')
      if (endpoint === 'medias/upload_all' && box !== undefined) simulator.removeNode(box.token)
    })
    const { transfers } = await work({
      ...{ baseUrl: simulator.baseUrl, home, paths: [`${folder}/箱`], to },
      ...{ handling: { asDocument: {} }, clock: fastClock(simulator) },
    })
    expect(transfers.map(({ state }) => state)).toMatchObject([{ kind: 'done' }])
    expect(Object.keys(simulator.tree())).toEqual(['Inbox/', 'Inbox/箱/', 'Inbox/箱/a'])
  })
})

describe.concurrent('a document below a wiki page', () => {
  /** As above, before a page of a wiki. */
  const openPage = async (test: TestContext) => {
    const documents = await openDocuments(test)
    const { simulator } = documents
    const page = { token: 'wikcnManual', objType: 'docx', objToken: simulator.addDocument().token }
    simulator.addWikiNode(page)
    const upload = (file: SourceFile, more: Handling = {}) =>
      documents.upload(file, {}, more, `page:${page.token}`)
    const below = () =>
      simulator.wikiNodes.flatMap(({ parentToken, title }) =>
        parentToken === page.token ? title : [],
      )
    return { ...documents, page, upload, below }
  }

  it('is moved there once, whatever becomes of the answers, and stays beside an earlier one', async (test) => {
    const { fault, write, upload, below, notes, simulator, uploads } = await openPage(test)
    fault('wiki/move_docs', { kind: 'lose-answer' })
    fault('wiki/get_task', { kind: 'reset', where: 'after-body' })
    const first = await upload(await write('a.md'))
    expect(first.state).toMatchObject({ kind: 'done', document: 'docx' })
    expect(first.transfer?.pageUrl).toMatch(/^https:\/\/demo\.feishu\.cn\/wiki\/wikcn/)
    expect([below(), uploads(), simulator.imported.length]).toEqual([['a'], 1, 1])
    const changed = await write('a.md', officeContent('a.md', 4_000))
    const skipped = await upload(changed, { sameName: 'skip' })
    expect(skipped.state).toMatchObject({ kind: 'skipped', error: { code: 'name-taken' } })
    expect((await upload(changed, { sameName: 'overwrite' })).state?.kind).toBe('done')
    expect(below()).toEqual(['a', 'a'])
    expect(notes).toContainEqual({ kind: 'kept-both', because: 'document' })
  })

  it('stays in My Space where it may not be moved, and only moves once it may', async (test) => {
    const { simulator, page, write, upload, below } = await openPage(test)
    simulator.setAccess(page.token, 'view')
    const file = await write('a.md')
    const refused = await upload(file)
    const [made] = simulator.imported
    const error = { code: 'document-not-moved', detail: expect.stringContaining(made?.token ?? '') }
    expect(refused.state).toMatchObject({ error })
    expect(below()).toEqual([])
    simulator.setAccess(page.token, 'edit')
    expect((await upload(file)).state?.kind).toBe('done')
    expect([below(), simulator.imported.length]).toEqual([['a'], 1])
  })
})

describe.concurrent('a file that can not become a document', () => {
  const GBK = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x31, 0x0a])
  const cases = [
    ['a.docx', Buffer.from('a text that was renamed'), {}, 'import-format'],
    ['a.csv', GBK, {}, 'import-not-utf8'],
    ['a.xlsx', undefined, { status: 115 }, 'import-too-large'],
    ['a.xlsx', undefined, { status: 100 }, 'import-encrypted'],
    ['a.docx', undefined, { status: 7001 }, 'import-too-complex'],
  ] as const

  it.for(cases)('%s is refused, or uploaded as it is: %s %j %s', async (each, test) => {
    const [name, content, failure, code] = each
    const { simulator, folderToken, write, upload, titles, notes } = await openDocuments(test)
    if ('status' in failure) simulator.importRules.failure = failure
    const file = await write(name, content)
    const { state } = await upload(file)
    expect(state).toMatchObject({ kind: 'failed', error: { code } })
    expect(titles()).toEqual([])
    const instead = await upload(file, { orFile: true })
    expect(instead.state).toMatchObject({ kind: 'done' })
    await expectOnce(simulator, folderToken, file)
    expect(notes).toEqual([{ kind: 'as-file', because: code }])
    // It is known now: asked for again, nothing is tried.
    const calls = simulator.calls.length
    await upload(file, { orFile: true })
    expect(simulator.calls).toHaveLength(calls)
  })

  it.for([
    [{ status: 3 }, 'import-failed'],
    [{ status: 108, message: '232140101' }, 'import-busy'],
    [{ status: 110 }, 1069902],
    [{ status: 105 }, 1062507],
  ] as const)(
    'is tried a few times, or waits for the person: %j',
    async ([failure, code], test) => {
      const { simulator, write, upload, uploads, titles } = await openDocuments(test)
      simulator.importRules.failure = failure
      const { state } = await upload(await write('a.md'))
      expect(state).toMatchObject({ error: { code } })
      expect(uploads()).toBeLessThan(6)
      expect(titles()).toEqual([])
      // The place takes plain files all the same.
      expect((await upload(await write('b.md'), null)).state?.kind).toBe('done')
    },
  )
})
