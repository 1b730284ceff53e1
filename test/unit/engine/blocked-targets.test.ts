import { describe, expect, it } from 'vitest'
import { BlockedTargets } from '#main/engine/blocked-targets.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'

const MINUTE_MS = 60_000

function transferTo(folderToken: string, ...remoteFolders: string[]): Transfer {
  return {
    id: 'a',
    path: '/a',
    fileName: 'a',
    destination: { kind: 'folder', folderToken },
    remoteFolders,
    handling: {},
    sizeBytes: 1,
    fingerprint: null,
    queuedAtMs: 0,
    state: { kind: 'queued' },
    sentBytes: 0,
  }
}

describe('a place that was refused', () => {
  it('is the whole destination when rights are missing', () => {
    const blocked = new BlockedTargets()
    const refused = new TransferError(1061004)
    blocked.add(transferTo('one', 'x'), refused, 0)
    expect(blocked.reason(transferTo('one', 'y'), 1)).toBe(refused)
    expect(blocked.reason(transferTo('two', 'x'), 1)).toBeUndefined()
  })

  it('is only the folder when that is full', () => {
    const blocked = new BlockedTargets()
    const full = new TransferError(1062507)
    blocked.add(transferTo('one', 'x'), full, 0)
    expect(blocked.reason(transferTo('one', 'x'), 1)).toBe(full)
    expect(blocked.reason(transferTo('one', 'y'), 1)).toBeUndefined()
  })

  it('is every destination of its kind when a scope is missing', () => {
    const blocked = new BlockedTargets()
    const refused = new TransferError(99991672)
    blocked.add(transferTo('one', 'x'), refused, 0)
    expect(blocked.reason(transferTo('two', 'y'), 1)).toBe(refused)
    const media = { kind: 'media', parentType: 'docx_file', parentNode: 'd' } as const
    expect(blocked.reason({ ...transferTo('one'), destination: media }, 1)).toBeUndefined()
    // Sharing takes a scope of its own.
    const shared = { ...transferTo('one'), handling: { shareWith: 'ou_1' } }
    expect(blocked.reason(shared, 1)).toBeUndefined()
  })

  it('is tried again after a quarter of an hour', () => {
    const blocked = new BlockedTargets()
    blocked.add(transferTo('one'), new TransferError(1061004), 0)
    expect(blocked.reason(transferTo('one'), 15 * MINUTE_MS - 1)).toBeDefined()
    expect(blocked.reason(transferTo('one'), 15 * MINUTE_MS)).toBeUndefined()
  })
})
