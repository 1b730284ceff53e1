/** Names of places as they were last seen, and the reason where there is none. */
import { describe, expect, it } from 'vitest'
import type { DocumentCalls } from '#main/destination/document-calls.ts'
import { learnNames } from '#main/destination/learn-names.ts'
import { PlaceBook, placeNameIn } from '#main/destination/place-book.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { placeHint, placeWords } from '#shared/text/place-words.ts'
import { aContext, MemoryMemos } from '#test/unit/engine/engine-kit.ts'

const FOLDER = { kind: 'folder', folderToken: 'fldcnAbcd' } as const
const OTHER = { kind: 'folder', folderToken: 'fldcnWxyz' } as const
const DAY_MS = 24 * 3_600_000

function open() {
  const memos = new MemoryMemos()
  const book = new PlaceBook(memos)
  return { memos, book, words: () => placeWords(placeNameIn(memos, FOLDER), 'en') }
}

describe('a place', () => {
  it('is called by the path to it, in the language of the person', () => {
    const { memos, book } = open()
    book.learn({
      destination: FOLDER,
      names: { title: '2026', above: ['Projects'], space: 'mine' },
    })
    const name = placeNameIn(memos, FOLDER)
    expect(placeWords(name, 'en')).toBe('My Space › Projects › 2026')
    expect(placeWords(name, 'zh-CN', ['三月'])).toBe('我的空间 › Projects › 2026 › 三月')
  })

  it('keeps its path when only its name is told again, and not when it has another name', () => {
    const { book, words } = open()
    book.learn({
      destination: FOLDER,
      names: { title: '2026', above: ['Projects'], space: 'mine' },
    })
    book.learn({ destination: FOLDER, names: { title: '2026' } })
    expect(words()).toBe('My Space › Projects › 2026')
    book.learn({ destination: FOLDER, names: { title: 'Old' } })
    expect(words()).toBe('Old')
  })

  it('is its kind and the end of its token without a name, with the reason', () => {
    const { memos, book, words } = open()
    expect(placeHint(placeNameIn(memos, FOLDER), 'en')).toBe(
      'Folder …Abcd\nIts name has not been read from Feishu yet.',
    )
    book.learn({ destination: FOLDER, names: { unnamed: 970003 } })
    expect(words()).toBe('Folder …Abcd')
    expect(placeHint(placeNameIn(memos, FOLDER), 'en')).toContain('Its name could not be read. ')
  })

  it('keeps the name it had when that can not be read any more', () => {
    const { book, words } = open()
    book.learn({ destination: FOLDER, names: { title: 'Contracts' } })
    book.learn({ destination: FOLDER, names: { unnamed: 99991679 } })
    expect(words()).toBe('Contracts')
  })
})

describe('learning names', () => {
  it('asks in one call for all, once a day', async () => {
    const { memos, book } = open()
    const asked: string[][] = []
    let nowMs = 0
    const documents = {
      metas: async ({ of }: { of: readonly { token: string }[] }) => {
        asked.push(of.map(({ token }) => token))
        return [
          { token: 'fldcnAbcd', title: `Day ${nowMs / DAY_MS}` },
          { token: 'fldcnWxyz', unnamed: 970005 },
        ]
      },
    } as unknown as DocumentCalls
    const learn = () =>
      learnNames({ documents, book, clock: { nowMs: () => nowMs } }, [FOLDER, OTHER], aContext())
    expect(await learn()).toBe(true)
    expect(await learn()).toBe(false)
    expect(placeWords(placeNameIn(memos, FOLDER), 'en')).toBe('Day 0')
    expect(placeNameIn(memos, OTHER).unnamed).toBe(970005)
    nowMs = 2 * DAY_MS
    expect(await learn()).toBe(true)
    expect(placeWords(placeNameIn(memos, FOLDER), 'en')).toBe('Day 2')
    expect(asked).toEqual([
      ['fldcnAbcd', 'fldcnWxyz'],
      ['fldcnAbcd', 'fldcnWxyz'],
    ])
  })

  it.each([
    ['of rights', 99991672, 99991672],
    ['of the network', 'network', null],
  ] as const)('a refusal %s is a reason, or asked again', async (_about, code, reason) => {
    const { memos, book } = open()
    let calls = 0
    const documents = {
      metas: () => {
        calls += 1
        return Promise.reject(new TransferError(code === 'network' ? 'idle-timeout' : code))
      },
    } as unknown as DocumentCalls
    const learn = () =>
      learnNames({ documents, book, clock: { nowMs: () => 0 } }, [FOLDER], aContext())
    await learn()
    await learn()
    expect(placeNameIn(memos, FOLDER).unnamed).toBe(reason)
    expect(calls).toBe(reason === null ? 2 : 1)
  })
})
