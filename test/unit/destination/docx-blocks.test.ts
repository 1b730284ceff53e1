import { expect, it } from 'vitest'
import type { DocumentOptions } from '#main/destination/base-records.ts'
import { DocxBlocks } from '#main/destination/docx-blocks.ts'
import { Rhythms } from '#main/destination/rhythms.ts'
import { OutcomeUnknown } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'
import { aContext } from '../engine/engine-kit.ts'

it.each([
  [1771006, 3],
  ['connection-lost', 5],
] as const)(
  'says %s when a block can not be deleted for it, after %i tries',
  async (code, tries) => {
    const clock = new FakeClock()
    let deletes = 0
    const block = { id: 'blk', mediaBlockId: 'blk' }
    const options = {
      clock,
      rhythms: new Rhythms(clock),
      store: { pendingAttach: () => ({ place: { kind: 'block', block }, fileToken: null }) },
      calls: {
        document: async () => ({ revision: 1 }),
        children: async () => ({ items: [{ id: 'blk', isParent: false }] }),
        deleteChild: async () => {
          deletes += 1
          throw new OutcomeUnknown(new TransferError(code))
        },
      },
    } as unknown as DocumentOptions
    const cleaned = new DocxBlocks(options).cleanUp({ id: 't1' } as Transfer, 'dox', aContext())
    await expect(clock.runUntil(cleaned)).rejects.toMatchObject({ code })
    expect(deletes).toBe(tries)
  },
)
