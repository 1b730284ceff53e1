import { describe, expect, it } from 'vitest'
import { type PreviewOptions, previewFiles } from '#main/engine/preview.ts'
import { fileSources } from '#main/engine/source.ts'
import type { Destination, Handling } from '#shared/model/transfer.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'

const FOLDER: Destination = { kind: 'folder', folderToken: 'fld' }
const NEW = { ctimeNs: '1', ino: '2', sizeBytes: 10, mtimeNs: '3' }
const EARLIER = { ...NEW, sizeBytes: 9 }

interface Known {
  readonly hasEarlier: boolean
  readonly replacesFiles?: boolean
  /** Another local file counts as up through the same remote one. */
  readonly isHeld?: boolean
}

/** Returns the result for a changed or new file of 10 bytes, with the given knowledge. */
async function preview(handling: Handling, known: Known, destination = FOLDER) {
  const copy = {
    ...{ path: '/files/a.txt', fileToken: 'box', fileName: 'a.txt', proof: 'answer' as const },
    ...{ fingerprint: EARLIER, contentHash: null, missedAtMs: null, document: null },
  }
  const knowledge = {
    transfers: {
      openAt: () => undefined,
    },
    copies: {
      at: () => (known.hasEarlier ? copy : undefined),
      holders: () => [copy, ...(known.isHeld ? [{ ...copy, path: import.meta.filename }] : [])],
    },
    folderToken: () => undefined,
    uplinkBytesPerSecond: undefined,
    replacesFiles: known.replacesFiles,
  } as unknown as PreviewOptions['knowledge']
  const look = previewFiles({
    knowledge,
    tools: { sources: fileSources() },
    clock: new FakeClock(),
    again: false,
    signal: new AbortController().signal,
  })
  const { verdict, sameName } = await look({
    ...{ path: '/files/a.txt', fileName: 'a.txt', destination, handling },
    ...{ remoteFolders: [], sizeBytes: 10, fingerprint: NEW },
  })
  const reason = 'reason' in verdict ? verdict.reason : 'error' in verdict && verdict.error.code
  return [verdict.action, reason, sameName]
}

describe('a file of the same name', () => {
  it.for([
    [{}, { hasEarlier: false }, ['upload', 'new', undefined]],
    [{}, { hasEarlier: true }, ['upload', 'changed', 'keeps-both']],
    [{ sameName: 'skip' }, { hasEarlier: false }, ['upload', 'new', 'may-skip']],
    [{ sameName: 'skip' }, { hasEarlier: true }, ['skip', 'name-taken', undefined]],
    [{ sameName: 'overwrite' }, { hasEarlier: false }, ['upload', 'new', 'may-replace']],
    [{ sameName: 'overwrite' }, { hasEarlier: true }, ['upload', 'changed', 'replaces']],
    [{ sameName: 'overwrite-ours' }, { hasEarlier: false }, ['upload', 'new', undefined]],
    [{ sameName: 'overwrite-ours' }, { hasEarlier: true }, ['upload', 'changed', 'replaces']],
  ] as const)('%j, %j: %j', async ([handling, known, expected]) => {
    expect(await preview(handling, known)).toEqual(expected)
  })

  it('is kept where the tenant was seen not to replace files', async () => {
    const known = { hasEarlier: true, replacesFiles: false }
    const overwrite = { sameName: 'overwrite' } as const
    expect(await preview(overwrite, known)).toEqual(['upload', 'changed', 'keeps-both'])
    expect(await preview(overwrite, { ...known, hasEarlier: false })).toEqual([
      'upload',
      'new',
      undefined,
    ])
  })

  it('is kept while another local file counts as up through it', async () => {
    const known = { hasEarlier: true, isHeld: true }
    for (const sameName of ['overwrite', 'overwrite-ours'] as const) {
      expect(await preview({ sameName }, known)).toEqual(['upload', 'changed', 'keeps-both'])
    }
  })

  it('is no matter where files have no names of their own', async () => {
    const docx: Destination = { kind: 'docx', documentId: 'doc' }
    const known = { hasEarlier: true }
    expect(await preview({ sameName: 'skip' }, known, docx)).toEqual([
      'upload',
      'changed',
      undefined,
    ])
  })
})

describe('a text that is to become a document', () => {
  const GBK = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x31, 0x0a])

  it.for([
    ['is one in UTF-8', Buffer.from('姓名,1\n'), {}, ['upload', 'sheet']],
    ['is refused in another encoding', GBK, {}, ['import-not-utf8', undefined]],
    ['goes up as a file where that is allowed', GBK, { orFile: true }, ['upload', undefined]],
  ] as const)('%s', async ([, bytes, asDocument, expected]) => {
    const look = previewFiles({
      knowledge: {
        transfers: { openAt: () => undefined },
        copies: { at: () => undefined, holders: () => [] },
        folderToken: () => undefined,
      } as unknown as PreviewOptions['knowledge'],
      tools: {
        sources: {
          ...fileSources(),
          read: async (_file, _version, _start, into) => void into.set(bytes),
        },
      },
      clock: new FakeClock(),
      again: false,
      signal: new AbortController().signal,
    })
    const { verdict, document } = await look({
      ...{ path: '/files/a.csv', fileName: 'a.csv', destination: FOLDER, remoteFolders: [] },
      handling: { asDocument },
      sizeBytes: bytes.length,
      fingerprint: { ...NEW, sizeBytes: bytes.length },
    })
    const said = 'error' in verdict ? verdict.error.code : verdict.action
    expect([said, document]).toEqual(expected)
  })
})

describe('a large file', () => {
  const MiB = 1024 * 1024
  const look = (sizeBytes: number, more: Partial<PreviewOptions['knowledge']>) =>
    previewFiles({
      knowledge: {
        transfers: { openAt: () => undefined },
        copies: { at: () => undefined, holders: () => [] },
        folderToken: () => undefined,
        ...more,
      } as unknown as PreviewOptions['knowledge'],
      tools: { sources: fileSources() },
      clock: new FakeClock(),
      again: false,
      signal: new AbortController().signal,
    })({
      ...{ path: '/films/a.mov', fileName: 'a.mov', remoteFolders: [], sizeBytes },
      destination: { kind: 'folder', folderToken: 'root' },
      fingerprint: null,
    })
  const partLimits = {
    ...{ today: 0, daily: 100, hours: null },
    cost: { secondsPerByte: 1e-6, secondsPerCall: 0.2 },
  }

  it('is refused when no two days have the calls for it, and not because today has none', async () => {
    const fits = await look(800 * MiB, { partLimits })
    expect(fits).toMatchObject({ verdict: { action: 'upload' } })
    expect(fits.warning).toBeUndefined()
    expect(await look(804 * MiB, { partLimits })).toMatchObject({
      verdict: { action: 'fail', error: { code: 'too-many-parts' } },
    })
  })

  it('comes with a warning when the line is too slow for the day that it has', async () => {
    const cost = { secondsPerByte: 1e-3, secondsPerCall: 0.2 }
    expect(await look(400 * MiB, { partLimits: { ...partLimits, cost } })).toMatchObject({
      verdict: { action: 'upload' },
      warning: { code: 'line-too-slow' },
    })
  })

  it('is refused from the size on that the tenant has refused before', async () => {
    expect(await look(30 * MiB, { refusedSize: 30 * MiB })).toMatchObject({
      verdict: { action: 'fail', error: { code: 1061043 } },
    })
    expect(await look(29 * MiB, { refusedSize: 30 * MiB })).toMatchObject({
      verdict: { action: 'upload' },
    })
  })
})
